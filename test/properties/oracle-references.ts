import { selects } from './oracle-capacity';
import { awsTargetGroups, Manifest, ofKind, Release } from './oracle-reading';

/** What one object says of another must be true of it. */
export const referenceRules = {
  'objects-are-unique': ({ manifests }: Release) => duplicates(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)),

  'objects-share-the-namespace': ({ manifests, deployment }: Release) => manifests
    .filter(({ metadata }) => metadata.namespace !== deployment.metadata.namespace)
    .map(({ kind, metadata }) => `${kind} ${metadata.name} is in ${metadata.namespace}`),

  'selectors-match-the-pods': (release: Release) => [
    ...selectorsOf(release).filter(([, selector]) => !selects(selector, release.pod.metadata.labels)).map(([owner]) => `${owner} selects no pod`),
    ...(ofKind(release, 'Service').length > 0 ? [] : ['there is no Service']),
  ],

  'service-ports-name-container-ports': (release: Release) => ofKind(release, 'Service').flatMap(({ metadata, spec }) => spec.ports
    .filter(({ targetPort, port }: Manifest) => !portsOf(release.container)
      .some(({ name, containerPort }) => [name, containerPort].includes(targetPort ?? port)))
    .map(({ targetPort }: Manifest) => `Service ${metadata.name} targets port ${targetPort}, which the container has not`)),

  'port-names-are-unique': ({ pod }: Release) => [
    ...duplicates(podPorts(pod).map(({ name }) => `port name ${name}`)),
    ...duplicates(podPorts(pod).map(({ containerPort }) => `port ${containerPort}`)),
  ],

  'probe-ports-exist': ({ container }: Release) => ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) => {
    const port = (container[probe]?.httpGet ?? container[probe]?.tcpSocket)?.port;
    return typeof port === 'string' && !portsOf(container).some(({ name }) => name === port) ? [`${probe} asks port ${port}, which the container has not`] : [];
  }),

  'backends-are-services': (release: Release) => backendsOf(release)
    .filter(({ name, port }) => !ofKind(release, 'Service').some(({ metadata, spec }) => metadata.name === name && hasPort(spec, port)))
    .map(({ owner, name, port }) => `${owner} leads to ${name}:${port}, which no Service has`),

  'autoscaler-targets-the-deployment': ({ deployment, ...release }: Release) => ofKind({ deployment, ...release }, 'HorizontalPodAutoscaler')
    .filter(({ spec: { scaleTargetRef: ref } }) => ref.kind !== 'Deployment' || ref.name !== deployment.metadata.name || ref.apiVersion !== deployment.apiVersion)
    .map(({ spec }) => `the autoscaler targets ${spec.scaleTargetRef.kind} ${spec.scaleTargetRef.name}`),

  'service-account-exists': (release: Release) => {
    const made = ofKind(release, 'ServiceAccount').map(({ metadata }) => metadata.name);
    const used = release.pod.spec.serviceAccountName;
    return made.length === 0 || made.includes(used) ? [] : [`pods run as ${used}, but ${made.join()} is made`];
  },

  /** A reference whose name starts like one of the service's own ConfigMaps means that one, with this content. */
  'config-references-exist': (release: Release) => {
    const made = new Map(ofKind(release, 'ConfigMap').map(({ metadata, data, binaryData }) => [metadata.name, Object.keys({ ...data, ...binaryData })]));
    const looksOwn = (name: string) => name.startsWith(`${release.deployment.metadata.name}-`) && HASHED.test(name);
    return configReferences(release.pod.spec).filter(({ name, key }) =>
      made.has(name) ? key !== undefined && !made.get(name)!.includes(key) : looksOwn(name))
      .map(({ name, key }) => `a container reads ${name}${key ? ` ${key}` : ''}, which is not made`);
  },

  /** A change of content must roll the pods and leave the old ones their values. */
  'config-maps-are-versioned': (release: Release) => ofKind(release, 'ConfigMap')
    .filter(({ immutable, metadata }) => immutable !== true || !HASHED.test(metadata.name))
    .map(({ metadata }) => `ConfigMap ${metadata.name} can change under running pods`),

  'mounts-have-volumes': ({ pod }: Release) => {
    const volumes: string[] = (pod.spec.volumes ?? []).map(({ name }: Manifest) => name);
    const containers: Manifest[] = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
    return [
      ...duplicates(volumes.map((name) => `volume ${name}`)),
      ...containers.flatMap(({ name, volumeMounts = [] }) => [
        ...volumeMounts.filter((mount: Manifest) => !volumes.includes(mount.name)).map((mount: Manifest) => `${name} mounts ${mount.name}, which is no volume`),
        ...duplicates(volumeMounts.map((mount: Manifest) => `mount ${mount.mountPath} of ${name}`)),
      ]),
    ];
  },

  /** A load balancer asks the pods from outside: a policy that keeps it from their health port keeps every pod unready. */
  'health-checks-may-enter': (release: Release) => ofKind(release, 'NetworkPolicy').flatMap(({ spec }) => awsTargetGroups(release)
    .map(({ path, healthPort = 'traffic-port' }) => ({ path, port: healthPort === 'traffic-port' ? release.container.ports[0].containerPort : Number(healthPort) }))
    .filter(({ port }) => !(spec.ingress ?? []).some(({ ports }: Manifest) => opens(ports, port, release)))
    .map(({ path, port }) => `${path} asks port ${port}, which the NetworkPolicy closes`)),

  /** An empty list of sources means everybody. */
  'policy-names-its-peers': (release: Release) => ofKind(release, 'NetworkPolicy').flatMap(({ spec }) => (spec.ingress ?? [])
    .filter(({ from }: Manifest) => from === undefined || from.length === 0)
    .map(() => 'the NetworkPolicy lets everybody in')),
};

