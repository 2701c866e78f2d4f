import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Database, External, InitContainer, KubernetesVersion, NetworkPeer, Overrides, PostgresOptions, Protocol, Risk, ServiceAccount, Shutdown, Sidecar,
  Toleration, ZeroDowntimeServiceProps,
} from 'zero-downtime';
import { containerSettings } from './container-arbitraries';
import { healths } from './health-arbitraries';
import type { OracleOptions } from './oracle-reading';
import { Bounds, overrides } from './override-arbitraries';
import { EXTERNAL_CONFIG, EXTERNAL_SECRET, Referable } from './referable';
import { scales, spreads } from './scale-arbitraries';
import { schemas } from './schema-arbitraries';
import {
  annotations, configKeys, dictionary, dnsLabels, envNames, hostileTexts, images, labelKeys, labels, labelValues, maybe,
} from './text-arbitraries';
import { traffics } from './traffic-arbitraries';
import { Behind, DeclaredTraffic, Ending, TLS_SECRET } from './traffic-bounds';

/** A declaration that the docstrings allow, with what the oracle must be told. */
export interface LegalDeclaration {
  readonly namespace?: string;
  readonly props: ZeroDowntimeServiceProps;
  readonly oracle: OracleOptions;
  /** How the schema of its database changes, as it was declared. */
  readonly schema?: Partial<PostgresOptions>;
}

const times = fc.record({
  startsWithin: maybe(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 3600 }))),
  longestRequest: maybe(fc.integer({ min: 1, max: 300 })),
  connectionAgeSlack: maybe(fc.integer({ min: 2, max: 300 })),
  shutdown: fc.constantFrom(undefined, 'drains', 'exits'),
  drainSlack: maybe(fc.integer({ min: 0, max: 60 })),
  keepAliveSlack: maybe(fc.integer({ min: 1, max: 120 })),
  nodeDrainSlack: fc.integer({ min: 0, max: 600 }),
});

/** A Deployment's own labels, or any; the service's name may be taken over as well. */
const selectors: fc.Arbitrary<Record<string, string>> = fc.oneof(
  fc.constantFrom<Record<string, string>>({ app: 'payments' }, { 'app.kubernetes.io/name': 'another', 'tier': 'web' }),
  fc.tuple(labelKeys, labelValues, labels).map(([key, value, more]) => ({ ...more, [key]: value })),
);

const pods = fc.record({
  selector: maybe(selectors),
  labels: maybe(labels),
  podAnnotations: maybe(annotations),
  serviceAccount: maybe(fc.oneof(
    fc.record({ annotations: maybe(annotations), automountToken: maybe(fc.boolean()) }).map((options) => ServiceAccount.create(options)),
    dnsLabels(63).map((name) => ServiceAccount.existing(name)))),
  imagePullSecrets: fc.constantFrom(undefined, [EXTERNAL_SECRET]),
  nodeSelector: maybe(labels),
  tolerations: maybe(fc.array(fc.constantFrom<Toleration>(
    {}, { key: 'dedicated' }, { key: 'dedicated', value: 'shop' }, { key: 'dedicated', effect: 'NoSchedule' }, { effect: 'PreferNoSchedule' },
    { key: 'spot', value: 'yes', effect: 'NoExecute' }), { maxLength: 3 })),
  priorityClassName: maybe(dnsLabels(63)),
  // A label that the selector names has the selector's value.
}).map(({ selector, labels: drawn, ...pod }) => ({
  ...pod,
  selector,
  labels: drawn && Object.fromEntries(Object.entries(drawn).map(([key, value]) => [key, selector?.[key] ?? value])),
}));

const databases = maybe(fc.record({
  engine: fc.constantFrom('postgres', 'mysql'),
  poolSize: fc.integer({ min: 1, max: 20 }),
  reserved: maybe(fc.integer({ min: 0, max: 50 })),
  schema: maybe(schemas),
}));

