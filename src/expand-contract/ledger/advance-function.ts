/**
 * Takes a migration one step on, whoever asks and however often: `step` was done, `run` is for the asker to run as a statement of its own,
 * `wait` says for how long, `due` that a command is to be run, by whoever can run it, `done` that nothing is left up to the goal, `unmet` that the old version may still be there, `failed` why not.
 *
 * The asker holds a lock of its session, so that there is one at a time; where that lock is not to be seen, a pooler has given the statements
 * to several sessions.
 */
export const ADVANCE_FUNCTION = `
CREATE OR REPLACE FUNCTION zero_downtime.advance(wanted text, goal text, settings jsonb) RETURNS zero_downtime.outcome LANGUAGE plpgsql AS $zd$
DECLARE
  m zero_downtime.migration;
  at integer;
  reason text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND ((classid::bigint << 32) | objid::bigint) = zero_downtime.runner_lock(wanted)) THEN
    RETURN zero_downtime.told('failed', 'the session does not hold the lock that it took: a pooler gives each statement another session; give the server''s own address');
  END IF;
  SELECT * INTO m FROM zero_downtime.migration WHERE name = wanted FOR UPDATE;
  IF m IS NULL THEN
    RETURN zero_downtime.told('failed', format('no migration %s has been declared', wanted));
  END IF;
  IF goal = 'abort' AND m.phase NOT IN ('abort', 'aborted') THEN
    IF m.phase = 'contracted' OR zero_downtime.has_contracted(m.name) THEN
      RETURN zero_downtime.told('failed', 'contract has begun: what was dropped does not come back');
    END IF;
    UPDATE zero_downtime.migration SET phase = CASE WHEN zero_downtime.has_begun(m) THEN 'abort' ELSE 'aborted' END WHERE name = wanted;
    RETURN zero_downtime.told('step', 'abort begins');
  END IF;
  IF goal = 'baseline' AND m.phase <> 'contracted' THEN
    RETURN CASE WHEN zero_downtime.has_begun(m) THEN zero_downtime.told('failed', 'it has begun here: take it up to contract, or abort it')
      ELSE zero_downtime.taken_for_done(m, 'the schema is said to be so already', settings) END;
  END IF;
  IF goal IN ('expand-ended', 'contract-ended') THEN
    RETURN zero_downtime.command_ended(m, split_part(goal, '-', 1));
  END IF;
  IF goal IN ('expanded', 'command') AND m.phase NOT IN ('expand', 'abort', 'aborted') THEN
    RETURN zero_downtime.told('done', 'both versions find what they need');
  END IF;
  IF goal <> 'contract' AND m.phase IN ('contract', 'contracted') THEN
    RETURN zero_downtime.told('done', 'the new version finds what it needs');
  END IF;
  IF m.phase = 'expand' AND NOT zero_downtime.has_begun(m) THEN
    IF zero_downtime.is_so_already(m) THEN
      RETURN zero_downtime.taken_for_done(m, 'the schema is so already', settings);
    END IF;
    PERFORM zero_downtime.require_fit(m);
  ELSIF m.phase = 'contract' AND NOT zero_downtime.has_contracted(m.name) THEN
    -- While a lock was waited for, the old version may have come back.
    reason := zero_downtime.old_version(m, settings);
    IF reason IS NOT NULL THEN
      RETURN zero_downtime.told('unmet', reason);
    END IF;
  END IF;
  CASE m.phase
    WHEN 'expand', 'complete', 'contract', 'abort' THEN
      at := zero_downtime.next_unit(m.name, m.phase);
      IF at IS NOT NULL AND m.definition -> m.phase -> at ->> 'isOutside' IS NOT NULL THEN
        RETURN zero_downtime.command_due(m, at, goal);
      ELSIF at IS NOT NULL THEN
        RETURN zero_downtime.do_unit(m, at, settings);
      END IF;
      UPDATE zero_downtime.migration SET
          phase = CASE m.phase WHEN 'expand' THEN CASE WHEN m.definition -> 'backfill' IS NULL THEN CASE WHEN m.definition -> 'verify' IS NULL THEN 'complete' ELSE 'verify' END ELSE 'backfill' END
            WHEN 'complete' THEN 'ready' WHEN 'contract' THEN 'contracted' ELSE 'aborted' END,
          ready_at = CASE m.phase WHEN 'complete' THEN clock_timestamp() ELSE ready_at END,
          ended_at = CASE WHEN m.phase IN ('contract', 'abort') THEN clock_timestamp() END
        WHERE name = wanted;
      RETURN zero_downtime.told('step', format('%s is done', m.phase));
    WHEN 'backfill' THEN RETURN zero_downtime.backfill_batch(m, settings);
    WHEN 'verify' THEN
      IF m.definition -> 'verify' IS NULL THEN
        UPDATE zero_downtime.migration SET phase = 'complete' WHERE name = wanted;
        RETURN zero_downtime.told('step', 'nothing is to be verified');
      END IF;
      RETURN zero_downtime.verify_batch(m, settings);
    WHEN 'ready' THEN
      IF goal <> 'contract' THEN
        RETURN zero_downtime.told('done', 'every row is as the new version wants it');
      END IF;
      reason := zero_downtime.old_version(m, settings);
      IF reason IS NOT NULL THEN
        RETURN zero_downtime.told('unmet', reason);
      END IF;
      UPDATE zero_downtime.migration SET phase = 'contract' WHERE name = wanted;
      IF m.definition -> 'contract' @> '[{"isOutside": true}]' THEN
        -- No transaction of the ledger holds what a command drops: older versions end before it begins, and the evidence is asked for once more.
        PERFORM zero_downtime.end_older(settings);
      END IF;
      RETURN zero_downtime.told('step', 'contract begins');
    WHEN 'contracted' THEN RETURN zero_downtime.told('done', 'the old shape is gone');
    WHEN 'aborted' THEN
      IF goal = 'abort' THEN
        RETURN zero_downtime.told('done', 'everything is as it was before');
      END IF;
      RETURN zero_downtime.told('failed', 'it was aborted: give the next attempt a name of its own');
  END CASE;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.runner_lock(wanted text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $zd$
  SELECT hashtextextended('zero_downtime ' || wanted, 0)
$zd$;

-- Who runs it at the moment.
CREATE OR REPLACE FUNCTION zero_downtime.runner_of(wanted text) RETURNS text LANGUAGE sql STABLE AS $zd$
  SELECT format('session %s%s', l.pid, (SELECT ' (' || a.application_name || ')' FROM pg_stat_activity a WHERE a.pid = l.pid AND a.application_name <> '')) FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.granted AND ((l.classid::bigint << 32) | l.objid::bigint) = zero_downtime.runner_lock(wanted)
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1
$zd$;
`;
