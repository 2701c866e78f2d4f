import { migrationFilesOf } from '../../src/migrations/layouts/layout';

/** Each part of a program, what it sends in order, as `line:column text`; what is opaque in angle brackets. */
export function sentBy(text: string, source = '1_a.js'): string[] {
  const at = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return `${before.length}:${before[before.length - 1].length + 1}`;
  };
  return migrationFilesOf([{ source, text, isNamed: true }]).map(({ embedded = [], isInTransaction }) =>
    `${isInTransaction ? 'transaction ' : ''}${embedded.map((each) => 'opaque' in each ? `<${at(each.start)} ${each.opaque}>` : `${at(each.offsetOf(0))} ${each.text}`).join(' | ')}`);
}