const peers = maybe(fc.array(fc.oneof(
  fc.constantFrom(NetworkPeer.sameNamespace(), NetworkPeer.cidr('10.0.0.0/16'), NetworkPeer.cidr('fd00::/8')),
  dnsLabels(63).map((name) => NetworkPeer.namespace(name)),
  fc.tuple(labels, maybe(labels)).map(([podLabels, namespaceLabels]) => NetworkPeer.pods(podLabels, namespaceLabels)),
), { minLength: 1, maxLength: 3 }));

const configuration = fc.record({
  config: maybe(dictionary(envNames, hostileTexts)),
  configMaps: fc.oneof(fc.constant({}), dictionary(fc.oneof(dnsLabels(20), dnsLabels(63), fc.constant('config-1')), dictionary(configKeys, hostileTexts, 3), 3)),
});

/** Declarations that are legal by construction: every relation is that of a docstring or of the facts. */
export const legalDeclarations: fc.Arbitrary<LegalDeclaration> = configuration.chain((configured) => fc.record({
  namespace: maybe(dnsLabels(63)),
  name: dnsLabels(52),
  image: images,
  port: fc.integer({ min: 1, max: 65_535 }),
  servicePort: maybe(fc.integer({ min: 1, max: 65_535 })),
  protocol: maybe(fc.constantFrom(Protocol.HTTP, Protocol.HTTP2, Protocol.GRPC)),
  health: healths,
  times,
  scale: scales,
  spread: spreads,
  ways: traffics,
  database: databases,
  configured: fc.constant(configured),
  settings: containerSettings(configured),
  companions: companions(configured),
  allowFrom: peers,
  pod: pods,
  kubernetesMinor: fc.integer({ min: 27, max: 36 }),
  hasShell: maybe(fc.boolean()),
  overrides,
}).map(assemble));

function companions(referable: Referable) {
  const settings = containerSettings(referable);
  const companion = fc.record({ image: images, settings, stopsWithin: maybe(fc.integer({ min: 0, max: 60 })), hasPort: fc.boolean() });
  return fc.record({ init: fc.array(companion, { maxLength: 2 }), sidecars: fc.array(companion, { maxLength: 2 }) });
}

interface Companion {
  readonly image: string;
  readonly settings: object;
  readonly stopsWithin?: number;
  readonly hasPort: boolean;
}

type Value<T> = T extends fc.Arbitrary<infer V> ? V : never;

/** What is drawn, before one thing is fitted to another. */
interface Drawn {
  readonly namespace?: string;
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly servicePort?: number;
  readonly protocol?: Protocol;
  readonly health: Value<typeof healths>;
  readonly times: Value<typeof times>;
  readonly scale: Value<typeof scales>;
  readonly spread: Value<typeof spreads>;
  readonly ways: Value<typeof traffics>;
  readonly database: Value<typeof databases>;
  readonly configured: { config?: Record<string, string>; configMaps: Record<string, Record<string, string>> };
  readonly settings: object;
  readonly companions: { init: Companion[]; sidecars: Companion[] };
  readonly allowFrom: NetworkPeer[] | undefined;
  readonly pod: object;
  readonly kubernetesMinor: number;
  readonly hasShell?: boolean;
  readonly overrides: Value<typeof overrides>;
}

