import { SHELL_START } from './shell-start';

/**
 * Takes migrations up to goals, one after another, with `sh` and `psql` alone.
 *
 * One session of psql is fed the same step again and again, so that the lock that it holds lasts from the first to the last. A connection that
 * is lost is opened again; where it stays lost, the Job is what tries again. 42 ends for good: nobody but a person can help.
 */
export const RUN_SCRIPT = `#!/bin/sh
# Usage: sh run.sh 'GOAL:SECONDS ...' MIGRATION...
# Goals are expanded, ready, contract and abort. When its seconds are over, a goal is left where it is; 0 stands for no end.
${SHELL_START}
stages=$1
shift
install=$(cat install.sql)
settings=$(cat settings.json)
began=$(date +%s)

feed() {
  while printf '%s\\n' '\\i step.sql' '\\if :ended' '\\q' '\\endif' 2> /dev/null; do :; done
}

# The seconds that a goal has left.
left() { # SECONDS
  if [ "$1" -eq 0 ]; then
    echo 0
  else
    echo $(($1 - $(date +%s) + began))
  fi
}

session() { # MIGRATION GOAL SECONDS
  : > "$work/state"
  status=0
  feed | ZD_WORK=$work psql -X -q -A -t -w -v VERBOSITY=terse -v ended=false -v prepared=false -v taken=false \\
    -v install="$install" -v settings="$settings" -v migration="$1" -v goal="$2" -v seconds="$3" "$url" 2> "$work/errors" &
  child=$!
  wait "$child" || status=$?
  child=
  state=$(cat "$work/state")
}

take() { # MIGRATION GOAL SECONDS
  tries=0
  while :; do
    rest=$(left "$3")
    if [ "$3" -ne 0 ] && [ "$rest" -le 0 ]; then
      return
    fi
    opened=$(date +%s)
    session "$1" "$2" "$rest"
    case "$state" in
      done | unmet | over) return ;;
      permanent | failed) exit 42 ;;
      error) exit 1 ;;
    esac
    unconnected
    if [ $(($(date +%s) - opened)) -ge 60 ]; then
      tries=0
    fi
    tries=$((tries + 1))
    if [ "$tries" -gt 5 ]; then
      log error "no connection after $tries tries (psql ended with $status): $said"
      exit 1
    fi
    log warn "no connection, try $tries (psql ended with $status): $said"
    sleep $((tries * tries))
  done
}

for stage in $stages; do
  began=$(date +%s)
  for migration in "$@"; do
    take "$migration" "\${stage%%:*}" "\${stage##*:}"
  done
done
`;
