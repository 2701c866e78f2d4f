import {
  Database, Env, EnvFrom, External, Health, KubernetesVersion, Pods, Protocol, Replicas, Risk, Rollout, Shutdown, Spread, Traffic,
  TrafficDistribution, Volume, ZeroDowntimeServiceProps,
} from 'zero-downtime';
import { found, health, Illegal, refused, seconds } from './illegal';
import { ARN } from './traffic-bounds';

/** What replaces the list of externals must not make other references dangle. */
const REFERRING_TO_NOTHING: Partial<ZeroDowntimeServiceProps> = {
  envFrom: undefined, volumes: undefined, sidecars: [], initContainers: [], imagePullSecrets: undefined, traffic: [], keepAliveTimeout: undefined,
};

const REFERENCES: Illegal[] = [
  found('an undeclared Secret', /"nobody"/, () => ({ env: { A: Env.secretKey('nobody', 'key') } })),
  found('an undeclared Secret of envFrom', /"nobody"/, () => ({ envFrom: [EnvFrom.secret('nobody')] })),
  found('an undeclared Secret of a volume', /"nobody"/, () => ({ volumes: { '/a': Volume.secret('nobody') } })),
  found('an undeclared pull Secret', /"nobody"/, { imagePullSecrets: ['nobody'] }),
  found('an undeclared TLS Secret', /"nobody"/, () => ({ protocol: Protocol.HTTP, traffic: [Traffic.ingressNginx({ hosts: ['a.b'], tlsSecret: 'nobody' })] })),
  // The API server knows the fields and the resources, and before 1.32 wants the prefix to begin a variable's name.
  refused('a field that pods have not', /Env.field/, () => ({ env: { A: Env.field('nonsense') } })),
  refused('a resource that containers have not', /Env.resource/, () => ({ env: { A: Env.resource('nonsense') } })),
  refused('a divisor of no unit', /Env.resource divisor/, () => ({ env: { A: Env.resource('limits.memory', '1X') } })),
  refused('a prefix that begins no variable', /prefix/, () => ({ kubernetesVersion: KubernetesVersion.V1_30, externals: [External.secret('known')], envFrom: [EnvFrom.secret('known', '1-')] })),
  found('an undeclared ConfigMap', /"nobody"/, () => ({ envFrom: [EnvFrom.config('nobody')] })),
  found('an unknown key of its own ConfigMap', /"missing"/, () => ({ configMaps: { rules: { key: 'x' } }, env: { A: Env.configKey('rules', 'missing') } })),
  found('an unknown key of an external Secret', /"missing"/, () => ({ externals: [External.secret('known', ['key'])], env: { A: Env.secretKey('known', 'missing') } })),
].map((illegal) => ({ ...illegal, break: (legal) => illegal.break({ ...legal, ...REFERRING_TO_NOTHING }) }));

const companion = { name: 'beside', image: 'a:1' };

