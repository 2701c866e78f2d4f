import { scriptOf } from './common';

/** Holds every rule against the manifests. */
export const CHECK = scriptOf('npx --no-install zero-downtime check "$MANIFESTS"');

/** Proves that no release loses a request. What is unknown is a warning: assumptions of the manifests decide it. */
export const VERIFY = scriptOf(`status=0
npx --no-install zero-downtime verify "$MANIFESTS" || status=$?
if [ "$status" -eq 3 ]; then
  echo "::warning::zero-downtime verify has no verdict for some workload"
elif [ "$status" -ne 0 ]; then
  exit "$status"
fi`);

/** Shows what would change: 1 says that something does, more that the question could not be answered. */
export const DIFF = scriptOf(`status=0
kubectl diff -f "$MANIFESTS" || status=$?
if [ "$status" -gt 1 ]; then
  exit "$status"
fi`);

/** Applies what belongs to no service, such as namespaces. */
export const APPLY_SHARED = scriptOf('kubectl apply -f "$MANIFESTS" -l "app.kubernetes.io/managed-by!=zero-downtime"');