/** A policy names ports by number or by the container's names; one without ports opens all. */
function opens(ports: Manifest[] | undefined, wanted: number, { container }: Release): boolean {
  const name = portsOf(container).find(({ containerPort }) => containerPort === wanted)?.name;
  return ports === undefined || ports.some(({ port }) => port === wanted || (name !== undefined && port === name));
}

const HASHED = /-[0-9a-f]{8,}$/;

function duplicates(names: string[]): string[] {
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) => `${name} is there more than once`);
}

function portsOf(container: Manifest): Manifest[] {
  return container.ports ?? [];
}

function podPorts(pod: Manifest): Manifest[] {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].flatMap(portsOf);
}

function selectorsOf(release: Release): Array<[string, Record<string, string>]> {
  return [
    ['the Deployment', release.deployment.spec.selector?.matchLabels],
    ...ofKind(release, 'Service').map(({ metadata, spec }): [string, Record<string, string>] => [`Service ${metadata.name}`, spec.selector]),
    ...ofKind(release, 'PodDisruptionBudget').map(({ spec }): [string, Record<string, string>] => ['the disruption budget', spec.selector?.matchLabels]),
    ...ofKind(release, 'NetworkPolicy').map(({ spec }): [string, Record<string, string>] => ['the NetworkPolicy', spec.podSelector?.matchLabels]),
  ];
}

interface Backend {
  readonly owner: string;
  readonly name: string;
  readonly port: string | number;
}

function backendsOf(release: Release): Backend[] {
  return [
    ...ofKind(release, 'Ingress').flatMap(({ metadata, spec }) => [spec.defaultBackend, ...(spec.rules ?? []).flatMap(({ http }: Manifest) => http.paths.map(({ backend }: Manifest) => backend))]
      .filter((backend) => backend?.service)
      .map(({ service }) => ({ owner: `Ingress ${metadata.name}`, name: service.name, port: service.port.name ?? service.port.number }))),
    ...ofKind(release, 'HTTPRoute', 'GRPCRoute').flatMap(({ kind, spec }) => (spec.rules ?? []).flatMap(({ backendRefs }: Manifest) =>
      backendRefs.map(({ name, port }: Manifest) => ({ owner: kind, name, port })))),
    ...ofKind(release, 'VirtualService').flatMap(({ spec }) => (spec.http ?? []).flatMap(({ route }: Manifest) =>
      route.map(({ destination: { host, port } }: Manifest) => ({ owner: 'VirtualService', name: host.split('.')[0], port: port?.number })))),
    ...ofKind(release, 'DestinationRule').map(({ spec }) => ({ owner: 'DestinationRule', name: spec.host.split('.')[0], port: ANY_PORT })),
  ];
}

const ANY_PORT = -1;

function hasPort(spec: Manifest, port: string | number): boolean {
  return port === ANY_PORT || spec.ports.some((p: Manifest) => p.name === port || p.port === port);
}

/** Every reference to a ConfigMap, wherever a pod may hold one. */
function configReferences(value: unknown): Array<{ name: string; key?: string }> {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([field, inner]) => {
    const isReference = ['configMapRef', 'configMapKeyRef', 'configMap'].includes(field) && typeof inner?.name === 'string' && inner.optional !== true;
    return isReference ? [{ name: inner.name, key: inner.key }] : configReferences(inner);
  });
}
