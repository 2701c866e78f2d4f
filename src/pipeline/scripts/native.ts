import { APPLY, scriptOf } from './common';

/** Whether there is anything to release: a service that is not there yet is made, and one that is as written is left. */
export const BEGIN_NATIVE = scriptOf(`over=false
if [ -z "$(kubectl get deployment "$WORKLOAD" --namespace="$NAMESPACE" --ignore-not-found -o name)" ]; then
  ${APPLY}
  kubectl rollout status deployment -l "$SELECTOR" --namespace="$NAMESPACE" --timeout="\${WAIT_SECONDS}s"
  over=true
else
  status=0
  kubectl diff -f "$MANIFESTS" -l "$SELECTOR" || status=$?
  if [ "$status" -gt 1 ]; then
    exit "$status"
  fi
  if [ "$status" -eq 0 ]; then
    over=true
  fi
fi
printf "over=%s\\n" "$over" >> "$GITHUB_OUTPUT"`);

/** Makes what the new version needs, and waits until every proxy knows of it. */
export const PREPARE_NATIVE = scriptOf(`files=("$RELEASE"/*-prepare.*)
if [ "\${#files[@]}" -ne 1 ] || [ ! -f "\${files[0]}" ]; then
  echo "$RELEASE must hold one file of the step prepare" >&2
  exit 1
fi
kubectl apply -f "\${files[0]}"
sleep "$REST_SECONDS"`);

/** Puts one step into effect. */
export const STEP_NATIVE = scriptOf('npx --no-install zero-downtime promote "$RELEASE" --step "$STEP"');

/** Only 0 is a reason to go on. */
export const ANALYZE_NATIVE = scriptOf(`name="$ANALYSIS"
if [ -n "$NAMESPACE" ]; then
  name="$NAMESPACE/$ANALYSIS"
fi
npx --no-install zero-downtime analyze "$RELEASE" --watch --name "$name"`);

/** Holds what was reached. */
export const REST_NATIVE = scriptOf('sleep "$REST_SECONDS"');

/** Ends at what is between releases. */
export const END_NATIVE = scriptOf(APPLY, 'kubectl rollout status "deployment/$STEADY" --namespace="$NAMESPACE" --timeout="${WAIT_SECONDS}s"');

/** Leads back, whatever was reached. 3 says that somebody else was in between: what it does can be repeated. */
export const ROLLBACK_NATIVE = scriptOf(`for attempt in 1 2 3; do
  status=0
  npx --no-install zero-downtime rollback "$RELEASE" || status=$?
  if [ "$status" -ne 3 ]; then
    exit "$status"
  fi
  echo "attempt $attempt was stopped"
  sleep "$POLL_SECONDS"
done
exit 3`);
