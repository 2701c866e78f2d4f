/**
 * Why a walk should rest for a moment: what else the server is busy with. What the role may not see does not count. Where it is far worse, the walk
 * ends, so that somebody hears of it: nothing is held meanwhile, and whoever runs it again goes on.
 */
export const THROTTLE_FUNCTION = `
CREATE OR REPLACE FUNCTION zero_downtime.busy(target text, settings jsonb) RETURNS text LANGUAGE plpgsql AS $zd$
DECLARE
  lag interval;
  slot text;
  waiting integer;
  active integer;
BEGIN
  SELECT max(replay_lag) INTO lag FROM pg_stat_replication;
  PERFORM zero_downtime.stop_at(lag > (settings ->> 'criticalReplicaLag')::interval, format('a replica is %s behind', date_trunc('seconds', lag)));
  IF lag > (settings ->> 'mostReplicaLag')::interval THEN
    RETURN format('a replica is %s behind, more than %s', date_trunc('milliseconds', lag), settings ->> 'mostReplicaLag');
  END IF;
  SELECT count(*) INTO waiting FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid() AND locktype <> 'advisory'
    AND (relation IS NULL OR relation = target::regclass);
  PERFORM zero_downtime.stop_at(waiting > (settings ->> 'criticalLockWaiters')::integer, format('%s sessions wait for a lock', waiting));
  IF waiting > (settings ->> 'mostLockWaiters')::integer THEN
    RETURN format('%s sessions wait for a lock, more than %s', waiting, settings ->> 'mostLockWaiters');
  END IF;
  SELECT count(*) INTO active FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND datname = current_database();
  PERFORM zero_downtime.stop_at(active > (settings ->> 'criticalActive')::integer, format('%s sessions are active', active));
  IF active > (settings ->> 'mostActive')::integer THEN
    RETURN format('%s sessions are active, more than %s', active, settings ->> 'mostActive');
  END IF;
  RETURN NULL;
END
$zd$;

CREATE OR REPLACE FUNCTION zero_downtime.stop_at(is_critical boolean, what text) RETURNS void LANGUAGE plpgsql AS $zd$
BEGIN
  IF is_critical THEN
    RAISE EXCEPTION 'stopped: %', what USING ERRCODE = '53ZD1', HINT = 'nothing is held meanwhile; run it again when the server has recovered';
  END IF;
END
$zd$;
`;
