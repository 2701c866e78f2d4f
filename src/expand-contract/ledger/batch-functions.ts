/**
 * One batch: of rows that are written, or of rows that are compared.
 *
 * Batches grow and shrink towards the time that one should take: too small ones cost as much in round trips as they win, too large ones keep
 * rows locked for as long. After a share of the rows, what they have left dead is vacuumed: the table grows by that share and not by itself, and its
 * indexes are read a bounded number of times, however large it is.
 */
export const BATCH_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.next_batch(rows integer, elapsed_ms double precision, settings jsonb) RETURNS integer LANGUAGE sql IMMUTABLE AS $zd$
  SELECT least((settings ->> 'largestBatch')::integer, greatest((settings ->> 'smallestBatch')::integer,
    (rows * least(1.5, greatest(0.5, (settings ->> 'batchMillis')::double precision / greatest(elapsed_ms, 0.1))))::integer))
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.backfill_batch(m zero_downtime.migration, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  work jsonb := m.definition -> 'backfill';
  place zero_downtime.walk;
  reason text := zero_downtime.busy(work ->> 'table', settings);
  began timestamptz := clock_timestamp();
  span record;
  written bigint;
  elapsed double precision;
  rest integer;
  advice text;
BEGIN
  IF reason IS NOT NULL THEN
    RETURN zero_downtime.told('wait', 'paused: ' || reason, 1000);
  END IF;
  SELECT * INTO place FROM zero_downtime.walk WHERE migration = m.name AND phase = 'backfill';
  IF place IS NULL THEN
    PERFORM zero_downtime.begin_walk(m.name, 'backfill', work ->> 'table');
    RETURN zero_downtime.told('step', 'backfill begins', 0, NULL, 0);
  END IF;
  SELECT * INTO span FROM zero_downtime.next_range(place, work ->> 'table');
  IF span.upto IS NULL THEN
    UPDATE zero_downtime.walk SET ended_at = clock_timestamp() WHERE migration = m.name AND phase = 'backfill';
    UPDATE zero_downtime.migration SET phase = 'verify' WHERE name = m.name;
    RETURN zero_downtime.told('step', 'every row has been written', 0, NULL, place.rows_written, place.rows_total);
  END IF;
  BEGIN
    PERFORM set_config('lock_timeout', settings ->> 'batchLockTimeout', true);
    -- The trigger takes this for a write of neither version; by name, as a trigger of the program may write what another migration watches.
    PERFORM set_config('zero_downtime.writing', m.name, true);
    EXECUTE format('UPDATE %s SET %s WHERE %s AND (%s)', work ->> 'table', work ->> 'assignments', span.condition, work ->> 'condition');
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM set_config('zero_downtime.writing', '', true);
  EXCEPTION
    WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
      UPDATE zero_downtime.walk SET batch = greatest((settings ->> 'smallestBatch')::integer, batch / 2) WHERE migration = m.name AND phase = 'backfill';
      RETURN zero_downtime.held_up(m.name, 'backfill: a row is locked by somebody else; again with a smaller batch', ARRAY[work ->> 'table']);
    WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS advice = PG_EXCEPTION_HINT;
      PERFORM zero_downtime.refuse(zero_downtime.batch_name(place, span.upto), ARRAY[work ->> 'table'], SQLSTATE, SQLERRM, advice);
  END;
  elapsed := extract(epoch FROM clock_timestamp() - began) * 1000;
  rest := elapsed * (settings ->> 'restPerWork')::double precision;
  UPDATE zero_downtime.migration SET attempts = 0, note = NULL WHERE name = m.name AND attempts > 0;
  UPDATE zero_downtime.walk SET reached = span.upto, rows_seen = rows_seen + place.batch, rows_written = rows_written + written, batches = batches + 1,
      batch = zero_downtime.next_batch(place.batch, elapsed, settings)
    WHERE migration = m.name AND phase = 'backfill' RETURNING * INTO place;
  IF place.rows_written - place.rows_vacuumed > greatest(place.rows_total, place.rows_seen) * (settings ->> 'vacuumAfterShare')::double precision THEN
    UPDATE zero_downtime.walk SET rows_vacuumed = rows_written WHERE migration = m.name AND phase = 'backfill';
    RETURN zero_downtime.told('run', 'vacuum what the batches left', rest, zero_downtime.vacuum_of(work ->> 'table'), least(place.rows_seen, place.rows_total), place.rows_total);
  END IF;
  RETURN zero_downtime.told('step', 'backfill', rest, NULL, least(place.rows_seen, place.rows_total), place.rows_total);
END
$zd$;

-- Which rows a batch is of, by their keys.
CREATE OR REPLACE FUNCTION zero_downtime.batch_name(place zero_downtime.walk, upto text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT format('%s of the rows %sup to key %s', place.phase, 'after key ' || array_to_string(place.reached, '/') || ' ', array_to_string(upto, '/'))
$zd$;

-- Never to wait for a lock, and never to take the one that nobody may read under, in order to shorten the file: 11 knows neither.
CREATE OR REPLACE FUNCTION zero_downtime.vacuum_of(target text) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT 'VACUUM ' || CASE WHEN current_setting('server_version_num')::integer >= 120000 THEN '(SKIP_LOCKED, TRUNCATE false) ' ELSE '' END || target
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.verify_batch(m zero_downtime.migration, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  work jsonb := m.definition -> 'verify';
  place zero_downtime.walk;
  began timestamptz := clock_timestamp();
  span record;
  sums record;
  wrong bigint;
  advice text;
BEGIN
  SELECT * INTO place FROM zero_downtime.walk WHERE migration = m.name AND phase = 'verify';
  IF place IS NULL THEN
    DELETE FROM zero_downtime.mismatch WHERE migration = m.name;
    PERFORM zero_downtime.begin_walk(m.name, 'verify', work ->> 'table');
    RETURN zero_downtime.told('step', 'verification begins', 0, NULL, 0);
  END IF;
  SELECT * INTO span FROM zero_downtime.next_range(place, work ->> 'table');
  IF span.upto IS NULL THEN
    SELECT count(*) INTO wrong FROM zero_downtime.mismatch WHERE migration = m.name;
    IF wrong > 0 THEN
      -- Whoever asks again has it looked through again.
      DELETE FROM zero_downtime.walk WHERE migration = m.name AND phase = 'verify';
      RETURN zero_downtime.told('failed', format('%s rows are not what they should be, of keys such as %s', wrong,
        (SELECT string_agg(array_to_string(key, '/'), ', ') FROM (SELECT key FROM zero_downtime.mismatch WHERE migration = m.name LIMIT 5) AS first_ones)));
    END IF;
    UPDATE zero_downtime.walk SET ended_at = clock_timestamp() WHERE migration = m.name AND phase = 'verify';
    UPDATE zero_downtime.migration SET phase = 'complete' WHERE name = m.name;
    RETURN zero_downtime.told('step', format('%s rows verified', place.rows_seen), 0, NULL, place.rows_seen, place.rows_total);
  END IF;
  BEGIN
    EXECUTE format('SELECT count(*) AS rows, count(*) FILTER (WHERE (%1$s) IS NOT TRUE) AS wrong, coalesce(sum(hashtextextended(ROW(%2$s)::text, 0)), 0) AS expected,
        coalesce(sum(hashtextextended(ROW(%3$s)::text, 0)), 0) AS actual FROM %4$s WHERE %5$s',
      work ->> 'isRight', work ->> 'expected', work ->> 'actual', work ->> 'table', span.condition) INTO sums;
    IF sums.wrong > 0 THEN
      EXECUTE format('INSERT INTO zero_downtime.mismatch (migration, key) SELECT %L, ARRAY[%s] FROM %s WHERE %s AND (%s) IS NOT TRUE LIMIT 1000',
        m.name, zero_downtime.as_texts(place.key_columns), work ->> 'table', span.condition, work ->> 'isRight');
    END IF;
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS advice = PG_EXCEPTION_HINT;
    PERFORM zero_downtime.refuse(zero_downtime.batch_name(place, span.upto), ARRAY[work ->> 'table'], SQLSTATE, SQLERRM, advice);
  END;
  UPDATE zero_downtime.walk SET reached = span.upto, rows_seen = rows_seen + sums.rows, batches = batches + 1,
      content_old = content_old + sums.expected, content_new = content_new + sums.actual,
      batch = zero_downtime.next_batch(place.batch, extract(epoch FROM clock_timestamp() - began) * 1000, settings)
    WHERE migration = m.name AND phase = 'verify' RETURNING * INTO place;
  RETURN zero_downtime.told('step', 'verify', 0, NULL, least(place.rows_seen, place.rows_total), place.rows_total);
END
$zd$;
`;
