import { existsSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { OTHER_CHECKS } from '../../scripts/compare-checks';
import { withSection } from '../../scripts/markdown-table';
import { surveyTables } from '../../scripts/survey-tables';
import { RULES } from '../../src/checks/rules';

const ROOT = join(__dirname, '../..');
const SETS = resolve(ROOT, '../shared/services/manifests');
const page = readFileSync(join(ROOT, 'docs/survey.md'), 'utf8');

/** `describe`, skipped with a plain warning where the sets are not: they are too large to live in this repository. */
function describeWithSets(title: string, body: () => void): void {
  if (existsSync(SETS)) {
    describe(title, body);
    return;
  }
  console.warn(`The tables of docs/survey.md are NOT TESTED: there are no sets of manifests in ${SETS}.`);
  describe.skip(title, () => {
    test('needs the sets of manifests', () => undefined);
  });
}

describeWithSets('docs/survey.md', () => {
  test('has the tables that the sets come to (npm run survey -- FOLDER)', () => {
    expect(page).toBe(withSection(page, 'survey', surveyTables(SETS)));
  }, 120_000);
});

describe('the checks of other tools', () => {
  test('correspond to rules that there are', () => {
    const ids = new Set(RULES.map(({ id }) => id));
    expect(OTHER_CHECKS.flatMap(({ rules }) => rules).filter((rule) => !ids.has(rule))).toEqual([]);
  });

  test('have a reason where no rule asks the same', () => {
    expect(OTHER_CHECKS.filter(({ rules, reason }) => rules.length === 0 && reason === undefined)).toEqual([]);
  });

  test('are named once', () => {
    const names = OTHER_CHECKS.map(({ tool, check }) => `${tool} ${check}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('have a reason on the page wherever a tool complains alone', () => {
    expect(page).not.toContain('NO REASON IS KNOWN');
  });

  test.each(OTHER_CHECKS.map(({ tool, check }) => [tool, check]))('are on the page: %s %s', (tool, check) => {
    expect(page).toContain(`| ${tool} | ${check} | `);
  });
});
