import { quoted } from '../spec/values';

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
  argoRollouts: 'rollout.engine',
  FlaggerWebhook: 'rollout.engine',
  Analysis: 'rollout.analysis',
  analysis: 'rollout.analysis',
  Pods: 'rollout',
  connections: 'database',
  Database: 'database',
  Migration: 'database',
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

/** Where the words after a container's name stand in its settings. */
const COMPANION_FIELDS = new Map([
  ...['name', 'image', 'command', 'args', 'env', 'envFrom'].map((field): [string, string] => [field, `.${field}`]),
  ['volume', '.volumes'], ['port', '.ports'], ['cpuLimit', '.resources.cpuLimit'], ['memoryLimit', '.resources.memoryLimit'],
  ['ephemeralStorageLimit', '.resources.ephemeralStorageLimit'],
]);

/** Lists of containers, whose messages begin with the container's name. */
const COMPANIONS: Readonly<Record<string, string>> = { initContainers: 'initContainer', sidecars: 'sidecar' };

/**
 * The argument that a problem is about, or an empty text where that is none of those given: a number may follow from several.
 *
 * Messages begin with the name of the value: `awsLoadBalancer.idleTimeout 20s must be …` is about `traffic.awsLoadBalancer.idleTimeout`.
 * @param args the arguments as they were given, where they are known
 */
export function propertyPathOf(problem: string, args?: object | null): string {
  const companion = companionPathOf(problem, args ?? {});
  if (companion !== undefined) {
    return companion;
  }
  const [path = ''] = /^[A-Za-z]\w*(\[\d+\])?(\.\w+(\[\d+\])?)*/.exec(problem) ?? [];
  const [first] = path.split('.');
  if (NO_ARGUMENTS.has(first)) {
    return '';
  }
  if (!Object.hasOwn(HOLDERS, first)) {
    return path;
  }
  const holder = HOLDERS[first];
  // What a factory calls its parameters is not where they stand in the arguments.
  const held = holder.endsWith(`.${first}`) ? `${holder}${path.slice(first.length)}`.replace(/\.host$/, '.hosts') : holder;
  return args && !Object.hasOwn(args, held.split('.')[0]) ? '' : held;
}

/** `exporter env PATH refers to …` and `sidecar "exporter" image …` are about `sidecars[0].env` and `sidecars[0].image`. */
function companionPathOf(problem: string, args: object): string | undefined {
  for (const [list, title] of Object.entries(COMPANIONS)) {
    const containers: unknown = (args as Record<string, unknown>)[list];
    const names = Array.isArray(containers) ? containers.map((container: { name?: unknown } | null | undefined) => container?.name) : [];
    const index = names.findIndex((name) => typeof name === 'string' && (problem.startsWith(`${name} `) || problem.startsWith(`${title} ${quoted(name)} `)));
    if (index !== -1) {
      const start = problem.startsWith(title) ? `${title} ${quoted(names[index] as string)} ` : `${names[index] as string} `;
      const [field = ''] = /^[A-Za-z]\w*/.exec(problem.slice(start.length)) ?? [];
      return `${list}[${index}]${COMPANION_FIELDS.get(field) ?? ''}`;
    }
  }
  return undefined;
}

function under(holder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `${holder}.${name}`]));
}
