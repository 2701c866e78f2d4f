/** The checks of kube-score that ask about what the library decides. */
export const OURS = [
  'container-resources',
  'container-security-context-privileged',
  'container-security-context-readonlyrootfilesystem',
  'deployment-has-poddisruptionbudget',
  'deployment-pod-selector-labels-match-template-metadata-labels',
  'deployment-replicas',
  'deployment-strategy',
  'deployment-targeted-by-hpa-does-not-have-replicas-configured',
  'environment-variable-key-duplication',
  'horizontalpodautoscaler-has-target',
  'horizontalpodautoscaler-replicas',
  'ingress-targets-service',
  'label-values',
  'networkpolicy-targets-pod',
  'pod-probes',
  'pod-probes-identical',
  'pod-topology-spread-constraints',
  'poddisruptionbudget-has-policy',
  'service-targets-pod',
  'service-type',
  'stable-version',
];

/** Those it complains of and we do not follow, each with the reason. */
export const NOT_OURS: Record<string, string> = {
  'container-ephemeral-storage-request-and-limit': 'how much a program writes to the disk of its node cannot be said in a declaration',
  'container-image-pull-policy': 'Always makes every restart depend on the registry, which costs availability',
  'container-security-context-user-group-id': 'the user is the one that the image was made for; that it is not root is asked for',
  'deployment-has-host-podantiaffinity': 'topology spread constraints do that, and do not keep the pods of two releases apart',
  'pod-networkpolicy': 'only a declaration with allowFrom says who may call, and none says whom the program calls',
};

/**
 * Parts of `container-resources` that are left out so that its other parts are still asked: a limit on CPU slows a
 * program down in the middle of its start and its last requests.
 */
export const WITHOUT_CPU_LIMIT = ['--ignore-container-cpu-limit'];

/** The least declaration names no memory, and a limit on a guess would kill what it guesses wrong. */
export const WITHOUT_LIMITS = [...WITHOUT_CPU_LIMIT, '--ignore-container-memory-limit'];
