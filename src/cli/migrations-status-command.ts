import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { connected, type LoadDriver } from './migrations-database';
import { migrationMetrics } from './migrations-metrics';
import { visible } from '../reading/quoted';
import { prometheusText } from '../report/prometheus-text';

/** The options of `migrations status`. */
export interface StatusOptions {
  readonly database: string;
  readonly format: 'text' | 'json' | 'prometheus';
}

/** Where a change of the schema stands. */
export interface MigrationStatus {
  readonly name: string;
  readonly phase: string;
  readonly units: number;
  readonly done: number;
  readonly rows_seen: number | null;
  readonly rows_total: number | null;
  readonly mismatches: number;
  readonly last_old_write: string | null;
  /** How often the step that is due has found its lock taken. */
  readonly attempts: number;
  readonly note: string | null;
}

const QUERY = `SELECT m.name, m.phase, m.note, m.attempts,
    (SELECT count(*)::integer FROM jsonb_each(m.definition) AS part (key, units), jsonb_array_elements(CASE WHEN part.key IN ('expand', 'complete', 'contract')
      THEN part.units ELSE '[]'::jsonb END)) AS units,
    (SELECT count(*)::integer FROM zero_downtime.unit_done d WHERE d.migration = m.name AND d.phase IN ('expand', 'complete', 'contract')) AS done,
    least(w.rows_seen, w.rows_total)::double precision AS rows_seen, w.rows_total::double precision,
    (SELECT count(*)::integer FROM zero_downtime.mismatch x WHERE x.migration = m.name) AS mismatches,
    (SELECT to_char(max(o.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM zero_downtime.old_write o WHERE o.migration = m.name) AS last_old_write
  FROM zero_downtime.migration m LEFT JOIN zero_downtime.walk w ON w.migration = m.name AND w.phase = m.phase
  ORDER BY m.declared_at, m.name`;

/** `zero-downtime migrations status`: where each change of the schema stands, as the database itself remembers. */
export async function runMigrationsStatus({ database, format }: StatusOptions, io: CommandIo, load?: LoadDriver): Promise<ExitCode> {
  return connected(database, async (session) => {
    const [{ known }] = await session.query('SELECT to_regclass(\'zero_downtime.migration\') IS NOT NULL AS known');
    const rows = known === true ? await session.query(QUERY) as unknown as readonly MigrationStatus[] : [];
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
