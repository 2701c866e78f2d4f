/**
 * Does the next unit of a phase that nobody has done, and writes down in the same transaction that it did.
 *
 * A lock is waited for as long as `lockTimeout` and no longer, because whoever comes later waits behind it; then it is tried again, later and
 * later, and the session that is in the way is named: not what it runs, which may hold anything.
 */
export const UNIT_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.blocker(tables text[]) RETURNS text LANGUAGE sql AS $zd$
  SELECT format('session %s%s%s', a.pid, CASE WHEN a.application_name <> '' THEN ' (' || a.application_name || ')' ELSE '' END,
      CASE WHEN a.xact_start IS NULL THEN '' ELSE ', in a transaction since ' || date_trunc('seconds', clock_timestamp() - a.xact_start) END)
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.granted AND l.pid <> pg_backend_pid() AND l.locktype = 'relation'
      AND l.relation IN (SELECT to_regclass(name)::oid FROM unnest(tables) AS name)
    ORDER BY a.xact_start NULLS LAST LIMIT 1
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.next_unit(wanted text, in_phase text) RETURNS integer LANGUAGE sql AS $zd$
  SELECT (place - 1)::integer FROM zero_downtime.migration m, jsonb_array_elements(m.definition -> in_phase) WITH ORDINALITY AS unit (body, place)
    WHERE m.name = wanted AND NOT EXISTS (
      SELECT 1 FROM zero_downtime.unit_done d WHERE d.migration = wanted AND d.phase = in_phase AND d.position = place - 1)
    ORDER BY place LIMIT 1
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.mark(wanted text, in_phase text, at integer, began timestamptz) RETURNS void LANGUAGE sql AS $zd$
  INSERT INTO zero_downtime.unit_done (migration, phase, position, title, started_at, done_at)
    SELECT wanted, in_phase, at, m.definition -> in_phase -> at ->> 'title', began, clock_timestamp() FROM zero_downtime.migration m WHERE m.name = wanted;
  UPDATE zero_downtime.migration SET attempts = 0, note = NULL WHERE name = wanted
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.do_unit(m zero_downtime.migration, at integer, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  unit jsonb := m.definition -> m.phase -> at;
  began timestamptz := clock_timestamp();
  tables text[] := ARRAY(SELECT jsonb_array_elements_text(unit -> 'tables'));
  is_valid boolean;
BEGIN
  IF unit ->> 'index' IS NOT NULL THEN
    SELECT indisvalid INTO is_valid FROM pg_index WHERE indexrelid = to_regclass(unit ->> 'index');
    IF is_valid THEN
      PERFORM zero_downtime.mark(m.name, m.phase, at, began);
      RETURN zero_downtime.told('step', unit ->> 'title');
    END IF;
    -- What cannot run within a transaction is run by whoever asked; a leftover of a build that failed goes first.
    RETURN zero_downtime.told('run', CASE WHEN is_valid IS NULL THEN unit ->> 'title' ELSE 'remove what a build that failed has left' END, 0, CASE WHEN is_valid IS NULL THEN unit ->> 'sql' ELSE format('DROP INDEX CONCURRENTLY IF EXISTS %s', unit ->> 'index') END);
  END IF;
  BEGIN
    PERFORM set_config('lock_timeout', settings ->> 'lockTimeout', true);
    EXECUTE unit ->> 'sql';
    IF m.phase = 'contract' AND settings ->> 'service' IS NOT NULL THEN
      -- In the transaction that drops what older versions need: from then on none of them starts.
      INSERT INTO zero_downtime.service (name, least_epoch) VALUES (settings ->> 'service', (settings ->> 'epoch')::integer)
        ON CONFLICT (name) DO UPDATE SET least_epoch = greatest(service.least_epoch, excluded.least_epoch);
    END IF;
    PERFORM zero_downtime.mark(m.name, m.phase, at, began);
  EXCEPTION WHEN lock_not_available OR deadlock_detected OR serialization_failure OR object_in_use THEN
    UPDATE zero_downtime.migration SET attempts = attempts + 1, note = coalesce(zero_downtime.blocker(tables), 'nobody that this role can see') WHERE name = m.name
      RETURNING * INTO m;
    -- Later and later, to at most a minute, and never all at once.
    RETURN zero_downtime.told('wait', format('%s: no lock within %s, attempt %s; in the way: %s', unit ->> 'title', settings ->> 'lockTimeout', m.attempts, m.note), (least(60000, 250 * 2 ^ least(m.attempts, 8)) * (0.5 + random() / 2))::integer);
  END;
  RETURN zero_downtime.told('step', unit ->> 'title');
END
$zd$;
`;
