import { renderContainer } from './container';
import { labelsOf, selectorOf, Variant, withoutAbsent } from './manifest';
import { scriptContainer } from './migrations/script-container';
import { renderProbe } from './probe';
import { renderScheduling } from './scheduling';
import { renderProxyAnnotations } from './traffic/istio-proxy';
import { Volumes } from './volumes';
import { WAIT_CONTAINER } from '../plan/migrations/planned-schema';
import type { Planned } from '../plan/planned-service';
import type { ContainerSpec } from '../spec/container-spec';
import { Env, EnvFrom } from '../spec/env';
import { FEATURE_SINCE } from '../spec/kubernetes-features';
import { portNameOf } from '../spec/protocol';

/** What an engine makes of the pods. */
export interface PodVariant extends Variant {
  /** The label by which the pods of one version are told from those of another. */
  readonly hashLabel?: string;
}

/** Renders the pod template: what changes in it makes another version. */
export function renderPodTemplate(planned: Planned, variant: PodVariant = {}) {
  const { spec } = planned;
  const annotations = { ...spec.pod.podAnnotations, ...renderProxyAnnotations(planned) };
  return {
    metadata: withoutAbsent({
      labels: labelsOf(planned, variant),
      annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
    }),
    spec: renderPodSpec(planned, variant),
  };
}

function renderPodSpec(planned: Planned, variant: PodVariant) {
  const { spec, termination } = planned;
  const { pod } = spec;
  const volumes = new Volumes(planned.configMaps);
  const service = renderServiceContainer(planned, volumes);
  const initContainers = spec.initContainers.map((container) => renderContainer(container, volumes.add(container), planned.configMaps));
  const sidecars = spec.sidecars.map((container) => renderSidecar(planned, container, volumes));
  const areSidecarsNative = spec.kubernetes.minor >= FEATURE_SINCE.nativeSidecars;
  // Behind sidecars, one of which may lead to the database, and in front of whatever needs the schema.
  const waiting = renderWait(planned, volumes);
  const inits = areSidecarsNative ? [...sidecars, ...waiting, ...initContainers] : [...waiting, ...initContainers];
  const { group } = spec.container.security._options;
  return withoutAbsent({
    serviceAccountName: pod.serviceAccount.existingName ?? spec.name,
    automountServiceAccountToken: pod.serviceAccount.automountToken,
    // Variables for every Service of the namespace could shadow the program's own.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: termination.gracePeriod.value,
    securityContext: group === undefined ? undefined : { fsGroup: group, fsGroupChangePolicy: 'OnRootMismatch' },
    ...renderScheduling(pod),
    topologySpreadConstraints: renderSpread(planned, variant),
    initContainers: inits.length === 0 ? undefined : inits,
    containers: areSidecarsNative ? [service] : [service, ...sidecars],
    volumes: volumes.render().length === 0 ? undefined : volumes.render(),
  });
}

function renderServiceContainer(planned: Planned, volumes: Volumes) {
  const { spec, probes, configMaps } = planned;
  const port = { name: portNameOf(spec.protocol), number: spec.port };
  const environment = configMaps.find(({ localName }) => localName === undefined);
  const container: ContainerSpec = {
    ...spec.container,
    // First, so that the team's own variables may refer to them as $(NAME).
    env: { ...injectedEnv(planned), ...spec.container.env },
    envFrom: [...(environment ? [EnvFrom.config(environment.name)] : []), ...spec.container.envFrom],
  };
  return {
    ...renderContainer(container, volumes.add(container), configMaps),
    ports: [{ name: port.name, containerPort: port.number, protocol: 'TCP' }],
    startupProbe: renderProbe(spec.health.startup, probes.startup, port),
    readinessProbe: renderProbe(spec.health.readiness, probes.readiness, port),
    livenessProbe: renderProbe(spec.health.liveness, probes.liveness, port),
    lifecycle: { preStop: renderSleep(planned, planned.termination.preStop.value) },
  };
}

/** What the program may read about itself, and the name and the search path of its sessions, which libpq and most drivers read. */
function injectedEnv({ runtimeFacts, schema, spec: { config } }: Planned): Record<string, Env> {
  const sessions = { PGAPPNAME: schema?.sessionName, PGOPTIONS: schema?.searchPath === undefined ? undefined : `-c search_path=${schema.searchPath}` };
  const unsaid = Object.entries(sessions).filter(([name, value]) => value !== undefined && !Object.hasOwn(config, name)) as [string, string][];
  return Object.fromEntries([...Object.entries(runtimeFacts), ...unsaid].map(([name, value]) => [name, Env.value(value)]));
}

/** The container that ends when the version may start. */
function renderWait({ spec, schema, configMaps }: Planned, volumes: Volumes) {
  if (schema?.wait === undefined) {
    return [];
  }
  const container = scriptContainer({ ...schema.wait, name: WAIT_CONTAINER, service: spec.name, script: 'wait.sh' });
  return [renderContainer(container, volumes.add(container), configMaps)];
}

function renderSidecar(planned: Planned, container: ContainerSpec, volumes: Volumes) {
  const { spec, termination, configMaps } = planned;
  const ports = Object.entries(container.ports).map(([name, number]) => ({ name, containerPort: number, protocol: 'TCP' }));
  const isNative = spec.kubernetes.minor >= FEATURE_SINCE.nativeSidecars;
  return withoutAbsent({
    ...renderContainer(container, volumes.add(container), configMaps),
    ports: ports.length === 0 ? undefined : ports,
    restartPolicy: isNative ? 'Always' : undefined,
    // A plain container is told to stop together with the service, which still needs it.
    lifecycle: isNative ? undefined : { preStop: renderSleep(planned, termination.preStop.value + termination.drain.value) },
  });
}

function renderSleep({ spec }: Planned, seconds: number) {
  return spec.kubernetes.minor >= FEATURE_SINCE.sleepAction ? { sleep: { seconds } } : { exec: { command: ['sleep', String(seconds)] } };
}

function renderSpread(planned: Planned, variant: PodVariant) {
  const { spec } = planned;
  if (spec.spread.whenUnsatisfiable === undefined) {
    return undefined;
  }
  const over = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: selectorOf(planned, variant) },
    // Each version is spread on its own: otherwise the pods that leave make room where the new ones crowd.
    matchLabelKeys: [variant.hashLabel ?? 'pod-template-hash'],
  });
  return [over('topology.kubernetes.io/zone', spec.spread.whenUnsatisfiable), over('kubernetes.io/hostname', 'ScheduleAnyway')];
}
