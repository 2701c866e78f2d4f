/**
 * One batch: of rows that are written, or of rows that are compared.
 *
 * Batches grow and shrink towards the time that one should take: too small ones cost as much in round trips as they win, too large ones keep
 * rows locked for as long.
 *
 * Rows that lie side by side are not written in one batch but in several, each of which takes one in so many: what the first has left dead on a
 * page makes room there for the rows of the second, and so on. A row that stays on its page needs no new entry in any index, so that the table
 * grows by the share of one batch and not to twice its size, and it is done sooner than by one UPDATE (`npm run bench:backfill`). The last batch
 * takes whatever is left of the span, so that no row depends on how the others chose.
 *
 * A batch that meets a row of somebody else gives way at once, because it holds rows that others wait for, and is tried again with half of the
 * rows: down to a single one, which holds nothing while it waits and stands in line like everybody else. So rows that are never free for long
 * are written too.
 *
 * Where rows have to move all the same, because an index has the column, what they have left dead is vacuumed after a share of them: indexes
 * are read a bounded number of times, however large the table is.
 */
export const BATCH_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.next_batch(rows integer, elapsed_ms double precision, settings jsonb) RETURNS integer LANGUAGE sql IMMUTABLE AS $zd$
  SELECT least((settings ->> 'largestBatch')::integer, greatest(least((settings ->> 'smallestBatch')::integer, rows * 2),
    (rows * least(1.5, greatest(0.5, (settings ->> 'batchMillis')::double precision / greatest(elapsed_ms, 0.1))))::integer))
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.backfill_batch(m zero_downtime.migration, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  work jsonb := m.definition -> 'backfill';
  target text := work ->> 'table';
  place zero_downtime.walk;
  reason text := zero_downtime.busy(target, settings);
  began timestamptz := clock_timestamp();
  stayed bigint := zero_downtime.rows_that_stayed(target);
  written bigint;
  moved bigint;
  is_futile boolean;
  elapsed double precision;
  rest integer;
  rows_done bigint;
  advice text;
BEGIN
  IF reason IS NOT NULL THEN
    RETURN zero_downtime.told('wait', 'paused: ' || reason, 1000);
  END IF;
  place := zero_downtime.open_span(m.name, target, settings);
  IF place IS NULL THEN
    PERFORM zero_downtime.begin_walk(m.name, 'backfill', target);
    RETURN zero_downtime.told('step', 'backfill begins', 0, NULL, 0);
  END IF;
  IF place.upto IS NULL THEN
    UPDATE zero_downtime.walk SET ended_at = clock_timestamp() WHERE migration = m.name AND phase = 'backfill';
    UPDATE zero_downtime.migration SET phase = 'verify' WHERE name = m.name;
    RETURN zero_downtime.told('step', 'every row has been written', 0, NULL, place.rows_written, place.rows_total);
  END IF;
  BEGIN
    PERFORM set_config('lock_timeout', zero_downtime.patience(place, settings), true);
    -- The trigger takes this for a write of neither version; by name, as a trigger of the program may write what another migration watches.
    PERFORM set_config('zero_downtime.writing', m.name, true);
    EXECUTE zero_downtime.batch_update(place, work);
    GET DIAGNOSTICS written = ROW_COUNT;
    PERFORM set_config('zero_downtime.writing', '', true);
  EXCEPTION
    WHEN lock_not_available OR deadlock_detected OR serialization_failure THEN
      RETURN zero_downtime.smaller_batch(m.name, place, target);
    WHEN OTHERS THEN
      GET STACKED DIAGNOSTICS advice = PG_EXCEPTION_HINT;
      PERFORM zero_downtime.refuse(zero_downtime.batch_name(zero_downtime.narrowed(place, m.name, work, SQLSTATE)), ARRAY[target], SQLSTATE, SQLERRM, advice);
  END;
  elapsed := extract(epoch FROM clock_timestamp() - began) * 1000;
  rest := elapsed * (settings ->> 'restPerWork')::double precision;
  UPDATE zero_downtime.migration SET attempts = 0, note = NULL WHERE name = m.name AND attempts > 0;
  moved := greatest(0, written - (zero_downtime.rows_that_stayed(target) - stayed));
  -- The second batch finds no room where somebody's snapshot still needs what the first has left, or an index has the column.
  is_futile := place.span_batches - place.batches_left = 1 AND place.batches_left > 1 AND moved > 0.8 * written;
  UPDATE zero_downtime.walk SET batches = batches + 1, rows_written = rows_written + written, batches_left = batches_left - 1, rows_moved = rows_moved + moved,
      plain_spans = CASE WHEN is_futile THEN 50 ELSE plain_spans END,
      -- The slowest of a span says how large those of the next one are.
      batch = least(CASE WHEN batches_left < span_batches THEN batch END, zero_downtime.next_batch((span_rows / span_batches)::integer, elapsed, settings)),
      rows_seen = CASE batches_left WHEN 1 THEN rows_seen + span_rows ELSE rows_seen END,
      reached = CASE batches_left WHEN 1 THEN upto ELSE reached END, upto = CASE WHEN batches_left > 1 AND NOT is_futile THEN upto END
    WHERE migration = m.name AND phase = 'backfill' RETURNING * INTO place;
  rows_done := least(place.rows_total, place.rows_seen + CASE WHEN place.upto IS NULL THEN 0 ELSE place.span_rows * (place.span_batches - place.batches_left) / place.span_batches END);
  IF place.rows_moved > greatest(place.rows_total, place.rows_seen) * (settings ->> 'vacuumAfterShare')::double precision THEN
    UPDATE zero_downtime.walk SET rows_moved = 0 WHERE migration = m.name AND phase = 'backfill';
    RETURN zero_downtime.told('run', 'vacuum what the batches left', rest, zero_downtime.vacuum_of(target), rows_done, place.rows_total);
  END IF;
  RETURN zero_downtime.told('step', 'backfill', rest, NULL, rows_done, place.rows_total);
END
$zd$;

-- How long a batch waits for a row. Programs that wait for a batch are never those that are ended for a deadlock: it has given way before the
-- server looks for one.
CREATE OR REPLACE FUNCTION zero_downtime.patience(place zero_downtime.walk, settings jsonb) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT CASE WHEN place.span_rows = 1
    THEN (extract(epoch FROM greatest((settings ->> 'batchLockTimeout')::interval, current_setting('deadlock_timeout')::interval / 2)) * 1000)::integer || 'ms'
    ELSE settings ->> 'batchLockTimeout' END
$zd$;

-- A row was locked by somebody else: again with half of the rows, soon; rows that were written are passed over. Where it is one row, later and later.
CREATE OR REPLACE FUNCTION zero_downtime.smaller_batch(wanted text, place zero_downtime.walk, target text) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  outcome zero_downtime.outcome;
BEGIN
  UPDATE zero_downtime.walk SET batch = greatest(1, batch / 2), upto = NULL, batches_left = 0 WHERE migration = wanted AND phase = 'backfill';
  IF place.span_rows = 1 THEN
    RETURN zero_downtime.held_up(wanted, zero_downtime.batch_name(place) || ': it is locked by somebody else', ARRAY[target]);
  END IF;
  outcome := zero_downtime.held_up(wanted, 'backfill: a row is locked by somebody else; again with a smaller batch', ARRAY[target]);
  outcome.pause := least(outcome.pause, 250 * (0.5 + random() / 2));
  RETURN outcome;
END
$zd$;

-- Where the walk is, in a span of rows for so many batches: the one that has been begun, or the next; with no end where no row is left.
CREATE OR REPLACE FUNCTION zero_downtime.open_span(wanted text, target text, settings jsonb) RETURNS zero_downtime.walk LANGUAGE plpgsql AS $zd$
DECLARE
  place zero_downtime.walk;
BEGIN
  SELECT * INTO place FROM zero_downtime.walk WHERE migration = wanted AND phase = 'backfill';
  IF FOUND AND place.upto IS NULL THEN
    place.batch := least(place.batch, (settings ->> 'largestBatch')::integer);
    -- Few rows, of the table or between those that others have, are written at once; those that lie anywhere find room as it is.
    place.span_batches := CASE WHEN place.is_in_order AND place.plain_spans = 0 AND place.rows_total > place.batch
        AND place.batch >= (settings ->> 'smallestBatch')::integer THEN (settings ->> 'batchesPerSpan')::integer ELSE 1 END;
    place.span_rows := place.batch * place.span_batches;
    UPDATE zero_downtime.walk SET upto = zero_downtime.end_of_range(place, target, place.span_rows), span_rows = place.span_rows,
        span_batches = place.span_batches, batches_left = place.span_batches, plain_spans = greatest(0, plain_spans - 1)
      WHERE migration = wanted AND phase = 'backfill' RETURNING * INTO place;
  END IF;
  RETURN place;
END
$zd$;

-- Of the rows of a span that are left, the last batch writes all, and each before it as many as the others will.
CREATE OR REPLACE FUNCTION zero_downtime.batch_update(place zero_downtime.walk, work jsonb) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT format('UPDATE %1$s SET %2$s WHERE %3$s AND (%4$s)', work ->> 'table', work ->> 'assignments', span, work ->> 'condition')
      || CASE WHEN place.batches_left > 1 THEN format(' AND ctid = ANY (ARRAY(SELECT left_over.at FROM (SELECT %1$s.ctid AS at, row_number() OVER () AS number FROM %1$s WHERE %2$s AND (%3$s)) AS left_over
        WHERE left_over.number %% %4$s = 0))', work ->> 'table', span, work ->> 'condition', place.batches_left) ELSE '' END
    FROM zero_downtime.range_condition(place) AS span
