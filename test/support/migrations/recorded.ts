import { readFileSync } from 'fs';
import { join } from 'path';
import type { Measured } from './measure';
import type { LockMode } from '../../../src/migrations/effects/lock-mode';

/** What servers did for a statement: the same on several versions, mostly. */
interface Recorded {
  readonly group: string;
  readonly statement: string;
  readonly isAlone: boolean;
  readonly outcomes: readonly { readonly versions: readonly number[]; readonly measured: Plain }[];
}

interface Plain {
  readonly locks?: Readonly<Record<string, LockMode>>;
  readonly rewrites?: readonly string[];
  readonly scans?: readonly string[];
  readonly sqlstate?: string;
}

/** Where measurements of servers are kept, so that verdicts are held against them where no server is. */
export const RECORDED = join(__dirname, 'measurements.json');

interface OnVersion {
  readonly major: number;
  readonly judged: ReadonlyArray<{
    readonly group: { readonly name: string };
    readonly statement: string;
    readonly isAlone: boolean;
    readonly measured: Measured;
  }>;
}

/** What was measured, as a text of which each line is a statement. */
export function recordedText(versions: readonly OnVersion[]): string {
  const all = new Map<string, { group: string; statement: string; isAlone: boolean; outcomes: Map<string, number[]> }>();
  for (const { major, judged } of versions) {
    for (const { group, statement, isAlone, measured } of judged) {
      const key = JSON.stringify([group.name, statement, isAlone]);
      const known = all.get(key) ?? { group: group.name, statement, isAlone, outcomes: new Map<string, number[]>() };
      const outcome = JSON.stringify(plainOf(measured));
      known.outcomes.set(outcome, [...known.outcomes.get(outcome) ?? [], major]);
      all.set(key, known);
    }
  }
  const lines = [...all.values()].map(({ outcomes, ...rest }) => JSON.stringify({
    ...rest, outcomes: [...outcomes].map(([outcome, majors]) => ({ versions: majors, measured: JSON.parse(outcome) as Plain })),
  }));
  return `[\n${lines.join(',\n')}\n]\n`;
}

function plainOf({ locks, rewrites, scans, sqlstate }: Measured): Plain {
  return sqlstate !== undefined ? { sqlstate } : {
    ...locks.size === 0 ? {} : { locks: Object.fromEntries([...locks].sort()) },
    ...rewrites.size === 0 ? {} : { rewrites: [...rewrites].sort() },
    ...scans.size === 0 ? {} : { scans: [...scans].sort() },
  };
}

/** What a server of one version did for a statement. */
export type RecordedOn = Omit<Recorded, 'outcomes'> & { readonly measured: Measured };

/** What was measured on a version. */
export function recordedOn(major: number): readonly RecordedOn[] {
  const all = JSON.parse(readFileSync(RECORDED, 'utf8')) as readonly Recorded[];
  return all.flatMap(({ outcomes, ...rest }) => outcomes.filter(({ versions }) => versions.includes(major)).map(({ measured }) => ({
    ...rest,
    measured: {
      locks: new Map(Object.entries(measured.locks ?? {})),
      rewrites: new Set(measured.rewrites),
      scans: new Set(measured.scans),
      sqlstate: measured.sqlstate,
    },
  })));
}
