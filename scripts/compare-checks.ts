/** A check of another tool that is about availability. */
export interface OtherCheck {
  readonly tool: string;
  readonly check: string;
  /** Our rules that ask the same, or part of it; none where we do not ask. */
  readonly rules: readonly string[];
  /** Why we say nothing of what it complains of and we do not. */
  readonly reason?: string;
}

const UNROUTED = 'pods that no Service sends requests to';
const ELSEWHERE = 'what it looks for is in files of another folder, so that it is missing is not known';
const LIVENESS = 'without one a program that hangs is not restarted, with one a program that is slow may be: neither is sound everywhere';
const NOT_ROLLED_BACK = 'a Job and a Pod, which are not rolled back';
const LEGACY = 'ReplicationControllers, Pods and Jobs, of which pods-without-release says what matters first';

/** What other tools ask about availability, and by which of our rules it is asked here. */
export const OTHER_CHECKS: readonly OtherCheck[] = [
  ...checksOf('kube-score', [
    ['container-image-tag', ['moving-image-tag'], NOT_ROLLED_BACK],
    ['container-resources', ['missing-requests'], `limits, which do not keep a pod in its place, and ${UNROUTED}`],
    ['deployment-has-host-podantiaffinity', ['no-spread'], `${UNROUTED} among what was read, and a single pod`],
    ['deployment-has-poddisruptionbudget', ['no-disruption-budget'], `${UNROUTED} among what was read, and a single pod, which no budget can both keep and let go`],
    ['deployment-replicas', ['single-replica', 'unavailable-takes-all']],
    ['deployment-strategy', ['recreate-strategy']],
    ['deployment-targeted-by-hpa-does-not-have-replicas-configured', ['autoscaler-with-replicas']],
    ['deployment-pod-selector-labels-match-template-metadata-labels', ['selector-mismatch']],
    ['horizontalpodautoscaler-has-target', ['autoscaler-target-missing'], ELSEWHERE],
    ['horizontalpodautoscaler-replicas', ['single-replica'], 'its workload is in another folder, and whether that serves requests is not known'],
    ['ingress-targets-service', ['ingress-backend-missing'], `${ELSEWHERE}, or the backend is use-annotation, which is no Service`],
    ['pod-probes', ['missing-readiness-probe'], 'the only pod of a StatefulSet, beside which no other could answer while it starts, and a Pod (pods-without-release)'],
    ['pod-probes-identical', ['same-probe'], 'liveness that asks the same and is more patient, single StatefulSet pods among them, and pods that no Service sends requests to'],
    ['pod-topology-spread-constraints', ['spread-selects-nothing']],
    ['poddisruptionbudget-has-policy', ['budget-without-policy']],
    ['service-targets-pod', ['service-selects-nothing'], `pods of Rollouts, which it does not know, and of ReplicationControllers; otherwise ${ELSEWHERE}`],
    ['statefulset-has-host-podantiaffinity', ['no-spread']],
    ['statefulset-has-poddisruptionbudget', ['no-disruption-budget']],
    ['statefulset-has-servicename', ['stateful-set-service-missing'], 'StatefulSets of one pod, which has no other to look for by name'],
    ['statefulset-pod-selector-labels-match-template-metadata-labels', ['selector-mismatch']],
  ]),
  ...checksOf('checkov', [
    ['CKV_K8S_8', [], `pods without a liveness probe: ${LIVENESS}`],
    ['CKV_K8S_9', ['missing-readiness-probe'], `the only pod of a StatefulSet, ${UNROUTED}, and ${LEGACY}`],
    ['CKV_K8S_10', ['missing-requests'], `${UNROUTED}, and ${LEGACY}`],
    ['CKV_K8S_12', ['missing-requests'], `${UNROUTED}, and ${LEGACY}`],
    ['CKV_K8S_14', ['moving-image-tag'], NOT_ROLLED_BACK],
    ['CKV_K8S_43', ['moving-image-tag'], 'tags that are given once name a version as well as a digest does, where nobody moves them'],
  ]),
  ...checksOf('kube-linter', [
    ['dangling-service', ['service-selects-nothing']], ['dangling-ingress', ['ingress-backend-missing']], ['dangling-hpa', ['autoscaler-target-missing']],
    ['env-value-from', ['config-missing', 'config-absent']], ['hpa-minimum-three-replicas', ['single-replica']],
    ['minimum-three-replicas', ['single-replica']], ['invalid-target-ports', ['service-target-port-missing']], ['latest-tag', ['moving-image-tag']],
    ['liveness-port', ['probe-port-missing']], ['readiness-port', ['probe-port-missing']], ['startup-port', ['probe-port-missing']],
    ['mismatching-selector', ['selector-mismatch']], ['no-anti-affinity', ['no-spread']], ['no-liveness-probe', [], LIVENESS],
    ['no-readiness-probe', ['missing-readiness-probe']], ['no-rolling-update-strategy', ['recreate-strategy']],
    ['pdb-max-unavailable', ['budget-blocks-drain']], ['pdb-min-available', ['budget-blocks-drain']],
    ['pdb-unhealthy-pod-eviction-policy', ['budget-on-unhealthy']],
  ]),
  ...checksOf('Polaris', [
    ['deploymentMissingReplicas', ['single-replica']], ['hpaMaxAvailability', ['autoscaler-fixed', 'autoscaler-min-above-max']],
    ['hpaMinAvailability', ['single-replica']], ['livenessProbeMissing', [], LIVENESS], ['missingPodDisruptionBudget', ['no-disruption-budget']],
    ['pdbDisruptionsIsZero', ['budget-blocks-drain']], ['pdbMinAvailableGreaterThanHPAMinReplicas', ['budget-blocks-drain']], ['priorityClassNotSet', [], 'which pods may give way to which is for those who run the cluster to say'],
    ['readinessProbeMissing', ['missing-readiness-probe']], ['tagNotSpecified', ['moving-image-tag']],
    ['topologySpreadConstraint', ['no-spread']],
  ]),
];

function checksOf(tool: string, checks: readonly (readonly [check: string, rules: readonly string[], reason?: string])[]): readonly OtherCheck[] {
  return checks.map(([check, rules, reason]) => ({ tool, check, rules, reason }));
}