function assemble(drawn: Drawn): LegalDeclaration {
  const ways = drawn.ways(behindOf(drawn));
  const given = drawn.overrides(boundsOf(drawn, ways));
  const ending = endingOf(drawn, ways, given);
  const { image, port, servicePort, protocol, scale, configured } = drawn;
  const schema = drawn.database?.engine === 'postgres' ? drawn.database.schema : undefined;
  const props: ZeroDowntimeServiceProps = {
    // Kubernetes takes shorter names of CronJobs.
    name: schema?.url === undefined ? drawn.name : drawn.name.slice(0, 43).replace(/-+$/, ''),
    image,
    port,
    servicePort,
    protocol,
    health: drawn.health.health,
    ...drawn.settings,
    ...drawn.pod,
    ...timeProps(drawn, ways),
    ...companionProps(drawn),
    ...configured,
    replicas: scale.replicas,
    rollout: scale.rollout,
    spread: drawn.spread.spread,
    overrides: given,
    traffic: ways.map(({ traffic }) => traffic(ending)),
    database: databaseOf(drawn, graceBound(drawn, ways) + 60),
    externals: [External.secret(EXTERNAL_SECRET), External.secret(TLS_SECRET), External.configMap(EXTERNAL_CONFIG)],
    allowFrom: drawn.allowFrom,
    // Before Kubernetes 1.30 the preStop hook needs the image's sleep.
    hasShell: drawn.kubernetesMinor < 30 ? undefined : drawn.hasShell,
    kubernetesVersion: KubernetesVersion.of(`1.${drawn.kubernetesMinor}`),
    accept: [...scale.accept, ...risks(drawn)],
  };
  const idempotentRetries = ways.some(({ isIdempotent }) => isIdempotent);
  const oracle = { kubernetesMinor: drawn.kubernetesMinor, idempotentRetries, zones: drawn.spread.zones };
  return { namespace: drawn.namespace, props, schema, oracle };
}

function risks({ health }: Drawn): Risk[] {
  return health.readiness === 'tcp' ? [Risk.connectOnlyReadiness('nothing else can be asked')] : [];
}

/** A connection is closed between requests, so it lives longer than one by two seconds at least. */
function connectionAgeOf({ times: { longestRequest = 30, connectionAgeSlack } }: Drawn): number | undefined {
  return connectionAgeSlack && longestRequest + connectionAgeSlack;
}

function behindOf(drawn: Drawn): Behind {
  const { times: { longestRequest = 30 }, health, protocol = Protocol.HTTP, kubernetesMinor, scale, spread } = drawn;
  return {
    longestRequest,
    longest: connectionAgeOf(drawn) ?? longestRequest,
    hasStreams: connectionAgeOf(drawn) !== undefined,
    readiness: health.readiness,
    canKeepZone: kubernetesMinor >= 31 && spread.zones !== undefined && scale.min >= 2 * spread.zones,
    protocol,
    kubernetesMinor,
  };
}

/** At least as long as any grace period that can be derived. */
function graceBound(drawn: Drawn, ways: DeclaredTraffic[]): number {
  const { longest } = behindOf(drawn);
  const propagation = Math.max(10, ...ways.map((way) => way.propagation));
  const deregistration = Math.max(0, ...ways.map((way) => way.deregistrationDelay));
  const stops = drawn.companions.sidecars.reduce((sum, { stopsWithin = 0 }) => sum + stopsWithin, 0);
  const proxy = Math.max(0, ...ways.map(({ proxySlack = 0 }) => proxySlack));
  return propagation + longest + Math.max(longest + (drawn.times.drainSlack ?? 0), deregistration) + stops + proxy + 60;
}

/** When the program ends and how many pods may be ejected, as the docstrings derive both. */
function endingOf(drawn: Drawn, ways: DeclaredTraffic[], given: Overrides | undefined): Ending {
  const { times: { shutdown, drainSlack }, scale } = drawn;
  const drain = shutdown === 'exits' ? 0 : behindOf(drawn).longest + (shutdown === undefined ? 0 : drainSlack ?? 0);
  const disrupted = given?.maxDisrupted ?? Math.max(1, Math.ceil(scale.min / 10));
  return { programEnd: (given?.preStop?.toSeconds() ?? boundsOf(drawn, ways).preStop) + drain, ejectable: ejectable(scale, disrupted) };
}

/** The largest share whose whole pods leave one, at any size; none where evictions and a release leave only one. */
function ejectable({ min, max, missingOf }: Drawn['scale'], disrupted: number): number {
  const shares = Array.from({ length: max - min + 1 }, (_, i) => min + i).map((replicas) => {
    const left = replicas - missingOf(replicas) - disrupted - 1;
    return left < 1 ? 0 : Math.ceil((left + 1) * 100 / replicas) - 1;
  });
  return Math.min(100, ...shares);
}

