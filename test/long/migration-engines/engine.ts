import { chmodSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';

/**
 * An engine with a history of its own in the database, as Flyway has one: what it has done it does not do again, and it may be ended at any moment. It
 * writes down what it finds when it begins, and what the ledger knows.
 */
const ENGINE = `#!/bin/sh
set -eu
[ "\${ENGINE_FAILS:-}" = '' ] || exit "$ENGINE_FAILS"
run() { psql -X -q -A -t -v ON_ERROR_STOP=1 -v word="$1" "$DATABASE_URL"; }
run "$1" << 'END'
INSERT INTO engine_begun (word, has_state, has_check, least_epoch)
  SELECT :'word', EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'state'),
    EXISTS (SELECT FROM pg_constraint WHERE conname = 'counted'), (SELECT max(least_epoch) FROM zero_downtime.service);
END
sleep "\${ENGINE_SECONDS:-0}"
run "$1" << 'END'
BEGIN;
SELECT pg_advisory_xact_lock(4711);
INSERT INTO engine_history (word) VALUES (:'word') ON CONFLICT DO NOTHING;
COMMIT;
END
`;

/** pgroll as its sources have it: it starts nothing while something is under way, and ends with success where it has refused a schema without a history. */
const PGROLL = `#!/bin/sh
set -eu
mkdir -p "$PGROLL_FAKE"
cd "$PGROLL_FAKE"
echo "$1" >> calls
version=$(cat version 2> /dev/null || true)
state=$(cat state 2> /dev/null || echo 'No migrations')
case "$1" in
  init) ;;
  status) printf '{\\n  "schema": "%s",\\n  "version": "%s",\\n  "status": "%s"\\n}\\n' "$PGROLL_SCHEMA" "$version" "$state" ;;
  start)
    [ ! -e no-history ] || { echo 'Run pgroll baseline first'; exit 0; }
    [ "$state" != 'In progress' ] || { echo 'a migration for schema is already in progress' >&2; exit 1; }
    [ -e "$2" ] || [ -e "$SCRIPTS/$2" ] || exit 1
    printf '%s' "$version" > previous
    printf '%s' "\${2%.json}" > version
    printf 'In progress' > state
    sleep "\${PGROLL_SECONDS:-0}"
    : > views
    ;;
  rollback)
    [ "$state" = 'In progress' ] || exit 1
    rm -f views
    sleep "\${PGROLL_SECONDS:-0}"
    mv previous version
    printf 'Complete' > state
    ;;
  complete)
    [ "$state" = 'In progress' ] || exit 1
    sleep "\${PGROLL_SECONDS:-0}"
    printf 'Complete' > state
    ;;
esac
`;

/** Writes the programs of other images into a folder. */
export function enginesIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of [['engine', ENGINE], ['pgroll', PGROLL]]) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}
