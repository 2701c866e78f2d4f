/**
 * Runs pgroll where it is due, so that it may be ended at any moment and run again.
 *
 * pgroll starts nothing that is under way, and does not tell a start that was killed from one that has ended. The ledger does: it has not been told
 * of this one, so no version uses it, and it goes back and begins anew. It ends with success, too, where it has started nothing, so it is asked.
 * The shell stays in front of it: pgroll, half-way through what drops the old shape, is not told to stop, and has the pod's grace period.
 */
export const PGROLL_SCRIPT = `#!/bin/sh
# Usage: sh pgroll.sh MIGRATION start|complete NAME
set -eu
cd "\${0%/*}"
name=$1
what=$2
version=$3

tell() { # LEVEL NOTE
  printf '{"level":"%s","migration":"%s","note":"%s"}\\n' "$1" "$name" "$2"
}

if [ ! -e "$ZD_SHARED/due/$name" ]; then
  tell info 'is not due'
  exit 0
fi

# What pgroll says of the schema: whether the latest migration is this one, and whether it is under way.
look() {
  status=$(pgroll status)
  case "$status" in
    *'"version": "'"$version"'"'*) whose=mine ;;
    *) whose=other ;;
  esac
  case "$status" in
    *'"status": "In progress"'*) state="$whose under way" ;;
    *) state="$whose at rest" ;;
  esac
}

start() {
  pgroll init
  look
  case "$state" in
    'mine at rest')
      tell info 'pgroll has completed it already'
      return
      ;;
    'mine under way')
      tell info 'a start that was ended goes back first'
      pgroll rollback
      ;;
    'other under way')
      tell error 'pgroll has another migration under way; complete it by the release that contracts it, or roll it back'
      exit 42
      ;;
  esac
  pgroll start "$version.json"
  look
  if [ "$state" != 'mine under way' ]; then
    tell error 'pgroll start has started nothing; tables without a history need pgroll baseline first'
    exit 42
  fi
}

complete() {
  look
  case "$state" in
    'mine at rest') tell info 'pgroll has completed it already' ;;
    'mine under way') pgroll complete ;;
    *)
      tell error 'pgroll does not have this migration under way, and so completes nothing'
      exit 42
      ;;
  esac
}

"$what"
`;
