import { SHELL_START } from './shell-start';

/** Waits until the ledger lets a version start; refuses where what the version knew has gone. It needs no right in the cluster. */
export const WAIT_SCRIPT = `#!/bin/sh
# Usage: sh wait.sh SERVICE EPOCH '{MIGRATION,...}' EXPANDED_IS_ENOUGH
${SHELL_START}
told=
while :; do
  status=0
  psql -X -q -A -t -w -v VERBOSITY=terse -v ON_ERROR_STOP=1 -v service="$1" -v epoch="$2" -v needed="$3" -v expanded_is_enough="$4" \\
    -f wait.sql "$url" > "$work/answer" 2> "$work/errors" &
  child=$!
  wait "$child" || status=$?
  child=
  if [ "$status" -eq 0 ]; then
    answer=$(sed -n 1p "$work/answer")
    reason=$(sed 1d "$work/answer")
  else
    answer='wait'
    unconnected
    reason="the database does not answer: $said"
  fi
  case "$answer" in
    start)
      log info "$1@$2 may start"
      exit 0
      ;;
    refuse)
      log error "$reason"
      exit 1
      ;;
  esac
  if [ "$reason" != "$told" ]; then
    log info "$1@$2 waits: $reason"
    told=$reason
  fi
  sleep 2 &
  child=$!
  wait "$child" || true
  child=
done
`;

/** The question itself. Before any migration has run there is nothing to ask. */
export const WAIT_SQL = String.raw`SELECT to_regprocedure('zero_downtime.may_start(text,integer,text[],boolean)') IS NOT NULL AS has_ledger \gset
\if :has_ledger
SELECT answer || chr(10) || coalesce(reason, '')
  FROM zero_downtime.may_start(:'service', :'epoch'::integer, :'needed'::text[], :'expanded_is_enough'::boolean);
\else
SELECT CASE WHEN :'needed' = '{}' THEN 'start' ELSE 'wait' || chr(10) || 'no migration has been declared yet' END;
\endif
`;
