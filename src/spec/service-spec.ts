import type { Duration } from 'cdk8s';
import type { InitContainer, Sidecar } from './companion';
import { ContainerSpec, containerSpecOf } from './container-spec';
import type { Database } from './database';
import type { External } from './external';
import type { Health } from './health';
import { KubernetesVersion } from './kubernetes-version';
import type { MonitoringSpec } from './monitoring';
import { dnsLabelProblem, dnsSubdomainProblem, labelValueProblem, qualifiedNameProblem, serviceNameProblem } from './names';
import type { NetworkPeer } from './network-peer';
import type { Overrides } from './overrides';
import type { PodSettings } from './pod-settings';
import { Problems } from './problems';
import { portNameOf, Protocol } from './protocol';
import { Replicas } from './replicas';
import type { Risk } from './risk';
import { Rollout, RolloutSpec } from './rollout/rollout';
import { ServiceAccount } from './service-account';
import { Shutdown } from './shutdown';
import { Spread } from './spread';
import { Traffic, TrafficSpec } from './traffic/traffic';
import { flagProblem, instanceProblem, listProblem, quoted, secondsOf, wholeNumberProblem } from './values';
import type { ZeroDowntimeServiceProps } from './zero-downtime-service-props';

/** A duration that a team stated, or the default where it did not. */
export interface StatedSeconds {
  readonly seconds: number;
  readonly isDefault: boolean;
}

/** A container beside the service's, with what is known of its end. */
export interface SidecarSpec extends ContainerSpec {
  readonly stopsWithinSeconds: number;
}

/** The label that carries the service's name, and by which its pods are selected unless told otherwise. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** A declaration with every default filled in and every single value in range. Relations are the planner's matter. */
export interface ServiceSpec {
  readonly name: string;
  readonly namespace?: string;
  readonly port: number;
  readonly servicePort: number;
  readonly protocol: Protocol;
  readonly health: Health;
  readonly startsWithin: StatedSeconds;
  readonly longestRequest: StatedSeconds;
  readonly shutdown: Shutdown;
  readonly keepAliveSeconds?: number;
  readonly maxConnectionAgeSeconds?: number;
  readonly replicas: Replicas;
  readonly spread: Spread;
  readonly rollout: RolloutSpec;
  readonly traffic: readonly TrafficSpec[];
  readonly monitoring?: MonitoringSpec;
  readonly database?: Database;
  readonly container: ContainerSpec;
  readonly initContainers: readonly ContainerSpec[];
  readonly sidecars: readonly SidecarSpec[];
  readonly config: Readonly<Record<string, string>>;
  readonly configMaps: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly externals: readonly External[];
  readonly allowFrom?: readonly NetworkPeer[];
  readonly hasShell: boolean;
  readonly kubernetes: KubernetesVersion;
  readonly nodeDrainTimeout: StatedSeconds;
  readonly overrides: Overrides;
  readonly risks: readonly Risk[];
  readonly selector: Readonly<Record<string, string>>;
  readonly pod: PodSettings & { readonly serviceAccount: ServiceAccount };
}

/** Reads a declaration. What is wrong with single values is noted in `problems`. */
export function serviceSpecOf(name: string, namespace: string | undefined, props: ZeroDowntimeServiceProps, problems: Problems): ServiceSpec {
  problems.add(serviceNameProblem('name', name));
  problems.add(wholeNumberProblem('port', props.port, 1, 65_535));
  problems.add(wholeNumberProblem('servicePort', props.servicePort ?? 80, 1, 65_535));
  checkPodSettings(props, problems);
  const { replicas = Replicas.fixed(3), rollout = Rollout.rolling() } = props;
  return {
    name,
    namespace,
    port: props.port,
    servicePort: props.servicePort ?? 80,
    protocol: props.protocol ?? Protocol.HTTP,
    health: props.health,
    shutdown: props.shutdown ?? Shutdown.drains(),
    ...timesOf(props, problems),
    replicas: known(instanceProblem('replicas', replicas, Replicas, 'Replicas.fixed(3)'), replicas, Replicas.fixed(3), problems),
    spread: props.spread ?? Spread.preferred(),
    rollout: known(instanceProblem('rollout', rollout, Rollout, 'Rollout.canary(…)'), rollout, Rollout.rolling(), problems)._spec,
    traffic: trafficOf(props.traffic ?? [], problems),
    monitoring: props.monitoring?._spec,
    database: props.database,
    ...containersOf(name, props, problems),
    config: props.config ?? {},
    configMaps: props.configMaps ?? {},
    externals: props.externals ?? [],
    allowFrom: props.allowFrom,
    hasShell: known(flagProblem('hasShell', props.hasShell ?? true), props.hasShell ?? true, true, problems),
    kubernetes: props.kubernetesVersion ?? KubernetesVersion.V1_30,
    overrides: props.overrides ?? {},
    risks: props.accept ?? [],
    selector: props.selector ?? { [NAME_LABEL]: name },
    pod: { ...props, serviceAccount: props.serviceAccount ?? ServiceAccount.create() },
  };
}

