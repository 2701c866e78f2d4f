import { SHELL_START } from './shell-start';

/**
 * Takes migrations up to goals, one after another, with `sh` and `psql` alone.
 *
 * One session of psql is fed the same step again and again, so that the lock that it holds lasts from the first to the last. A connection that
 * is lost is opened again; where it stays lost, the Job is what tries again. 42 ends for good: nobody but a person can help.
 *
 * Where commands of other engines run between the containers that run this, those share a folder: what is due is a file in it, and so is what keeps
 * all that follows from being begun.
 */
export const RUN_SCRIPT = `#!/bin/sh
# Usage: sh run.sh 'GOAL:SECONDS ...' MIGRATION... ['GOAL:SECONDS ...' MIGRATION...]...
# Goals are expanded, ready, contract and abort; and, between commands, command, expand-ended and contract-ended. When its seconds are over, a goal
# is left where it is; 0 stands for no end.
${SHELL_START}
shared=\${ZD_SHARED:-}
if [ -n "$shared" ] && [ -e "$shared/halted" ]; then
  log info 'what comes before has not been done: nothing is begun'
  exit 0
fi
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

# Where commands follow, none of them may run before what was declared in front of it.
halt() {
  if [ -n "$shared" ]; then
    : > "$shared/halted"
    exit 0
  fi
}

take() { # MIGRATION GOAL SECONDS
  case "$2" in
    *-ended)
      # One that was not due was not run, whatever its container has ended with.
      if [ ! -e "$shared/due/$1" ]; then
        return
      fi
      ;;
    command | contract) [ -z "$shared" ] || rm -f "$shared/due/$1" ;;
  esac
  tries=0
  while :; do
    rest=$(left "$3")
    if [ "$3" -ne 0 ] && [ "$rest" -le 0 ]; then
      halt
      return
    fi
    opened=$(date +%s)
    session "$1" "$2" "$rest"
    case "$state" in
      done) return ;;
      due)
        : > "$shared/due/$1"
        return
        ;;
      unmet | over)
        halt
        return
        ;;
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

# One after another through all that a group names, for each of its goals.
group() {
  for stage in $stages; do
    began=$(date +%s)
    for migration in $migrations; do
      take "$migration" "\${stage%%:*}" "\${stage##*:}"
    done
  done
}

stages=
migrations=
for word in "$@"; do
  case "$word" in
    *:*)
      group
      stages=$word
      migrations=
      ;;
    *) migrations="$migrations $word" ;;
  esac
done
group
`;