const RELATIONS: Illegal[] = [
  found('one replica', /Risk.singleReplica/, () => ({ replicas: Replicas.fixed(1), rollout: undefined, accept: [], overrides: undefined })),
  found('an autoscaler from one replica', /Risk.singleReplica/, () => ({ replicas: Replicas.autoscaled({ min: 1, max: 4 }), rollout: undefined, accept: [], overrides: undefined })),
  found('a release that cannot start', /maxSurge|maxUnavailable/, () => ({ rollout: Rollout.rolling({ maxSurge: Pods.count(0) }) })),
  found('a surge of no percent', /maxSurge|maxUnavailable/, () => ({ rollout: Rollout.rolling({ maxSurge: Pods.percent(0) }) })),
  found('an unavailability that rounds to nothing', /maxUnavailable 10%/, () => ({ replicas: Replicas.fixed(3), rollout: Rollout.rolling({ maxUnavailable: Pods.percent(10) }), overrides: undefined })),
  found('a release that takes every pod', /maxUnavailable/, () => ({ replicas: Replicas.fixed(3), rollout: Rollout.rolling({ maxUnavailable: Pods.count(3) }), overrides: undefined })),
  found('a release that takes all percent', /maxUnavailable/, () => ({ replicas: Replicas.fixed(3), rollout: Rollout.rolling({ maxUnavailable: Pods.percent(100) }), overrides: undefined })),
  found('evictions beside one replica', /maxDisrupted/, () => ({
    replicas: Replicas.fixed(1), rollout: undefined, accept: [Risk.singleReplica('a test bench')], overrides: { maxDisrupted: 1 },
  })),
  found('a look back beside fixed replicas', /scaleDownStabilization/, () => ({ replicas: Replicas.fixed(3), rollout: undefined, overrides: { scaleDownStabilization: seconds(3600) } })),
  found('a kind of traffic given twice', /traffic istio/, () => ({ traffic: [Traffic.istio(), Traffic.istio()] })),
  found('gateways without hosts', /gateways|hosts/, () => ({ traffic: [Traffic.istio({ gateways: ['a/b'] })] })),
  found('nginx without a host', /ingressNginx.*hosts/, () => ({ protocol: Protocol.HTTP, traffic: [Traffic.ingressNginx({ hosts: [] })] })),
  found('a route without a gateway', /httpRoute.*gateways/, () => ({ traffic: [Traffic.httpRoute({ gateways: [] })] })),
  found('a GRPCRoute to an HTTP program', /protocol/, () => ({ protocol: Protocol.HTTP, traffic: [Traffic.grpcRoute({ gateways: [{ name: 'g' }] })] })),
  found('a load balancer that asks a gRPC program over HTTP', /healthCheck.path/, () => ({ protocol: Protocol.HTTP, health: Health.grpc(), traffic: [Traffic.awsLoadBalancer()] })),
  found('a load balancer that asks an HTTP program over gRPC', /healthCheck.path/, () => ({ protocol: Protocol.GRPC, health, traffic: [Traffic.awsLoadBalancer({ certificateArn: ARN })] })),
  ...[Protocol.HTTP2, Protocol.GRPC].map((protocol) => found(`a load balancer that takes ${protocol} without TLS`, /certificateArn/, () => ({
    protocol, health: Health.grpc(), traffic: [Traffic.awsLoadBalancer({ healthCheck: { path: '/a.b/c' } })],
  }))),
  found('nginx before a program that speaks HTTP/2', /ingressNginx.*HTTP2/, () => ({ protocol: Protocol.HTTP2, traffic: [Traffic.ingressNginx({ hosts: ['a.b'] })] })),
  found('nginx that takes gRPC without TLS', /ingressNginx.tlsSecret/, () => ({ protocol: Protocol.GRPC, traffic: [Traffic.ingressNginx({ hosts: ['a.b'] })] })),
  found('two zones with three pods, traffic kept in them', /zones/, () => ({
    replicas: Replicas.fixed(3),
    spread: Spread.preferred({ zones: 2 }),
    kubernetesVersion: KubernetesVersion.V1_34,
    rollout: undefined,
    overrides: undefined,
    traffic: [Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE })],
  })),
  found('a port used twice', /3000/, { port: 3000, health, sidecars: [{ ...companion, ports: { metrics: 3000 } }] }),
  found('a port name used twice', /port name "http"/, { protocol: Protocol.HTTP, health, sidecars: [{ ...companion, ports: { http: 9999 } }] }),
  found('a container name used twice', /"beside"/, { sidecars: [companion], initContainers: [companion] }),
  found('a hook that needs a shell where there is none', /hasShell/, { hasShell: false, kubernetesVersion: KubernetesVersion.V1_29 }),
  found('a keep-alive below the idle timeout', /keepAlive/, () => ({
    protocol: Protocol.HTTP, keepAliveTimeout: seconds(60), traffic: [Traffic.ingressNginx({ hosts: ['a.b'], upstreamKeepaliveTimeout: seconds(60) })],
  })),
  found('a grace period that a node drain cuts', /nodeDrainTimeout/, { nodeDrainTimeout: seconds(1) }),
  found('a drain shorter than a request', /drain/, () => ({ longestRequest: seconds(30), shutdown: Shutdown.drains({ within: seconds(29) }) })),
  ...[29, 31].map((age) => found(`connections of ${age} s beside requests of 30 s`, /maxConnectionAge/, {
    longestRequest: seconds(30), maxConnectionAge: seconds(age), shutdown: undefined,
  })),
  found('more connections than the server takes', /maxConnections/, () => ({
    replicas: Replicas.fixed(3), rollout: undefined, overrides: undefined, database: Database.mysql({ poolSize: 10, maxConnections: 59 }),
  })),
];

export const ILLEGAL_RELATIONS: readonly Illegal[] = [...REFERENCES, ...RELATIONS];
