import type { CommandIo } from '../command-io';
import { ExitCode } from '../exit-code';
import { connected, type LoadDriver } from './database';
import { migrationMetrics } from './metrics';
import { STATUS_QUERY, type MigrationStatus } from './migration-status';
import { visible } from '../../reading/quoted';
import { prometheusText } from '../../report/prometheus-text';

/** The options of `migrations status`. */
export interface StatusOptions {
  readonly database: string;
  readonly format: 'text' | 'json' | 'prometheus';
}

/** `zero-downtime migrations status`: where each change of the schema stands, as the database itself remembers. */
export async function runMigrationsStatus({ database, format }: StatusOptions, io: CommandIo, load?: LoadDriver): Promise<ExitCode> {
  return connected(database, async (session) => {
    const [{ known }] = await session.query('SELECT to_regclass(\'zero_downtime.migration\') IS NOT NULL AS known');
    const rows = known === true ? await session.query(STATUS_QUERY) as unknown as readonly MigrationStatus[] : [];
    io.out(RENDERED[format](rows));
    return ExitCode.OK;
  }, load);
}

const RENDERED: Readonly<Record<StatusOptions['format'], (rows: readonly MigrationStatus[]) => string>> = {
  text: statusText,
  json: (rows) => `${JSON.stringify({ migrations: rows }, undefined, 2)}\n`,
  prometheus: (rows) => prometheusText(migrationMetrics(rows)),
};

function statusText(rows: readonly MigrationStatus[]): string {
  return rows.length === 0 ? 'no change of the schema has been declared here\n' : `${rows.map(lineOf).join('\n')}\n`;
}

function lineOf(status: MigrationStatus): string {
  const { name, phase, units, done, rows_seen: seen, rows_total: total, mismatches, last_old_write: written, note } = status;
  return [
    `${visible(name)}: ${phase}, ${done} of ${units} steps done`,
    ...seen === null ? [] : [`about ${seen} of ${total} rows`],
    ...mismatches === 0 ? [] : [`${mismatches} rows are not what they should be`],
    ...written === null ? [] : [`the old shape was last written at ${written}`],
    ...note === null ? [] : [`in the way: ${visible(note)}`],
  ].join('; ');
}