function startsWithinOf(drawn: Drawn, ways: DeclaredTraffic[]): number | undefined {
  const { times: { startsWithin }, scale } = drawn;
  // An autoscaler looks back for an hour at most, and a pod's whole turn must fit.
  return startsWithin && scale.isAutoscaled ? Math.min(startsWithin, Math.max(1, 2400 - graceBound(drawn, ways))) : startsWithin;
}

function boundsOf(drawn: Drawn, ways: DeclaredTraffic[]): Bounds {
  const propagation = Math.max(10, ...ways.map((way) => way.propagation));
  return {
    startsWithin: startsWithinOf(drawn, ways) ?? 60,
    preStop: propagation + (drawn.times.shutdown === 'exits' ? behindOf(drawn).longest : 0),
    grace: graceBound(drawn, ways),
    propagation: Math.max(propagation, ...ways.map(({ slowStart = 0 }) => slowStart)),
    minReplicas: drawn.scale.min,
    isAutoscaled: drawn.scale.isAutoscaled,
  };
}

function timeProps(drawn: Drawn, ways: DeclaredTraffic[]) {
  const { times: { longestRequest, shutdown, drainSlack, keepAliveSlack, nodeDrainSlack } } = drawn;
  const idle = Math.max(0, ...ways.map(({ idleTimeout }) => idleTimeout));
  const within = drainSlack === undefined ? undefined : Duration.seconds(behindOf(drawn).longest + drainSlack);
  const seconds = (amount?: number) => amount === undefined ? undefined : Duration.seconds(amount);
  return {
    startsWithin: seconds(startsWithinOf(drawn, ways)),
    longestRequest: seconds(longestRequest),
    maxConnectionAge: seconds(connectionAgeOf(drawn)),
    shutdown: shutdown && (shutdown === 'drains' ? Shutdown.drains({ within }) : Shutdown.exitsAtOnce()),
    keepAliveTimeout: seconds(keepAliveSlack && idle + keepAliveSlack),
    // An overridden preStop or grace period may lie above the derived ones by as much.
    nodeDrainTimeout: Duration.seconds(graceBound(drawn, ways) + 60 + nodeDrainSlack),
  };
}

function companionProps({ port, health, companions: { init, sidecars } }: Drawn): { initContainers: InitContainer[]; sidecars: Sidecar[] } {
  const taken = new Set([port, ...health.ports]);
  const free = Array.from({ length: 10 }, (_, i) => 9100 + i).filter((candidate) => !taken.has(candidate));
  return {
    initContainers: init.map(({ image, settings }, i) => ({ ...settings, name: `first-${i}`, image })),
    sidecars: sidecars.map(({ image, settings, stopsWithin, hasPort }, i) => ({
      ...settings,
      name: `beside-${i}`,
      image,
      ports: hasPort ? { [`metrics-${i}`]: free[i] } : undefined,
      stopsWithin: stopsWithin === undefined ? undefined : Duration.seconds(stopsWithin),
    })),
  };
}

/** Enough for two full sets of pods, and for what evictions and an autoscaler's steps may add while pods end. */
function databaseOf({ database, scale }: Drawn, grace: number): Database | undefined {
  if (database === undefined) {
    return undefined;
  }
  const { engine, poolSize, reserved, schema } = database;
  const pods_ = 2 * scale.max + 5 + Math.ceil(scale.max / 10) * Math.ceil(grace / 60 + 1);
  const options = { poolSize, maxConnections: Math.min(1_000_000, poolSize * pods_ + 3 + (reserved ?? 3)), reservedConnections: reserved };
  return engine === 'postgres' ? Database.postgres({ ...options, ...schema }) : Database.mysql(options);
}
