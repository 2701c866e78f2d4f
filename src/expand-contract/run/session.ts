/** A session of a server; each call is a statement, or several, in one message. */
export interface Session {
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/** What a driver's client has of a session, such as one of pg. */
export interface DriverClient {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
}

/** A driver's client as a session. */
export function sessionOf(client: DriverClient): Session {
  return { query: async (sql, values) => (await client.query(sql, values === undefined ? undefined : [...values])).rows };
}

/**
 * What a role is set to is for its programs: a batch is bounded by its size, and a build takes as long as it takes. Each statement sees what was
 * committed before it; where rows are hidden from the role, that is an error and not fewer rows. A runner whose machine is lost is missed after a
 * minute, and not after hours in which nobody else may run.
 */
const SETTINGS: readonly (readonly [string, string])[] = [
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['idle_session_timeout', '0'],
  ['transaction_timeout', '0'],
  ['default_transaction_isolation', 'read committed'],
  ['default_transaction_read_only', 'off'],
  ['row_security', 'off'],
  ['tcp_keepalives_idle', '30'],
  ['tcp_keepalives_interval', '10'],
  ['tcp_keepalives_count', '3'],
];

/** What prepares a session, as one statement; settings that a version does not know are left out, and a name that somebody gave it stays. */
export const PREPARE_SESSION = `SELECT set_config(wanted.name, wanted.value, false) FROM pg_settings s
  JOIN (VALUES ${SETTINGS.map(([name, value]) => `('${name}', '${value}')`).join(', ')}) AS wanted (name, value) ON wanted.name = s.name
  UNION ALL SELECT set_config('application_name', coalesce(nullif(current_setting('application_name'), ''), 'zero-downtime'), false)`;