$zd$;

-- Rows of a table, in all its parts, that were written anew on the page where they were, by what the server has counted of this session.
CREATE OR REPLACE FUNCTION zero_downtime.rows_that_stayed(target text) RETURNS bigint LANGUAGE sql AS $zd$
  SELECT coalesce(sum(pg_stat_get_xact_tuples_hot_updated(part)), 0)::bigint FROM zero_downtime.with_parts(ARRAY[target]) AS part
$zd$;

-- Which rows a batch is of, by their keys.
CREATE OR REPLACE FUNCTION zero_downtime.batch_name(place zero_downtime.walk) RETURNS text LANGUAGE sql IMMUTABLE AS $zd$
  SELECT CASE WHEN place.span_rows = 1 THEN format('%s of the row of key %s', place.phase, array_to_string(place.upto, '/'))
    ELSE format('%s of the rows %sup to key %s', place.phase, 'after key ' || array_to_string(place.reached, '/') || ' ', array_to_string(place.upto, '/')) END
$zd$;

-- The one row of a span with which something is wrong: where half of the rows can be written, it is among the others. Nothing of that is kept.
CREATE OR REPLACE FUNCTION zero_downtime.narrowed(place zero_downtime.walk, wanted text, work jsonb, code text) RETURNS zero_downtime.walk LANGUAGE plpgsql AS $zd$
DECLARE
  half zero_downtime.walk;
