import type { Judged } from './judge';
import type { Measured } from './measure';
import { LOCK_MODES } from '../../../src/migrations/effects/lock-mode';

/** How often a verdict and a server say the same of one aspect. */
export interface Agreement {
  readonly both: number;
  /** Said, and not so. */
  readonly onlySaid: number;
  /** So, and not said. */
  readonly onlyMeasured: number;
}

const STRONG: readonly string[] = LOCK_MODES.slice(LOCK_MODES.indexOf('SHARE UPDATE EXCLUSIVE'));

export const ASPECTS = ['lock', 'rewrite', 'scan', 'refusal'] as const;
export type Aspect = typeof ASPECTS[number];

/** A statement of which the verdict differs from the server. */
export interface Disagreement {
  readonly statement: string;
  readonly group: string;
  readonly aspect: Aspect;
  readonly said: readonly string[];
  readonly measured: readonly string[];
}

/** What of an aspect holds, as labels that can be counted; of a statement that is refused, the refusal alone. */
function labelsOf({ measured, verdict, isAlone }: Judged, of: 'measured' | 'verdict', aspect: Aspect): readonly string[] {
  const what: Measured = of === 'measured' ? measured : verdict;
  const isRefused = measured.sqlstate !== undefined || verdict.sqlstate !== undefined;
  if (aspect === 'refusal') {
    return what.sqlstate === undefined ? [] : [what.sqlstate];
  }
  if (isRefused) {
    return [];
  }
  switch (aspect) {
    // Of a statement that runs in transactions of its own, only the lock is seen that it had to wait for.
    case 'lock': return [...what.locks].filter(([id]) => !isAlone || measured.locks.has(id)).map(([id, mode]) => `${id} ${mode}`);
    case 'rewrite': return [...what.rewrites];
    // What a query reads, with or without writing it, is its planner's choice.
    case 'scan': return [...what.scans].filter((id) => STRONG.includes(measured.locks.get(id) ?? verdict.locks.get(id) ?? 'ACCESS SHARE'));
  }
}

/** Where verdicts and a server differ. */
export function disagreementsOf(judged: readonly Judged[]): readonly Disagreement[] {
  return judged.flatMap((each) => ASPECTS.flatMap((aspect) => {
    const { statement, group } = each;
    const said = labelsOf(each, 'verdict', aspect);
    const so = labelsOf(each, 'measured', aspect);
    return [...said].sort().join() === [...so].sort().join() ? [] : [{ statement, group: group.name, aspect, said, measured: so }];
  }));
}

/** How far verdicts and a server agree on an aspect. */
export function agreementOn(aspect: Aspect, judged: readonly Judged[]): Agreement {
  const totals = { both: 0, onlySaid: 0, onlyMeasured: 0 };
  for (const each of judged) {
    const said = labelsOf(each, 'verdict', aspect);
    const so = labelsOf(each, 'measured', aspect);
    totals.both += said.filter((label) => so.includes(label)).length;
    totals.onlySaid += said.filter((label) => !so.includes(label)).length;
    totals.onlyMeasured += so.filter((label) => !said.includes(label)).length;
  }
  return totals;
}

/** The sum of agreements. */
export function totalOf(all: readonly Agreement[]): Agreement {
  const sumOf = (count: (each: Agreement) => number) => all.reduce((sum, each) => sum + count(each), 0);
  return { both: sumOf(({ both }) => both), onlySaid: sumOf(({ onlySaid }) => onlySaid), onlyMeasured: sumOf(({ onlyMeasured }) => onlyMeasured) };
}

/** Of what was said, how much is so. */
export function precisionOf({ both, onlySaid }: Agreement): number {
  return both + onlySaid === 0 ? 1 : both / (both + onlySaid);
}

/** Of what is so, how much was said. */
export function recallOf({ both, onlyMeasured }: Agreement): number {
  return both + onlyMeasured === 0 ? 1 : both / (both + onlyMeasured);
}
