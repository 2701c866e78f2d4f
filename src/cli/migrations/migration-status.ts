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

/** Asks for all of them, in the order in which they were declared. */
export const STATUS_QUERY = `SELECT m.name, m.phase, m.note, m.attempts,
    (SELECT count(*)::integer FROM jsonb_each(m.definition) AS part (key, units), jsonb_array_elements(CASE WHEN part.key IN ('expand', 'complete', 'contract')
      THEN part.units ELSE '[]'::jsonb END)) AS units,
    (SELECT count(*)::integer FROM zero_downtime.unit_done d WHERE d.migration = m.name AND d.phase IN ('expand', 'complete', 'contract')) AS done,
    least(w.rows_seen, w.rows_total)::double precision AS rows_seen, w.rows_total::double precision,
    (SELECT count(*)::integer FROM zero_downtime.mismatch x WHERE x.migration = m.name) AS mismatches,
    (SELECT to_char(max(o.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM zero_downtime.old_write o WHERE o.migration = m.name) AS last_old_write
  FROM zero_downtime.migration m LEFT JOIN zero_downtime.walk w ON w.migration = m.name AND w.phase = m.phase
  ORDER BY m.declared_at, m.name`;
