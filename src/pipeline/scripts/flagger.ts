import { APPLY, SAY, scriptOf, UNREAD } from './common';

const READ = `canary() {
  kubectl get canaries.flagger.app "$SERVICE" --namespace="$NAMESPACE" --ignore-not-found -o jsonpath="$1"
}`;

const READ_TEMPLATE = `template() {
  kubectl get deployment "$SERVICE" --namespace="$NAMESPACE" --ignore-not-found -o jsonpath="{.spec.template}" | sha256sum | cut -d " " -f 1
}`;

/**
 * Applies, and tells what Flagger had released before and whether there is a new pod template at all: a phase of Succeeded may be
 * that of the release before.
 */
export const APPLY_FLAGGER = scriptOf(READ, READ_TEMPLATE, `last="$(canary "{.status.lastAppliedSpec}")"
before="$(template)"`, APPLY, `after="$(template)"
if [ -z "$last" ]; then
  change=first
elif [ "$before" = "$after" ]; then
  change=none
else
  change=new
fi
{
  printf "last=%s\\n" "$last"
  printf "change=%s\\n" "$change"
} >> "$GITHUB_OUTPUT"`);

/** Waits until Flagger has promoted the new version or has given it up; traffic is back with the old one then. */
export const WAIT_FLAGGER = scriptOf(SAY, UNREAD, READ, `fail() {
  echo "$SERVICE: $1" >&2
  say "$(canary "{.status.conditions[*].message}" || true)"
  exit 1
}
while [ "$SECONDS" -lt "$WAIT_SECONDS" ]; do
  if ! state="$(canary "{.status.phase}|{.status.lastAppliedSpec}")"; then
    unread
    continue
  fi
  missed=0
  phase="\${state%%|*}"
  applied="\${state#*|}"
  if [ "$CHANGE" != new ] || [ "$applied" != "$LAST" ]; then
    case "$phase" in
      Failed) fail "Flagger has given the version up" ;;
      Succeeded | Initialized)
        echo "$SERVICE: $phase"
        exit 0
        ;;
    esac
  elif [ "$SECONDS" -ge "$NOTICE_SECONDS" ]; then
    fail "Flagger has not noticed the new version within $NOTICE_SECONDS s"
  fi
  sleep "$POLL_SECONDS"
done
fail "the release was not over within $WAIT_SECONDS s"`);
