/**
 * Why the old version may still be there, or nothing where there is evidence that it is gone: no session of an older epoch, no write in the old
 * shape for a while, and as long a while since the new version may start.
 *
 * A session without a name counts as an old one where sessions of the service are told by name: who cannot be seen is not gone.
 */
export const GATE_FUNCTIONS = `
CREATE OR REPLACE FUNCTION zero_downtime.old_version(m zero_downtime.migration, settings jsonb) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  quiet interval := (settings ->> 'quiet')::interval;
  last_write timestamptz;
  old_session record;
BEGIN
  IF m.ready_at + quiet > clock_timestamp() THEN
    RETURN format('the new version may start for %s only, and %s are waited', date_trunc('seconds', clock_timestamp() - m.ready_at), quiet);
  END IF;
  SELECT max(at) INTO last_write FROM zero_downtime.old_write WHERE migration = m.name;
  IF last_write + quiet > clock_timestamp() THEN
    RETURN format('the old shape was written %s ago, and %s without are waited', date_trunc('seconds', clock_timestamp() - last_write), quiet);
  END IF;
  IF settings ->> 'service' IS NOT NULL THEN
    SELECT pid, application_name INTO old_session FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND CASE WHEN application_name LIKE replace(settings ->> 'service', '_', '\\_') || '@%'
            THEN coalesce(substring(application_name from '@([0-9]{1,9})$')::integer, -1) < (settings ->> 'epoch')::integer
            ELSE application_name = '' AND (settings ->> 'namelessIsOld')::boolean END
      ORDER BY application_name DESC LIMIT 1;
    IF FOUND THEN
      RETURN format('session %s of %s is there, older than %s@%s', old_session.pid, coalesce(nullif(old_session.application_name, ''), 'no name'), settings ->> 'service', settings ->> 'epoch');
    END IF;
  END IF;
  RETURN NULL;
END
$zd$;

-- Why a version may not start yet, or ever, or nothing where it may: 'wait' before what it needs is there, 'refuse' when what it knew has gone.
-- Its program's role asks, which need not see the ledger.
CREATE OR REPLACE FUNCTION zero_downtime.may_start(service_name text, epoch integer, needed text[], expanded_is_enough boolean, OUT answer text, OUT reason text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $zd$
DECLARE
  least integer;
  missing text;
BEGIN
  SELECT s.least_epoch INTO least FROM zero_downtime.service s WHERE s.name = service_name;
  IF least > epoch THEN
    answer := 'refuse';
    reason := format('%s@%s is older than the schema allows: what it needs was dropped for %s@%s; start that version or a later one', service_name, epoch, service_name, least);
    RETURN;
  END IF;
  SELECT format('%s is in phase %s', each, coalesce(m.phase, 'none: it is not declared yet')) INTO missing
    FROM unnest(needed) AS each LEFT JOIN zero_downtime.migration m ON m.name = each
    WHERE m.phase IS NULL OR NOT (m.phase IN ('ready', 'contract', 'contracted') OR (expanded_is_enough AND m.phase IN ('backfill', 'verify', 'complete'))) LIMIT 1;
  IF missing IS NOT NULL THEN
    answer := 'wait';
    reason := missing;
    RETURN;
  END IF;
  answer := 'start';
END
$zd$;

-- Called by triggers, on behalf of whoever writes: at most once a minute for each session.
CREATE OR REPLACE FUNCTION zero_downtime.note_old_write(wanted text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $zd$
DECLARE
  setting text := 'zero_downtime.noted_' || substr(md5(wanted), 1, 8);
BEGIN
  IF coalesce(nullif(current_setting(setting, true), ''), '-infinity')::timestamptz < clock_timestamp() - interval '1 minute' THEN
    INSERT INTO zero_downtime.old_write (migration, at) VALUES (wanted, clock_timestamp());
    PERFORM set_config(setting, clock_timestamp()::text, false);
  END IF;
END
$zd$;
`;
