import { parser } from './checking';
import { disagreementsOf } from '../support/migrations/agreement';
import { CORPUS } from '../support/migrations/corpus';
import { pairsOf } from '../support/migrations/corpus-pairs';
import { said, type Judged } from '../support/migrations/judge';
import { recordedOn } from '../support/migrations/recorded';

const GROUPS = [...CORPUS, ...pairsOf(CORPUS)];

/** What differs for a reason that docs/migrations-judge.md gives. */
const EXPLAINED = /DEFAULT changing\(\)|ADD FOREIGN KEY \(w\) REFERENCES target/;

describe.each([11, 12, 13, 14, 15, 16, 17, 18])('what is said for PostgreSQL %d', (version) => {
  test('is what a server of that version did', () => {
    const judged = recordedOn(version).flatMap(({ group: name, statement, isAlone, measured }): Judged[] => {
      const group = GROUPS.find((each) => each.name === name);
      return group === undefined ? [] : [{ group, statement, isAlone, measured, verdict: said(group, statement, !isAlone, version, parser()) }];
    });
    expect(judged.length).toBeGreaterThan(900);
    expect(disagreementsOf(judged).filter(({ statement }) => !EXPLAINED.test(statement))).toEqual([]);
  }, 60_000);
});

test('the corpus has statements for every kind of work and of refusal', () => {
  const all = recordedOn(18);
  expect(new Set(all.map(({ statement }) => statement)).size).toBeGreaterThan(400);
  expect(all.filter(({ measured }) => measured.rewrites.size > 0).length).toBeGreaterThan(100);
  expect(all.filter(({ measured }) => measured.scans.size > 0).length).toBeGreaterThan(100);
  expect(new Set(all.flatMap(({ measured }) => measured.sqlstate ?? [])).size).toBeGreaterThan(8);
});
