/**
 * Scripts take every name and number from the environment: nothing is ever written into their text. `SECONDS` counts by itself in bash.
 */
export const STRICT = 'set -euo pipefail';

/** Applies one service's objects, in the order in which they are written. */
export const APPLY = 'kubectl apply -f "$MANIFESTS" -l "app.kubernetes.io/name=$SERVICE"';

/** Says something of a cluster's text without letting it pass for a command of GitHub. */
export const SAY = `say() {
  printf 'message: %s\\n' "$(printf '%s' "$1" | tr -d '\\r\\n')"
}`;

/** Ends a script after five answers in a row that did not come: a cluster's API may be away for a moment. */
export const UNREAD = `unread() {
  missed=$((missed + 1))
  if [ "$missed" -ge 5 ]; then
    echo "the cluster does not answer" >&2
    exit 1
  fi
  sleep "$POLL_SECONDS"
}
missed=0`;

/** Joins the parts of a script. */
export function scriptOf(...parts: readonly string[]): string {
  return `${[STRICT, ...parts].join('\n')}\n`;
}
