import { judgedChanges } from './changes-judged';
import { nameOf } from '../../expand-contract/phases/name';
import type { Phases, Unit } from '../../expand-contract/phases/phases';
import { phasesOf } from '../../expand-contract/phases/phases-of';
import { variableText } from '../../expand-contract/phases/units';
import { DEFAULT_RUN_SETTINGS } from '../../expand-contract/run/settings';
import type { CommandIo } from '../command-io';
import { ExitCode } from '../exit-code';

/** The options of `migrations plan`. */
export interface PlanOptions {
  readonly format: 'text' | 'json';
  readonly ignore?: readonly string[];
}

/** `zero-downtime migrations plan`: what changes of the schema consist of, phase by phase, as SQL. */
export async function runMigrationsPlan(path: string, { format, ignore = [] }: PlanOptions, io: CommandIo): Promise<ExitCode> {
  const changes = judgedChanges(path, DEFAULT_RUN_SETTINGS, ignore);
  const all = changes.map((change) => phasesOf(nameOf(change), change));
  io.out(format === 'json' ? `${JSON.stringify(all, undefined, 2)}\n` : all.map(planText).join('\n'));
  return ExitCode.OK;
}

/** The phases as a script that explains itself; what only the database knows stays as `<<name>>`. */
export function planText(phases: Phases): string {
  const { backfill, verify } = phases;
  return [
    `-- ${phases.name}`,
    ...phases.variables.map(({ name, what, table, column }) => `-- ${variableText(name)} is ${what === 'not null' ? 'whether' : 'the type of'} ${table}.${column}${what === 'not null' ? ' is NOT NULL' : ''}`),
    ...section('expand: beside the old version', phases.expand),
    ...backfill === undefined ? [] : ['', '-- backfill: in batches along the key', `UPDATE ${backfill.table} SET ${backfill.assignments} WHERE ${backfill.condition};`],
    ...verify === undefined ? [] : ['', '-- verify: no row may be left that is neither', `SELECT * FROM ${verify.table} WHERE NOT (${verify.isRight});`],
    ...section('complete: then the new version may start', phases.complete),
    ...section('contract: when the old version is gone', phases.contract),
    ...section('abort: back to what was, at any time before contract', phases.abort),
    '',
  ].join('\n');
}

function section(title: string, units: readonly Unit[]): readonly string[] {
  return units.length === 0 ? [] : ['', `-- ${title}`, ...units.flatMap((unit) => [`-- ${unit.title}${howOf(unit)}`, ...sqlOf(unit)])];
}

function howOf({ index, carries, isLeft }: Unit): string {
  if (carries !== undefined) {
    return carries.what === 'nothing' ? '' : ' (each outside of a transaction; which they are, the database knows)';
  }
  return index !== undefined ? ' (outside of a transaction)' : isLeft !== undefined ? ' (each in a transaction of its own)' : '';
}

/** What only the database knows has no SQL here. */
function sqlOf({ sql }: Unit): readonly string[] {
  return sql === '' ? [] : [sql.trimEnd().endsWith(';') ? sql : `${sql};`];
}
