import type { NativeRelease } from './native-release';
import type { ReleaseAction } from './release-action';
import type { DoneAction, ReleaseResult } from './run-actions';

/** How a result is printed. */
export type ReleaseFormat = 'text' | 'json';

const MARKS: Readonly<Record<DoneAction['state'], string>> = { DONE: 'done', ALREADY: 'already so', ENDED: 'ended here', OPEN: 'not reached' };
const WIDTH = Math.max(...Object.values(MARKS).map(({ length }) => length));

/** What a command did. */
export function resultText(command: string, release: NativeRelease, { outcome, message, actions }: ReleaseResult, format: ReleaseFormat): string {
  const service = serviceOf(release);
  if (format === 'json') {
    return json({ command, service, outcome, message, actions });
  }
  return [
    ...actions.map(({ text, state }) => `${MARKS[state].padEnd(WIDTH)}  ${text}`),
    `${command} of ${service}: ${outcome === 'DONE' ? 'done' : `${outcome === 'NOT_REACHED' ? 'not reached' : 'stopped'}: ${message}`}`,
    '',
  ].join('\n');
}

/** What a command would do. */
export function planText(command: string, release: NativeRelease, actions: readonly ReleaseAction[], format: ReleaseFormat): string {
  const service = serviceOf(release);
  return format === 'json'
    ? json({ command, service, dryRun: true, actions: actions.map(({ text }) => ({ text })) })
    : [`${command} of ${service} would do this, in this order; no cluster was asked:`, ...actions.map(({ text }, index) => `${index + 1}. ${text}`), ''].join('\n');
}

function serviceOf({ namespace, name }: NativeRelease): string {
  return `${namespace}/${name}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