/** What was given where nothing is wrong with it; what else is wrong is found by going on with another. */
function known<T>(problem: string | undefined, value: T, other: T, problems: Problems): T {
  problems.add(problem);
  return problem === undefined ? value : other;
}

function timesOf(props: ZeroDowntimeServiceProps, problems: Problems) {
  const stated = (name: string, duration: Duration | undefined, fallback: number, min: number, max: number) => {
    const seconds = duration === undefined ? fallback : secondsOf(duration);
    if (seconds < min || seconds > max) {
      problems.add(`${name} ${seconds}s must be from ${min}s to ${max}s`);
    }
    return { seconds, isDefault: duration === undefined };
  };
  const optional = (name: string, duration: Duration | undefined, min: number, max: number) =>
    duration === undefined ? undefined : stated(name, duration, 0, min, max).seconds;
  return {
    startsWithin: stated('startsWithin', props.startsWithin, 60, 1, 3600),
    longestRequest: stated('longestRequest', props.longestRequest, 30, 1, 3600),
    nodeDrainTimeout: stated('nodeDrainTimeout', props.nodeDrainTimeout, 600, 1, 86_400),
    keepAliveSeconds: optional('keepAliveTimeout', props.keepAliveTimeout, 1, 86_400),
    maxConnectionAgeSeconds: optional('maxConnectionAge', props.maxConnectionAge, 1, 3600),
  };
}

/** Adds the calls from inside the cluster, which the Service always takes, and refuses a kind given twice. */
function trafficOf(declared: readonly Traffic[], problems: Problems): TrafficSpec[] {
  const ways = known(listProblem('traffic', declared), declared, [], problems);
  const specs = ways.flatMap((way, index) => {
    const problem = instanceProblem(`traffic ${index + 1}:`, way, Traffic, 'Traffic.istio()');
    problems.add(problem);
    return problem === undefined ? [way._spec] : [];
  });
  const kinds = specs.map((spec) => spec.kind);
  for (const kind of new Set(kinds.filter((k, i) => kinds.indexOf(k) !== i))) {
    problems.add(`traffic ${kind} is given ${kinds.filter((k) => k === kind).length} times; give it once, with all its hosts`);
  }
  const internal = specs.find(({ kind }) => kind === 'clusterInternal') ?? { kind: 'clusterInternal', options: {} };
  // First, because the objects of all others refer to its Service.
  return [internal, ...specs.filter(({ kind }) => kind !== 'clusterInternal')];
}

function containersOf(name: string, props: ZeroDowntimeServiceProps, problems: Problems) {
  const container = containerSpecOf('', { ...props, name, ports: undefined } as never, problems);
  const initContainers = (props.initContainers ?? []).map((c) => companionOf(`initContainer ${quoted(c.name)}`, c, problems));
  const sidecars = (props.sidecars ?? []).map((c) => ({
    ...companionOf(`sidecar ${quoted(c.name)}`, c, problems),
    stopsWithinSeconds: c.stopsWithin ? secondsOf(c.stopsWithin) : 0,
  }));
  const all = [container, ...initContainers, ...sidecars];
  const names = all.map((c) => c.name);
  for (const duplicate of new Set(names.filter((n, i) => names.indexOf(n) !== i))) {
    problems.add(`container name ${quoted(duplicate)} is used ${names.filter((n) => n === duplicate).length} times in the pod; each needs its own`);
  }
  checkPortsOnce([['the service\'s port', props.port], ...sidecars.flatMap((c) =>
    Object.entries(c.ports).map(([n, p]): [string, number] => [`sidecar ${quoted(c.name)} port ${quoted(n)}`, p]))], problems);
  checkPortNamesOnce(props.protocol ?? Protocol.HTTP, sidecars, problems);
  return { container, initContainers, sidecars };
}

