import { APPLY, scriptOf } from './common';

const REVISION = `revision() {
  kubectl get deployment "$SERVICE" --namespace="$NAMESPACE" --ignore-not-found \\
    -o jsonpath="{.metadata.annotations.deployment\\.kubernetes\\.io/revision}"
}`;

/** Applies, and tells which revision there was before. */
export const APPLY_ROLLING = scriptOf(REVISION, 'before="$(revision)"', 'printf "before=%s\\n" "$before" >> "$GITHUB_OUTPUT"', APPLY);

/** Kubernetes itself ends a release that makes no progress, by `progressDeadlineSeconds`. */
export const WAIT_ROLLING = scriptOf('kubectl rollout status "deployment/$SERVICE" --namespace="$NAMESPACE" --timeout="${WAIT_SECONDS}s"');

/** Goes back where there is something to go back from and something to go back to. */
export const UNDO_ROLLING = scriptOf(REVISION, `now="$(revision)"
if [ -z "$BEFORE" ] || [ "$now" = "$BEFORE" ]; then
  echo "there is nothing to undo"
  exit 0
fi
kubectl rollout undo "deployment/$SERVICE" --namespace="$NAMESPACE" --to-revision="$BEFORE"`, WAIT_ROLLING.split('\n')[1]);
