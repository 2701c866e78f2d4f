/** The modes in which a table is locked, weakest first. */
export const LOCK_MODES = [
  'ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE',
] as const;
export type LockMode = typeof LOCK_MODES[number];

/** The stronger of two modes. */
export function strongerOf(one: LockMode | undefined, other: LockMode): LockMode {
  return one !== undefined && LOCK_MODES.indexOf(one) >= LOCK_MODES.indexOf(other) ? one : other;
}

/** Whether a mode lets nobody read. */
export function blocksReads(mode: LockMode): boolean {
  return mode === 'ACCESS EXCLUSIVE';
}

/** Whether a mode lets nobody write: it conflicts with ROW EXCLUSIVE. */
export function blocksWrites(mode: LockMode): boolean {
  return LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf('SHARE');
}

/** What a mode keeps from a table, in words. */
export function blockedText(mode: LockMode): string {
  return blocksReads(mode) ? 'reads and writes' : blocksWrites(mode) ? 'writes' : 'neither reads nor writes';
}
