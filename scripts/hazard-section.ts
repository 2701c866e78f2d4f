import { agreementCell } from './agreement-cell';
import type { JudgedVersion } from './judged-version';
import type { NamedLinter } from './linters/installation';
import { markdownTable } from './markdown-table';
import { LOCK_MODES } from '../src/migrations/effects/lock-mode';
import type { Agreement } from '../test/support/migrations/agreement';
import type { Measured } from '../test/support/migrations/measure';

/** The section that compares with other linters what is said of work under a lock. */
export function hazardSection(versions: readonly JudgedVersion[], linters: readonly NamedLinter[]): string[] {
  return [
    '## Work under a lock',
    '',
    'One question of the same statements: does the server write, read or index a table in full while nobody may write it?',
    'Each of the other linters is given every statement as a migration of its own, in a file that holds nothing else, and',
    'besides it what it can make use of:',
    '',
    markdownTable(['linter', 'besides the statement'], linters.map(({ name, linter }) => linter === undefined ? [name, 'not installed'] : [`${name} ${linter.version}`, linter.given])),
    '',
    'Definitions of the tables before the statement, in the same file, would add nothing to what these know: of a table that the file',
    'makes, those that take note of it conclude that it is empty or that nobody uses it yet, and keep quiet. Of their rules, those count',
    'that are about such work by their own documentation; `scripts/linters` names them, and those left out. A statement that a linter',
    'cannot parse is one of which it does not warn. The statements were chosen for what depends on the tables, which favours who knows',
    `them: ${typeChanges(versions)} change the type of a column, where it is the old type that decides.`,
    '',
    hazardTable(versions, linters),
  ];
}

/** How many statements of the newest version change a type, as `N of M`. */
function typeChanges([{ judged }]: readonly JudgedVersion[]): string {
  const taken = judged.filter(({ measured }) => measured.sqlstate === undefined);
  return `${taken.filter(({ statement }) => /\bALTER (COLUMN )?\w+ (SET DATA )?TYPE\b/.test(statement)).length} of ${taken.length}`;
}

/** Whether a table is worked on in full while nobody may write it. */
function isHazard({ locks, rewrites, scans, sqlstate }: Measured): boolean {
  const isHeld = (id: string) => LOCK_MODES.indexOf(locks.get(id) ?? 'ACCESS SHARE') >= LOCK_MODES.indexOf('SHARE');
  return sqlstate === undefined && [...rewrites, ...scans].some(isHeld);
}

function hazardTable(versions: readonly JudgedVersion[], linters: readonly NamedLinter[]): string {
  const heads = ['PostgreSQL', 'statements that do', 'zero-downtime (precision / recall)', ...linters.map(({ name }) => name)];
  return markdownTable(heads, versions.map((version) => {
    const { release, judged, others } = version;
    const taken = judged.filter(({ measured }) => measured.sqlstate === undefined);
    return [
      release,
      `${taken.filter(({ measured }) => isHazard(measured)).length} of ${taken.length}`,
      agreementCell(agreementOf(version, judged.map(({ verdict }) => isHazard(verdict)))),
      ...others.map(({ hazards }) => typeof hazards === 'string' ? hazards : agreementCell(agreementOf(version, hazards))),
    ];
  }));
}

function agreementOf({ judged }: JudgedVersion, said: readonly boolean[]): Agreement {
  // What the server refuses does no work, whoever says what of it.
  const taken = judged.flatMap(({ measured }, index) => measured.sqlstate === undefined ? [{ isSaid: said[index], isSo: isHazard(measured) }] : []);
  return {
    both: taken.filter(({ isSaid, isSo }) => isSaid && isSo).length,
    onlySaid: taken.filter(({ isSaid, isSo }) => isSaid && !isSo).length,
    onlyMeasured: taken.filter(({ isSaid, isSo }) => !isSaid && isSo).length,
  };
}
