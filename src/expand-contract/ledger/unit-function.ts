/**
 * Does the next unit of a phase that nobody has done, and writes down in the same transaction that it did.
 *
 * A lock is waited for as long as `lockTimeout` and no longer, because whoever comes later waits behind it; then it is tried again, later and
 * later, and the session that is in the way is named: not what it runs, which may hold anything.
 */
export const UNIT_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.blocker(tables text[]) RETURNS text LANGUAGE sql AS $zd$
  SELECT coalesce((SELECT format('session %s%s%s', a.pid, CASE WHEN a.application_name <> '' THEN ' (' || a.application_name || ')' ELSE '' END,
      CASE WHEN a.xact_start IS NULL THEN '' ELSE ', in a transaction for ' || date_trunc('seconds', clock_timestamp() - a.xact_start) END)
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.granted AND l.pid <> pg_backend_pid() AND l.locktype = 'relation' AND l.relation IN (SELECT zero_downtime.with_parts(tables))
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY a.xact_start NULLS LAST LIMIT 1),
  -- A transaction that was prepared has no session any more, and holds its locks until somebody ends it.
  (SELECT format('the prepared transaction %s, for %s', quote_literal(x.gid), date_trunc('seconds', clock_timestamp() - x.prepared))
    FROM pg_locks l JOIN pg_locks own ON own.pid IS NULL AND own.virtualtransaction = l.virtualtransaction AND own.locktype = 'transactionid'
      JOIN pg_prepared_xacts x ON x.transaction = own.transactionid
    WHERE l.pid IS NULL AND l.granted AND l.locktype = 'relation' AND l.relation IN (SELECT zero_downtime.with_parts(tables)) AND x.database = current_database()
    ORDER BY x.prepared LIMIT 1),
  'nobody that this role can see')
$zd$;

-- Another attempt that found a lock taken: who has it, and when to try again; later and later, to at most a minute, and never all at once.
CREATE OR REPLACE FUNCTION zero_downtime.held_up(wanted text, what text, tables text[]) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  m zero_downtime.migration;
BEGIN
  UPDATE zero_downtime.migration SET attempts = attempts + 1, note = zero_downtime.blocker(tables) WHERE name = wanted RETURNING * INTO m;
  RETURN zero_downtime.told('wait', format('%s, attempt %s; in the way: %s', what, m.attempts, m.note),
    (least(60000, 250 * 2 ^ least(m.attempts, 8)) * (0.5 + random() / 2))::integer);
END
$zd$;

-- What goes back is only what has come: a unit of abort that undoes one of expand is left out where that one was not done.
CREATE OR REPLACE FUNCTION zero_downtime.next_unit(wanted text, in_phase text) RETURNS integer LANGUAGE sql AS $zd$
  SELECT (place - 1)::integer FROM zero_downtime.migration m, jsonb_array_elements(m.definition -> in_phase) WITH ORDINALITY AS unit (body, place)
    WHERE m.name = wanted AND NOT EXISTS (
      SELECT 1 FROM zero_downtime.unit_done d WHERE d.migration = wanted AND d.phase = in_phase AND d.position = place - 1)
    AND (body ->> 'undoes' IS NULL OR EXISTS (
      SELECT 1 FROM zero_downtime.unit_done d WHERE d.migration = wanted AND d.phase = 'expand' AND d.position = (body ->> 'undoes')::integer))
    ORDER BY place LIMIT 1
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.mark(wanted text, in_phase text, at integer, began timestamptz) RETURNS void LANGUAGE sql AS $zd$
  INSERT INTO zero_downtime.unit_done (migration, phase, position, title, started_at, done_at)
    SELECT wanted, in_phase, at, m.definition -> in_phase -> at ->> 'title', began, clock_timestamp() FROM zero_downtime.migration m WHERE m.name = wanted;
  UPDATE zero_downtime.migration SET attempts = 0, note = NULL WHERE name = wanted
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.has_contracted(wanted text) RETURNS boolean LANGUAGE sql STABLE AS $zd$
  SELECT EXISTS (SELECT 1 FROM zero_downtime.unit_done WHERE migration = wanted AND phase = 'contract')
$zd$;

-- Passes on what the server said, with what it was about and what to do. What is wrong with a value quotes the value, which is nobody's business.
CREATE OR REPLACE FUNCTION zero_downtime.refuse(what text, tables text[], code text, message text, advice text) RETURNS void LANGUAGE plpgsql AS $zd$
BEGIN
  RAISE EXCEPTION USING ERRCODE = code,
    MESSAGE = format('%s: %s', what, CASE WHEN code LIKE '22%' THEN regexp_replace(message, '"[^"]*"', '"…"', 'g') ELSE message END),
    HINT = coalesce(nullif(advice, ''), CASE code WHEN '42501' THEN format('run it as the owner of %s, or make %s a member of that role', array_to_string(tables, ' and '), quote_ident(current_user))
      ELSE 'nothing of this step was done; put it right and run again, or abort' END);
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.do_unit(m zero_downtime.migration, at integer, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  unit jsonb := m.definition -> m.phase -> at;
  began timestamptz := clock_timestamp();
  tables text[] := ARRAY(SELECT jsonb_array_elements_text(unit -> 'tables'));
  reason text;
  advice text;
  is_left boolean := false;
BEGIN
  IF unit ->> 'index' IS NOT NULL THEN
    RETURN zero_downtime.do_index(m, at, unit);
  ELSIF unit -> 'carries' IS NOT NULL THEN
    RETURN zero_downtime.do_carry(m, at, unit);
  END IF;
  BEGIN
    PERFORM set_config('lock_timeout', settings ->> 'lockTimeout', true);
    EXECUTE unit ->> 'sql';
    IF m.phase = 'contract' THEN
      -- Under the lock: whoever wrote while it was waited for has ended by now.
      reason := CASE WHEN NOT zero_downtime.has_contracted(m.name) THEN zero_downtime.old_version(m, settings) END;
      IF reason IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'ZD005', MESSAGE = reason;
      END IF;
      -- In the transaction that drops what older versions need: from then on none of them starts.
      PERFORM zero_downtime.end_older(settings);
    END IF;
    IF unit ->> 'isLeft' IS NOT NULL THEN
      EXECUTE 'SELECT ' || (unit ->> 'isLeft') INTO is_left;
    END IF;
    IF NOT is_left THEN
      PERFORM zero_downtime.mark(m.name, m.phase, at, began);
    END IF;
  EXCEPTION
    WHEN lock_not_available OR deadlock_detected OR serialization_failure OR object_in_use THEN
      RETURN zero_downtime.held_up(m.name, format('%s: no lock within %s', unit ->> 'title', settings ->> 'lockTimeout'), tables);
    WHEN SQLSTATE 'ZD005' THEN
      RETURN zero_downtime.told('unmet', SQLERRM);
    WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS advice = PG_EXCEPTION_HINT;
      PERFORM zero_downtime.refuse(unit ->> 'title', tables, SQLSTATE, SQLERRM, advice);
  END;
  RETURN zero_downtime.told('step', unit ->> 'title');
END
$zd$;
`;