BEGIN
  IF code !~ '^2[23]' THEN
    RETURN place;
  END IF;
  PERFORM set_config('zero_downtime.writing', wanted, true);
  place.batches_left := 1;
  WHILE place.span_rows > 1 LOOP
    half := place;
    half.bound := place.upto;
    half.span_rows := (place.span_rows + 1) / 2;
    half.upto := zero_downtime.end_of_range(half, work ->> 'table', half.span_rows);
    BEGIN
      EXECUTE zero_downtime.batch_update(half, work);
      RAISE EXCEPTION 'it is not among these' USING ERRCODE = 'ZD000';
    EXCEPTION
      WHEN SQLSTATE 'ZD000' THEN
        IF half.upto = place.upto THEN
          RETURN place;
        END IF;
        place.reached := half.upto;
      WHEN OTHERS THEN
        IF SQLSTATE <> code THEN
          RETURN place;
        END IF;
        place.upto := half.upto;
    END;
    place.span_rows := half.span_rows;
  END LOOP;
  RETURN place;
END
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
  condition text;
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
  place.upto := zero_downtime.end_of_range(place, work ->> 'table', place.batch);
  IF place.upto IS NULL THEN
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
  condition := zero_downtime.range_condition(place);
  BEGIN
    EXECUTE format('SELECT count(*) AS rows, count(*) FILTER (WHERE (%1$s) IS NOT TRUE) AS wrong, coalesce(sum(hashtextextended(ROW(%2$s)::text, 0)), 0) AS expected,
        coalesce(sum(hashtextextended(ROW(%3$s)::text, 0)), 0) AS actual FROM %4$s WHERE %5$s',
      work ->> 'isRight', work ->> 'expected', work ->> 'actual', work ->> 'table', condition) INTO sums;
    IF sums.wrong > 0 THEN
      EXECUTE format('INSERT INTO zero_downtime.mismatch (migration, key) SELECT %L, ARRAY[%s] FROM %s WHERE %s AND (%s) IS NOT TRUE LIMIT 1000',
        m.name, zero_downtime.as_texts(place.key_columns), work ->> 'table', condition, work ->> 'isRight');
    END IF;
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS advice = PG_EXCEPTION_HINT;
    PERFORM zero_downtime.refuse(zero_downtime.batch_name(place), ARRAY[work ->> 'table'], SQLSTATE, SQLERRM, advice);
  END;
  UPDATE zero_downtime.walk SET reached = place.upto, rows_seen = rows_seen + sums.rows, batches = batches + 1,
      content_old = content_old + sums.expected, content_new = content_new + sums.actual,
      batch = zero_downtime.next_batch(place.batch, extract(epoch FROM clock_timestamp() - began) * 1000, settings)
    WHERE migration = m.name AND phase = 'verify' RETURNING * INTO place;
  RETURN zero_downtime.told('step', 'verify', 0, NULL, least(place.rows_seen, place.rows_total), place.rows_total);
END
$zd$;
`;
