import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import {
  Database, Env, EnvFrom, External, Health, IstioRetries, IstioSidecar, KubernetesVersion, LoadBalancerScheme, Metric, NetworkPeer, Pods, Probe,
  Protocol, Replicas, Risk, Rollout, Security, ServiceAccount, Shutdown, Spread, Traffic, TrafficDistribution, Volume, ZeroDowntimeServiceProps,
} from 'zero-downtime';

type Props = Partial<ZeroDowntimeServiceProps>;

const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/abc';
const SIDECAR = { name: 'proxy', image: 'registry.example.com/proxy:1.0.0' };
const GATEWAYS = [{ name: 'public', namespace: 'gateways', sectionName: 'https' }];

const environment: Props = {
  config: { MODE: 'fast', EMPTY: '' },
  configMaps: { 'flags': { A: '1' }, 'rules': { 'rules.yaml': 'a: 1\n' }, 'no-keys': {} },
  env: {
    LITERAL: Env.value('on'),
    NOTHING: Env.value(''),
    SECRET: Env.secretKey('db', 'url'),
    CONFIG: Env.configKey('flags', 'A'),
    NODE: Env.field('spec.nodeName'),
    MEMORY: Env.resource('limits.memory', '1Mi'),
  },
  envFrom: [EnvFrom.config('flags', 'FLAG_'), EnvFrom.secret('db')],
  externals: [External.secret('db'), External.secret('pull'), External.configMap('shared')],
  imagePullSecrets: ['pull'],
};

const pods: Props = {
  ...environment,
  volumes: {
    '/data': Volume.emptyDir(Size.gibibytes(1)),
    '/cache': Volume.memory(Size.mebibytes(64)),
    '/rules': Volume.config('rules'),
    '/shared': Volume.config('shared', { subPath: 'a.yaml' }),
    '/etc/tls.crt': Volume.secret('db', { subPath: 'tls.crt' }),
    '/files': Volume.claim('files', { readOnly: true }),
    '/Odd path/…': Volume.emptyDir(),
  },
  resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(512), cpuLimit: Cpu.units(1), memoryLimit: Size.gibibytes(1) },
  security: Security.restricted({ user: 1000, group: 2000, addCapabilities: ['NET_BIND_SERVICE'] }),
  labels: { 'team': 'pay', 'example.com/tier': 'gold' },
  podAnnotations: { 'prometheus.io/scrape': 'true' },
  serviceAccount: ServiceAccount.create({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/pay' }, automountToken: true }),
  nodeSelector: { 'kubernetes.io/arch': 'arm64' },
  tolerations: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }, { key: 'spot' }, { effect: 'NoExecute' }, {}],
  priorityClassName: 'high',
  spread: Spread.required({ zones: 3 }),
  allowFrom: [NetworkPeer.sameNamespace(), NetworkPeer.pods({ app: 'web' }, {}), NetworkPeer.namespace('front'), NetworkPeer.cidr('10.0.0.0/16')],
};

const companions: Props = {
  initContainers: [{ ...SIDECAR, name: 'init', command: ['prepare'], args: ['--all'], volumes: { '/out': Volume.emptyDir() } }],
  sidecars: [{ ...SIDECAR, ports: { metrics: 9102, admin: 9901 }, stopsWithin: Duration.seconds(5), security: Security.unrestricted() }],
};

const scaled: Props = {
  replicas: Replicas.autoscaled({
    min: 4,
    max: 20,
    cpuPercent: 60,
    memoryPercent: 80,
    metrics: [
      Metric.pods('in_flight', '250m', { path: 'all' }),
      Metric.external('queue_length', '30'),
      Metric.object('requests', '10k', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' }),
    ],
  }),
  rollout: Rollout.rolling({ maxSurge: Pods.percent(50), maxUnavailable: Pods.count(1) }),
  database: Database.postgres({ poolSize: 2, maxConnections: 1000 }),
};

const balanced: Props = {
  nodeDrainTimeout: Duration.hours(1),
  accept: [Risk.sessionAffinity('sessions are in memory')],
  traffic: [
    Traffic.clusterInternal({ clientIpAffinity: Duration.hours(1) }),
    Traffic.awsLoadBalancer({
      hosts: ['pay.example.com', '*.pay.example.com'],
      path: '/pay',
      scheme: LoadBalancerScheme.INTERNET_FACING,
      certificateArn: ARN,
      group: 'public',
      slowStart: Duration.seconds(30),
      stickiness: Duration.hours(1),
      dnsTtl: Duration.seconds(30),
    }),
    Traffic.networkLoadBalancer({ certificateArn: ARN, hosts: ['tcp.example.com'], healthCheck: { healthyThreshold: 3 } }),
    Traffic.ingressNginx({ hosts: ['n.example.com'], tlsSecret: 'tls' }),
    Traffic.httpRoute({ gateways: GATEWAYS, hosts: ['r.example.com'], path: '/pay' }),
  ],
  externals: [External.secret('tls')],
};

const meshed: Props = {
  traffic: [Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] })],
  replicas: Replicas.fixed(10),
};

const streaming: Props = {
  protocol: Protocol.GRPC,
  health: Health.grpc({ readiness: 'ready', liveness: 'live', port: 9000 }),
  maxConnectionAge: Duration.minutes(5),
  traffic: [
    Traffic.istio({ retries: IstioRetries.none(), outlierEjection: { maxEjectionPercent: 0 } }),
    Traffic.grpcRoute({ gateways: GATEWAYS }),
    Traffic.awsLoadBalancer({ certificateArn: ARN }),
  ],
};

const odd: Props = {
  name: 'p'.repeat(52),
  health: Health.probes({ readiness: Probe.exec(['ready']), liveness: Probe.tcp({ port: 9000 }), startup: Probe.http('/started', { port: 9001, tls: true }) }),
  shutdown: Shutdown.exitsAtOnce(),
  replicas: Replicas.fixed(1),
  accept: [Risk.singleReplica('one is enough: "quoted", ünïcode,\nand a second line')],
  security: Security.unrestricted(),
  serviceAccount: ServiceAccount.existing('shared'),
  spread: Spread.none(),
  allowFrom: [],
};

/** Declarations that between them ask for everything that a version offers, by what they are about. */
export function declarationsFor(version: string): Array<[title: string, props: Props]> {
  const kubernetesVersion = KubernetesVersion.of(version);
  const since = (minor: number, props: Props): Props => kubernetesVersion.minor >= minor ? props : {};
  const sameZone: Props = {
    spread: Spread.preferred({ zones: 2 }),
    replicas: Replicas.fixed(4),
    traffic: [Traffic.clusterInternal({ distribution: TrafficDistribution.SAME_ZONE })],
  };
  const declarations: Array<[string, Props]> = [
    ['the least', {}],
    ['everything about pods', pods],
    ['companions', companions],
    ['an autoscaled service with a database', scaled],
    ['load balancers and routes', balanced],
    ['a mesh', meshed],
    ['a native proxy', since(29, { traffic: [Traffic.istio({ sidecar: IstioSidecar.NATIVE })] })],
    ['streams', streaming],
    ['traffic to the same zone', since(31, sameZone)],
    ['an odd one', odd],
    ['everything at once', { ...pods, ...companions, ...scaled, ...balanced, externals: [...environment.externals!, ...balanced.externals!] }],
  ];
  return declarations.map(([title, props]) => [title, { ...props, kubernetesVersion }]);
}
