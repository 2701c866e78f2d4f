import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Database, Env, External, Health, IstioRetries, KubernetesVersion, Metric, Migration, NetworkPeer, Pods, Probe, Protocol, Replicas, Rollout,
  Security, Shutdown, Spread, Traffic, TrafficDistribution, Volume, ZeroDowntimeService, ZeroDowntimeServiceProps,
} from '../../src';

const SOUND: ZeroDowntimeServiceProps = {
  image: 'registry.example.com/payments:2.1.0', port: 3000, health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
};
const seconds = Duration.seconds;
const URL = Env.secretKey('database', 'url');
const RENAME = Migration.renameColumn({ table: 'orders', from: 'status', to: 'state' });

const migrated = (migration: Migration) => () => ({
  externals: [External.secret('database', ['url'])],
  database: Database.postgres({ poolSize: 2, maxConnections: 100, url: URL, schemaEpoch: 2, migrations: [migration] }),
});

/** One mistake of each kind that a declaration can hold, by what a reader of the documentation would look for. */
export const MISTAKES: ReadonlyArray<readonly [string, () => Partial<ZeroDowntimeServiceProps>]> = [
  ['a port out of range', () => ({ port: 70_000 })],
  ['a name that Kubernetes refuses', () => ({ name: 'Payments_API' })],
  ['a name that is too long', () => ({ name: 'p'.repeat(53) })],
  ['an image without tag or digest', () => ({ image: 'registry.example.com/payments' })],
  ['not an image', () => ({ image: 'registry.example.com/payments:2.1.0 --privileged' })],
  ['a start out of range', () => ({ startsWithin: Duration.hours(2) })],
  ['a longest request out of range', () => ({ longestRequest: seconds(0) })],
  ['one replica', () => ({ replicas: Replicas.fixed(1) })],
  ['an autoscaler that may go down to one', () => ({ replicas: Replicas.autoscaled({ min: 1, max: 4 }) })],
  ['an autoscaler whose bounds are the wrong way round', () => ({ replicas: Replicas.autoscaled({ min: 5, max: 4 }) })],
  ['a metric target that is no quantity', () => ({ replicas: Replicas.autoscaled({ min: 2, max: 4, metrics: [Metric.external('queue_length', 'thirty')] }) })],
  ['a percentage that is 0 pods after rounding', () => ({ rollout: Rollout.rolling({ maxUnavailable: Pods.percent(10) }) })],
  ['neither a surge nor unavailable pods', () => ({ rollout: Rollout.rolling({ maxSurge: Pods.count(0) }) })],
  ['a release that may take every pod away', () => ({ rollout: Rollout.rolling({ maxUnavailable: Pods.count(3) }) })],
  ['a percentage out of range', () => ({ rollout: Rollout.rolling({ maxSurge: Pods.percent(130) }) })],
  ['a grace period that cuts requests', () => ({ longestRequest: seconds(20), overrides: { terminationGracePeriod: seconds(5) } })],
  ['a grace period longer than a node drain waits', () => ({ longestRequest: seconds(900) })],
  ['a preStop hook that ends while traffic still arrives', () => ({ overrides: { preStop: seconds(3) } })],
  ['a drain shorter than the longest request', () => ({ shutdown: Shutdown.drains({ within: seconds(10) }) })],
  ['a start-up budget that kills a slow start', () => ({ overrides: { startupProbe: { failureThreshold: 3 } } })],
  ['a liveness probe quicker than readiness', () => ({ overrides: { livenessProbe: { period: seconds(1), timeout: seconds(1), failureThreshold: 3 } } })],
  ['a probe that times out after the next one', () => ({ overrides: { readinessProbe: { timeout: seconds(9) } } })],
  ['a pod that counts before it is known to work', () => ({ overrides: { minReady: seconds(1) } })],
  ['a progress deadline that a sound release misses', () => ({ overrides: { progressDeadline: seconds(60) } })],
  ['a disruption budget that allows nothing', () => ({ overrides: { maxDisrupted: 0 } })],
  ['a disruption budget that allows everything', () => ({ overrides: { maxDisrupted: 3 } })],
  ['an autoscaler that flaps during a release', () => ({ replicas: Replicas.autoscaled({ min: 2, max: 4 }), overrides: { scaleDownStabilization: seconds(60) } })],
  ['an override that has no effect', () => ({ overrides: { scaleDownStabilization: seconds(600) } })],
  ['an override that is no whole number', () => ({ overrides: { maxDisrupted: 1.5 } })],
  ['a migration without the address of its database', () => ({ database: Database.postgres({ poolSize: 2, maxConnections: 100, schemaEpoch: 2, migrations: [RENAME] }) })],
  ['a migration that is not told from versions before', () => ({ database: Database.postgres({ poolSize: 2, maxConnections: 100, url: URL, migrations: [RENAME] }) })],
  ['a password in a manifest', () => ({ database: Database.postgres({ poolSize: 2, maxConnections: 100, url: Env.value('postgresql://a:b@c/d') }) })],
  ['a contract in the release that expands', () => ({
    externals: [External.secret('database')],
    database: Database.postgres({ poolSize: 2, maxConnections: 100, url: URL, schemaEpoch: 2, migrations: [RENAME], contracts: [RENAME] }),
  })],
  ['an expression that is none', migrated(Migration.addCheck({ table: 'orders', constraint: 'paid', check: 'total >' }))],
  ['an expression that is another value each time', migrated(Migration.addCheck({ table: 'orders', constraint: 'paid', check: 'total > random()' }))],
  ['a migration that writes a whole table at once', migrated(Migration.sql({ title: 'reset', expand: ['UPDATE orders SET total = 0'] }))],
  ['a column that goes while the old version runs', migrated(Migration.sql({ title: 'tidy', complete: ['ALTER TABLE orders DROP COLUMN note'] }))],
  ['a type that breaks queries of the old version', migrated(Migration.addColumn({ table: 'orders', column: 'extra', type: 'json' }))],
  ['a column that is renamed to itself', () => ({ database: Database.postgres({ poolSize: 2, maxConnections: 100, migrations: [Migration.renameColumn({ table: 'a', from: 'b', to: 'b' })] }) })],
  ['a database with too few connections', () => ({ database: Database.postgres({ poolSize: 20, maxConnections: 100 }) })],
  ['streams that live shorter than a request', () => ({ maxConnectionAge: seconds(20) })],
  ['a deregistration delay that cuts requests', () => ({ traffic: [Traffic.awsLoadBalancer({ deregistrationDelay: seconds(10) })] })],
  ['a deregistration delay that AWS refuses', () => ({ traffic: [Traffic.awsLoadBalancer({ deregistrationDelay: seconds(4000) })], nodeDrainTimeout: Duration.hours(2) })],
  ['a load balancer that gives up while the program works', () => ({ traffic: [Traffic.awsLoadBalancer({ idleTimeout: seconds(20) })] })],
  ['a keep-alive shorter than the load balancer\'s', () => ({ keepAliveTimeout: seconds(5), traffic: [Traffic.awsLoadBalancer()] })],
  ['a health check that AWS refuses', () => ({ traffic: [Traffic.awsLoadBalancer({ healthCheck: { interval: seconds(10), timeout: seconds(10) } })] })],
  ['a load balancer that cannot ask the readiness question', () => ({ health: Health.probes({ readiness: Probe.exec(['/ready']) }), traffic: [Traffic.awsLoadBalancer()] })],
  ['DNS records that live too long', () => ({ traffic: [Traffic.awsLoadBalancer({ hosts: ['a.example.com'], dnsTtl: seconds(300) })] })],
  ['an annotation that the library decides', () => ({ traffic: [Traffic.awsLoadBalancer({ annotations: { 'alb.ingress.kubernetes.io/target-type': 'instance' } })] })],
  ['a host that is a URL', () => ({ traffic: [Traffic.istio({ hosts: ['https://api.example.com'] })] })],
  ['hosts that cover each other', () => ({ traffic: [Traffic.istio({ hosts: ['*.example.com', 'api.example.com'] })] })],
  ['a path that leads around a prefix', () => ({ traffic: [Traffic.awsLoadBalancer({ path: '/shop/../admin' })] })],
  ['gRPC on a listener without TLS', () => ({ protocol: Protocol.GRPC, health: Health.grpc(), traffic: [Traffic.awsLoadBalancer()] })],
  ['a protocol that ingress-nginx does not speak', () => ({ protocol: Protocol.HTTP2, traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'] })] })],
  ['gateways without hosts', () => ({ traffic: [Traffic.istio({ gateways: ['istio-system/public'] })] })],
  ['a proxy that ends before the program', () => ({ traffic: [Traffic.istio({ terminationDrainDuration: seconds(5) })] })],
  ['retries that never run', () => ({ traffic: [Traffic.istio({ timeout: seconds(40) })] })],
  ['a try that cuts the longest request', () => ({ traffic: [Traffic.istio({ retries: IstioRetries.safe({ perTryTimeout: seconds(2) }) })] })],
  ['an ejection that leaves no pod', () => ({ traffic: [Traffic.istio({ outlierEjection: { maxEjectionPercent: 100 } })] })],
  ['a way in given twice', () => ({ traffic: [Traffic.istio(), Traffic.istio({ hosts: ['a.example.com'] })] })],
  ['zone-local traffic without enough replicas', () => ({
    kubernetesVersion: KubernetesVersion.V1_33,
    spread: Spread.preferred({ zones: 3 }),
    traffic: [Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE })],
  })],
  ['a GRPCRoute to a program that speaks HTTP', () => ({ traffic: [Traffic.grpcRoute({ gateways: [{ name: 'public' }] })] })],
  ['a version that the library does not know', () => ({ kubernetesVersion: KubernetesVersion.of('1.19') })],
  ['a preStop hook that the image cannot run', () => ({ kubernetesVersion: KubernetesVersion.V1_29, hasShell: false })],
  ['a Secret that nobody creates', () => ({ env: { PASSWORD: Env.secretKey('payments-db', 'password') } })],
  ['a key that the Secret does not hold', () => ({
    env: { PASSWORD: Env.secretKey('payments-db', 'pasword') }, externals: [External.secret('payments-db', ['username', 'password'])],
  })],
  ['a key that the ConfigMap does not hold', () => ({ configMaps: { rules: { limit: '10' } }, env: { LIMIT: Env.configKey('rules', 'limits') } })],
  ['a reserved environment variable', () => ({ env: { ZERO_DOWNTIME_PORT: Env.value('1') } })],
  ['an environment variable with a bad name', () => ({ config: { 'log-level': 'info' } })],
  ['a text that kubectl would read as a number', () => ({ config: { UMASK: '0o22' } })],
  ['a volume path that is relative', () => ({ volumes: { 'etc/app': Volume.memory() } })],
  ['one port for two containers', () => ({ sidecars: [{ name: 'exporter', image: 'exporter:1.0.0', ports: { metrics: 3000 } }] })],
  ['one port name for two containers', () => ({ sidecars: [{ name: 'exporter', image: 'exporter:1.0.0', ports: { http: 9100 } }] })],
  ['one container name twice', () => ({ sidecars: [{ name: 'payments', image: 'exporter:1.0.0' }] })],
  ['a label that the library sets', () => ({ labels: { 'app.kubernetes.io/name': 'other' } })],
  ['a CPU limit below the reserved CPU', () => ({ resources: { cpu: kplus.Cpu.units(2), cpuLimit: kplus.Cpu.millis(500) } })],
  ['a capability that the restricted standard refuses', () => ({ security: Security.restricted({ addCapabilities: ['SYS_ADMIN'] }) })],
  ['a timeout that would end streams', () => ({ maxConnectionAge: seconds(120), traffic: [Traffic.istio({ timeout: seconds(60) })] })],
  ['root as the user', () => ({ security: Security.restricted({ user: 0 }) })],
  ['a range of addresses that is none', () => ({ allowFrom: [NetworkPeer.cidr('10.0.0.0')] })],
];

/** The message that a mistake ends in, as the user sees it. */
export function messageOf(mistake: () => Partial<ZeroDowntimeServiceProps>): string {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  try {
    new ZeroDowntimeService(chart, 'payments', { ...SOUND, ...mistake() });
    app.synthYaml();
  } catch (error) {
    return (error as Error).message.replace(/^Validation failed with the following errors:\n\s*/, '');
  }
  return '';
}
