import { hazardSection } from '../../scripts/hazard-section';
import { Bisection } from '../../scripts/linters/bisection';
import { installedLinters, otherVerdictsOf } from '../../scripts/linters/installation';
import type { OtherLinter } from '../../scripts/linters/other-linter';
import { RuleChoice } from '../../scripts/linters/rule-choice';
import { warnedIn, type StatementFile } from '../../scripts/linters/statement-files';
import type { Judged } from '../support/migrations/judge';
import type { Measured } from '../support/migrations/measure';

const QUICK: Measured = { locks: new Map([['public.t', 'ACCESS EXCLUSIVE']]), rewrites: new Set(), scans: new Set() };
const SLOW: Measured = { ...QUICK, rewrites: new Set(['public.t']) };
const REFUSED: Measured = { ...QUICK, locks: new Map(), sqlstate: '42701' };

function judged(statement: string, measured: Measured): Judged {
  return { group: { name: 'a table', given: '', statements: [statement] }, statement, isAlone: false, measured, verdict: { ...measured, isOpaque: false } };
}

const JUDGED = [
  judged('ALTER TABLE t ALTER COLUMN a TYPE bigint', SLOW), judged('ALTER TABLE t ADD COLUMN n integer', QUICK),
  judged('ALTER TABLE t ADD COLUMN a integer', REFUSED), judged('CREATE INDEX ON t (a)', SLOW),
];

/** Warns of every statement, those that the server refuses among them. */
const WARY: OtherLinter = { version: '1.0.0', given: 'nothing', hazardsOf: async (all) => all.map(() => true) };

describe('a linter that cannot be had', () => {
  const told: string[] = [];

  beforeEach(() => {
    told.length = 0;
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  });

  afterEach(() => jest.restoreAllMocks());

  test('is missing in its column, and the others are asked', async () => {
    const linters = installedLinters([['absent', () => { throw new Error('npm cannot be run'); }], ['wary', () => WARY]]);
    const others = await otherVerdictsOf(linters, JUDGED, 18);
    const section = hazardSection([{ release: '18.4.0', major: 18, judged: JUDGED, others }], linters).join('\n');
    expect(told).toEqual(['absent cannot be installed: npm cannot be run\n']);
    expect(section).toContain('| absent | not installed |\n| wary 1.0.0 | nothing |');
    expect(section).toContain('| 18.4.0 | 2 of 3 | 1.000 / 1.000 | not installed | 0.667 / 1.000 |');
    expect(section).toContain('1 of 3 change the type of a column');
  });

  test('is told of when it fails on a version', async () => {
    const failing: OtherLinter = { ...WARY, hazardsOf: () => Promise.reject(new Error('it ended with 2')) };
    const others = await otherVerdictsOf([{ name: 'failing', linter: failing }, { name: 'wary', linter: WARY }], JUDGED, 17);
    expect(told).toEqual(['failing cannot be asked about PostgreSQL 17: it ended with 2\n']);
    expect(others).toEqual([{ name: 'failing', hazards: 'failed' }, { name: 'wary', hazards: [true, true, true, true] }]);
  });
});

describe('the rules of a linter', () => {
  const choice = new RuleChoice('wary', ['rewrites'], ['style']);

  test('count if they are about work', () => {
    const lint = (_: string, files: readonly StatementFile[]) => files.map(({ name: file, statement }) => ({ file, rule: statement === 'SELECT 1' ? 'style' : 'rewrites' }));
    expect(warnedIn(['SELECT 1', 'CLUSTER t'], choice, lint)).toEqual([false, true]);
  });

  test('are each placed, and once', () => {
    expect(() => choice.counts('new')).toThrow('wary has a rule new that is neither counted nor left out');
    expect(() => new RuleChoice('wary', ['rewrites', 'style'], ['style'])).toThrow('the rules style of wary are both counted and left out');
  });
});

test('a linter that ends at what it cannot parse is asked about all the rest, and once about that', () => {
  const files = ['good', 'bad', 'fine', 'worse', 'well'].map((statement, index) => ({ name: `${index}.sql`, statement }));
  const asked: string[][] = [];
  const lint = (some: readonly StatementFile[]) => {
    asked.push(some.map(({ statement }) => statement));
    return some.some(({ statement }) => ['bad', 'worse'].includes(statement)) ? undefined : some.map(({ name: file }) => ({ file, rule: 'rewrites' }));
  };
  const bisection = new Bisection();
  expect(bisection.warningsIn(files, lint).map(({ file }) => file)).toEqual(['0.sql', '2.sql', '4.sql']);
  asked.length = 0;
  expect(bisection.warningsIn(files, lint)).toHaveLength(3);
  expect(asked).toEqual([['good', 'fine', 'well']]);
});
