/**
 * The JSON pointer to what a jq path leads to, or to the nearest whole around it that server-side apply takes or leaves in one piece.
 *
 * A pointer knows no condition, and an index would be that of another route once the engine has added one; and the lists of routes are
 * atomic: who leaves a weight out of an element writes the element without it. The selector of a Service is atomic as well.
 */
export function jsonPointerOf(jqPath: string): string {
  const steps: string[] = [];
  // `.name`, `["any key"]`, or `[]`, at which the pointer ends.
  for (const [, name, key] of jqPath.split(' | ')[0].matchAll(/\.([A-Za-z]\w*)|\["([^"]+)"\]|\[\]/g)) {
    if (name === undefined && key === undefined) {
      break;
    }
    steps.push(name ?? key);
  }
  const whole = steps[0] === 'spec' && steps[1] === 'selector' ? steps.slice(0, 2) : steps;
  return whole.map((step) => `/${step.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}
