import { BadInput } from '../bad-input';
import { acceptanceOf } from './acceptance';
import { readChanges } from './changes-file';
import type { Change } from '../../expand-contract/phases/change';
import { declaredUnitsOf } from '../../expand-contract/phases/declared-units';
import { nameOf } from '../../expand-contract/phases/name';
import { phasesOf } from '../../expand-contract/phases/phases-of';
import type { RunSettings } from '../../expand-contract/run/settings';
import { checkDeclared } from '../../migrations/declared/check-declared';
import { loadSqlParser } from '../../migrations/sql/sql-parser';

/** The changes of a file, or what of their SQL a running version would notice, as the checker of migrations sees it. */
export function judgedChanges(path: string, settings: RunSettings, ignore: readonly string[]): readonly Change[] {
  const parser = loadSqlParser();
  const accepted = Object.fromEntries(ignore.map(acceptanceOf).map(({ ruleId, reason }) => [ruleId, reason]));
  const changes = readChanges(path, parser);
  const migrations = changes.map((change, index) => {
    const title = `change ${index + 1}, ${change.kind}${change.kind === 'sql' ? ` ${JSON.stringify(change.title)}` : ''},`;
    return { texts: [], units: declaredUnitsOf({ title, isWritten: change.kind === 'sql', phases: phasesOf(nameOf(change), change), settings }) };
  });
  const { problems } = checkDeclared({ migrations, contracts: [], accepted, acceptedBy: (ruleId) => `--ignore '${ruleId}=REASON'` }, parser);
  if (problems.length > 0) {
    throw new BadInput(problems.map((message) => ({ source: path, message })));
  }
  return changes;
}
