import { SAY, scriptOf, UNREAD } from './common';

const PHASE = '{.status.phase}|{.status.abort}|{.status.currentStepIndex}|{.status.pauseConditions[*].reason}';
const GENERATIONS = '{.metadata.generation}|{.status.observedGeneration}';

const READ = `rollout() {
  kubectl get rollouts.argoproj.io "$SERVICE" --namespace="$NAMESPACE" -o jsonpath="$1"
}
fail() {
  echo "$SERVICE: $1" >&2
  say "$(rollout "{.status.message}" || true)"
  exit 1
}`;

/** Where the template is a Deployment's, its generation is what a status must be of. */
const SEES_TEMPLATE = `sees_template() {
  if [ "$TEMPLATE_ELSEWHERE" != true ]; then
    return 0
  fi
  [ "$(kubectl get deployment "$SERVICE" --namespace="$NAMESPACE" -o jsonpath="{.metadata.generation}")" = "$(rollout "{.status.workloadObservedGeneration}")" ]
}`;

/** A pause with an end has the same phase as one without: the index of the step tells them apart. */
const PAUSES_HERE = `pauses_at() {
  if [ -z "$1" ] || [ "$phase" != Paused ]; then
    return 1
  fi
  case " $reasons " in
    *" $1 "*) return 0 ;;
  esac
  [ "$step" = "$1" ]
}`;

/**
 * Waits until the Rollout is healthy or waits for an approval. A status counts only once it is of what was applied; Degraded counts only
 * at the third look in a row, because a Rollout whose objects were just made is so for a moment, but an abort counts at once.
 */
export const WAIT_ARGO_ROLLOUTS = scriptOf(SAY, UNREAD, READ, SEES_TEMPLATE, PAUSES_HERE, `degraded=0
while [ "$SECONDS" -lt "$WAIT_SECONDS" ]; do
  if ! state="$(rollout "${GENERATIONS}|${PHASE}")"; then
    unread
    continue
  fi
  missed=0
  IFS="|" read -r generation observed phase aborted step reasons <<< "$state"
  if [ "$observed" = "$generation" ] && sees_template; then
    if [ "$aborted" = true ]; then
      fail "the release was given up"
    fi
    case "$reasons" in
      *Inconclusive*) fail "the analysis is inconclusive" ;;
    esac
    if [ "$phase" = Degraded ]; then
      degraded=$((degraded + 1))
    else
      degraded=0
    fi
    if [ "$degraded" -ge 3 ]; then
      fail "the Rollout is degraded"
    fi
    if [ "$phase" = Healthy ] || pauses_at "$PAUSES_AT"; then
      echo "$SERVICE: $phase"
      exit 0
    fi
  fi
  sleep "$POLL_SECONDS"
done
fail "the release was not over within $WAIT_SECONDS s"`);

/** Ends the pause, as the plugin of kubectl does, which nobody has to install for it. Where somebody already has, there is nothing to do. */
export const PROMOTE_ARGO_ROLLOUTS = scriptOf(SAY, READ, PAUSES_HERE, `IFS="|" read -r phase aborted step reasons <<< "$(rollout "${PHASE}")"
if [ "$aborted" = true ]; then
  fail "the release was given up"
fi
if pauses_at "$APPROVED"; then
  kubectl patch rollouts.argoproj.io "$SERVICE" --namespace="$NAMESPACE" --subresource=status --type=merge -p '{"status":{"pauseConditions":null}}'
else
  echo "$SERVICE: $phase, and nothing waits for this approval"
fi`);

/** Gives the release up where one goes on: the stable version takes all traffic. */
export const ABORT_ARGO_ROLLOUTS = scriptOf(SAY, UNREAD, READ, `while [ "$SECONDS" -lt 60 ]; do
  if ! state="$(rollout "${GENERATIONS}|{.status.currentPodHash}|{.status.stableRS}|{.status.abort}")"; then
    unread
    continue
  fi
  IFS="|" read -r generation observed current stable aborted <<< "$state"
  if [ "$aborted" = true ]; then
    echo "$SERVICE: given up"
    exit 0
  fi
  if [ "$observed" = "$generation" ]; then
    if [ -z "$stable" ] || [ "$current" = "$stable" ]; then
      echo "$SERVICE: no release goes on"
      exit 0
    fi
    kubectl patch rollouts.argoproj.io "$SERVICE" --namespace="$NAMESPACE" --subresource=status --type=merge -p '{"status":{"abort":true}}'
  fi
  sleep "$POLL_SECONDS"
done
fail "the release could not be given up"`);
