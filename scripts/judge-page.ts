import { agreementCell } from './agreement-cell';
import { hazardSection } from './hazard-section';
import type { JudgedVersion } from './judged-version';
import type { NamedLinter } from './linters/installation';
import { markdownTable } from './markdown-table';
import { ASPECTS, agreementOn, disagreementsOf, totalOf, type Disagreement } from '../test/support/migrations/agreement';

/** Why a verdict differs on purpose, or cannot be measured, by what the statement contains. */
const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [/DEFAULT changing\(\)/, 'a volatile function in SQL whose body is a constant is inlined by the server; the body of a function is not evaluated here, so it counts as volatile'],
  [/ADD FOREIGN KEY \(w\) REFERENCES target/, 'how the referenced rows are looked up is the choice of the planner: by the index or by a scan'],
];

/** The page of the documentation that says how far verdicts and servers agree. */
export function judgePage(versions: readonly JudgedVersion[], linters: readonly NamedLinter[]): string {
  return [
    '# Migrations: verdicts against PostgreSQL itself',
    '',
    `\`npm run judge:migrations\` runs ${Math.max(...versions.map(({ judged }) => judged.length))} statements on tables of some hundred rows each: kinds of objects × options × states,`,
    'written by hand, and pairs of their commands in one statement, drawn by chance.',
    'For each it reads from the server\'s own books which relations the transaction locks and how (`pg_locks`), which get other files',
    '(`pg_relation_filenode`), which are read in full (the counters of `pg_stat_xact_user_tables`, builds of indexes among them), and the',
    'SQLSTATE of a refusal; and compares that with what was said before. Precision is how much of what was said is so, recall how much of what',
    'is so was said. Locks count from ROW SHARE up, scans under SHARE UPDATE EXCLUSIVE and stronger: what a query reads is its planner\'s choice.',
    'Of a statement that no transaction may hold, only the lock is seen that it waits for first. What was written by hand was also what was',
    'developed against; the pairs show what is said of statements that nobody looked at.',
    '',
    agreementTable(versions),
    '',
    'The pairs alone:',
    '',
    agreementTable(versions.map((version) => ({ ...version, judged: version.judged.filter(({ group }) => group.name.startsWith('pairs of ')) }))),
    '',
    ...hazardSection(versions, linters),
    '',
    '## Disagreements',
    '',
    ...disagreementLines(versions),
    '',
  ].join('\n');
}

function agreementTable(versions: readonly JudgedVersion[]): string {
  return markdownTable(['PostgreSQL', 'statements', ...ASPECTS, 'all (precision / recall)'], versions.map(({ release, judged }) => {
    const all = ASPECTS.map((aspect) => agreementOn(aspect, judged));
    return [release, String(judged.length), ...all.map(agreementCell), agreementCell(totalOf(all))];
  }));
}

function disagreementLines(versions: readonly JudgedVersion[]): string[] {
  const byText = new Map<string, { readonly disagreement: Disagreement; readonly majors: number[] }>();
  for (const { major, judged } of versions) {
    for (const disagreement of disagreementsOf(judged)) {
      const key = `${disagreement.statement} ${disagreement.aspect}`;
      const known = byText.get(key) ?? { disagreement, majors: [] };
      known.majors.push(major);
      byText.set(key, known);
    }
  }
  return byText.size === 0 ? ['None.'] : [...byText.values()].map(({ disagreement: { statement, aspect, said, measured }, majors }) => {
    const isRefusedTwice = aspect === 'refusal' && said.length > 0 && measured.length > 0;
    const why = isRefusedTwice ? 'it is refused for two reasons, and another is told first' : EXPLANATIONS.find(([pattern]) => pattern.test(statement))?.[1] ?? '**not explained**';
    return `- ${[...new Set(majors)].join(', ')}: \`${statement}\`: ${aspect} said ${said.join(', ') || 'none'}, is ${measured.join(', ') || 'none'}: ${why}`;
  });
}
