import { parser } from './checking';
import { disagreementsOf, type Disagreement } from '../support/migrations/agreement';
import { CORPUS } from '../support/migrations/corpus';
import { pairsOf } from '../support/migrations/corpus-pairs';
import { judgeAgain } from '../support/migrations/judge';
import { recordedOn } from '../support/migrations/recorded';

const GROUPS = [...CORPUS, ...pairsOf(CORPUS)];

/** What differs for a reason that docs/migrations-judge.md gives. */
function isExplained({ statement, aspect, said, measured }: Disagreement): boolean {
  return /DEFAULT changing\(\)|ADD FOREIGN KEY \(w\) REFERENCES target/.test(statement) || (aspect === 'refusal' && said.length > 0 && measured.length > 0);
}

describe.each([11, 12, 13, 14, 15, 16, 17, 18])('what is said for PostgreSQL %d', (version) => {
  test('is what a server of that version did', () => {
    const judged = judgeAgain(version, GROUPS, recordedOn(version), parser());
    expect(judged.length).toBeGreaterThan(900);
    expect(disagreementsOf(judged).filter((disagreement) => !isExplained(disagreement))).toEqual([]);
  }, 60_000);
});

test('the corpus has statements for every kind of work and of refusal', () => {
  const all = recordedOn(18);
  expect(new Set(all.map(({ statement }) => statement)).size).toBeGreaterThan(400);
  expect(all.filter(({ measured }) => measured.rewrites.size > 0).length).toBeGreaterThan(100);
  expect(all.filter(({ measured }) => measured.scans.size > 0).length).toBeGreaterThan(100);
  expect(new Set(all.flatMap(({ measured }) => measured.sqlstate ?? [])).size).toBeGreaterThan(8);
});
