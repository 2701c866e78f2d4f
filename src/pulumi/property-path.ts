/** The argument that holds what a message begins with, where that is not the argument's own name. */
const HOLDERS: Readonly<Record<string, string>> = {
  // What the plan calls the ways in.
  ...under('traffic', ['clusterInternal', 'awsLoadBalancer', 'networkLoadBalancer', 'istio', 'ingressNginx', 'httpRoute', 'grpcRoute', 'replicasForSameZone']),
  ...under('overrides', ['preStop', 'terminationGracePeriod', 'minReady', 'progressDeadline', 'maxDisrupted', 'scaleDownStabilization',
    'startupProbe', 'readinessProbe', 'livenessProbe']),
  ...under('rollout', ['maxSurge', 'maxUnavailable']),
  ...under('resources', ['cpuLimit', 'memoryLimit', 'ephemeralStorageLimit']),
  Shutdown: 'shutdown',
  Replicas: 'replicas',
  KedaTrigger: 'replicas',
  metric: 'replicas',
  Metric: 'replicas',
  Rollout: 'rollout',
  RolloutEngine: 'rollout.engine',
  FlaggerWebhook: 'rollout.engine',
  Analysis: 'rollout.analysis',
  analysis: 'rollout.analysis',
  Pods: 'rollout',
  connections: 'database',
  Database: 'database',
  Env: 'env',
  EnvFrom: 'envFrom',
  External: 'externals',
  volume: 'volumes',
  Volume: 'volumes',
  label: 'labels',
  toleration: 'tolerations',
  sidecar: 'sidecars',
  initContainer: 'initContainers',
  Security: 'security',
  NetworkPeer: 'allowFrom',
  ServiceAccount: 'serviceAccount',
  Monitoring: 'monitoring',
  KubernetesVersion: 'kubernetesVersion',
  Traffic: 'traffic',
  Health: 'health',
  Probe: 'health',
  Risk: 'accept',
};

/** Words that messages begin with and that name no argument. */
const NO_ARGUMENTS = new Set(['container', 'the', 'needs']);

/**
 * The argument that a problem is about. Messages begin with the name of the value: `awsLoadBalancer.idleTimeout 20s must be …` is about
 * `traffic.awsLoadBalancer.idleTimeout`.
 */
export function propertyPathOf(problem: string): string {
  const [path = ''] = /^[A-Za-z]\w*(\[\d+\])?(\.\w+(\[\d+\])?)*/.exec(problem) ?? [];
  const [first] = path.split('.');
  if (NO_ARGUMENTS.has(first)) {
    return '';
  }
  const holder = HOLDERS[first];
  // What a factory calls its parameters is not where they stand in the arguments.
  return holder === undefined ? path : holder.endsWith(`.${first}`) ? `${holder}${path.slice(first.length)}` : holder;
}

function under(holder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `${holder}.${name}`]));
}