function companionOf(title: string, companion: InitContainer | Sidecar, problems: Problems): ContainerSpec {
  problems.add(dnsLabelProblem(`${title} name`, companion.name));
  return containerSpecOf(`${title} `, companion, problems);
}

/** A port is reached by its name, so two of the same name in a pod would be one target. */
function checkPortNamesOnce(protocol: Protocol, sidecars: readonly SidecarSpec[], problems: Problems): void {
  const owners = new Map([[portNameOf(protocol), 'the service']]);
  for (const sidecar of sidecars) {
    for (const name of Object.keys(sidecar.ports)) {
      problems.add(owners.has(name) ? `sidecar ${quoted(sidecar.name)} port name ${quoted(name)} is that of ${owners.get(name)} too; give it another` : undefined);
      owners.set(name, `sidecar ${quoted(sidecar.name)}`);
    }
  }
}

function checkPortsOnce(ports: Array<[string, number]>, problems: Problems): void {
  const owners = new Map<number, string>();
  for (const [owner, port] of ports) {
    const other = owners.get(port);
    if (other !== undefined) {
      problems.add(`${owner} ${port} is also ${other}; containers of a pod share its ports, so give one of them another`);
    }
    owners.set(port, owner);
  }
}

const OWN_LABELS = [NAME_LABEL, 'app.kubernetes.io/managed-by'];

function checkPodSettings(props: ZeroDowntimeServiceProps, problems: Problems): void {
  const { labels = {}, selector } = props;
  for (const [key, value] of [...Object.entries(labels), ...Object.entries(selector ?? {})]) {
    problems.add(qualifiedNameProblem('label', key));
    problems.add(labelValueProblem(`label ${quoted(key)}`, value));
  }
  for (const key of Object.keys(labels).filter((label) => OWN_LABELS.includes(label))) {
    problems.add(`label ${key} cannot be given: the library sets it`);
  }
  for (const key of Object.keys(selector ?? {}).filter((label) => Object.hasOwn(labels, label) && labels[label] !== selector![label])) {
    problems.add(`label ${quoted(key)} ${quoted(labels[key])} must be the selector's ${quoted(selector![key])}; leave it out of labels`);
  }
  if (selector && Object.keys(selector).length === 0) {
    problems.add('selector must hold at least one label: an empty one selects every pod of the namespace');
  }
  for (const key of Object.keys(props.podAnnotations ?? {})) {
    problems.add(qualifiedNameProblem('podAnnotations key', key));
  }
  for (const [key, value] of Object.entries(props.nodeSelector ?? {})) {
    problems.add(qualifiedNameProblem('nodeSelector key', key));
    problems.add(labelValueProblem(`nodeSelector ${quoted(key)}`, value));
  }
  for (const name of props.imagePullSecrets ?? []) {
    problems.add(dnsSubdomainProblem('imagePullSecrets name', name));
  }
  problems.add(props.priorityClassName === undefined ? undefined : dnsSubdomainProblem('priorityClassName', props.priorityClassName));
  for (const { key, value, effect } of props.tolerations ?? []) {
    problems.add(key === undefined ? undefined : qualifiedNameProblem('toleration key', key));
    problems.add(value === undefined ? undefined : labelValueProblem('toleration value', value));
    problems.add(key === undefined && value !== undefined ? `toleration value ${quoted(value)} needs a key` : undefined);
    if (effect !== undefined && !['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
      problems.add(`toleration effect ${quoted(effect)} must be NoSchedule, PreferNoSchedule or NoExecute`);
    }
  }
}
