import { IstioRetries, IstioSidecar, KubernetesVersion, Protocol, Replicas, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { found, health, Illegal, seconds } from './illegal';

const HOSTS: Illegal[] = ['https://a.b', 'a.b:80', 'a.b/c', 'A.b', '', '*', 'a.*.b', '-a.b'].flatMap((host) => [
  found(`the ALB host ${JSON.stringify(host)}`, /awsLoadBalancer.*host/, () => ({ protocol: Protocol.HTTP, health, traffic: [Traffic.awsLoadBalancer({ hosts: [host] })] })),
  found(`the NLB host ${JSON.stringify(host)}`, /networkLoadBalancer.*host/, () => ({ protocol: Protocol.HTTP, health, traffic: [Traffic.networkLoadBalancer({ hosts: [host] })] })),
  found(`the nginx host ${JSON.stringify(host)}`, /ingressNginx.*host/, () => ({ protocol: Protocol.HTTP, traffic: [Traffic.ingressNginx({ hosts: [host] })] })),
  found(`the Istio host ${JSON.stringify(host)}`, /istio.*host/, () => ({ traffic: [Traffic.istio({ hosts: [host] })] })),
  found(`the route's host ${JSON.stringify(host)}`, /httpRoute.*host/, () => ({ traffic: [Traffic.httpRoute({ gateways: [{ name: 'g' }], hosts: [host] })] })),
]);

/** The API server refuses the detours and the escaped slashes in an Ingress, and the Gateway API in a route. */
const ROUTE_PATHS: Illegal[] = ['', 'a', '/a b', '/a//b', '/a/../b', '/a/.', '/./a', '/a/..', '/a%2Fb', '/a%2fb', '/a%5Cb', '/a?b'].flatMap((path) => [
  found(`the ALB path ${JSON.stringify(path)}`, /awsLoadBalancer.*path/, () => ({ protocol: Protocol.HTTP, health, traffic: [Traffic.awsLoadBalancer({ path })] })),
  found(`the nginx path ${JSON.stringify(path)}`, /ingressNginx.*path/, () => ({ protocol: Protocol.HTTP, traffic: [Traffic.ingressNginx({ hosts: ['a.b'], path })] })),
  found(`the route's path ${JSON.stringify(path)}`, /httpRoute.*path/, () => ({ traffic: [Traffic.httpRoute({ gateways: [{ name: 'g' }], path })] })),
]);

const ALB: Array<[string, RegExp, Parameters<typeof Traffic.awsLoadBalancer>[0]]> = [
  ['deregisters before a request is over', /deregistrationDelay/, { deregistrationDelay: seconds(29) }],
  ['deregisters in more than an hour', /deregistrationDelay/, { deregistrationDelay: seconds(3601) }],
  ['is idle for less than a request', /idleTimeout/, { idleTimeout: seconds(30) }],
  ['is idle for longer than AWS allows', /idleTimeout/, { idleTimeout: seconds(4001) }],
  ['starts slowly too fast', /slowStart/, { slowStart: seconds(29) }],
  ['starts slowly too slowly', /slowStart/, { slowStart: seconds(901) }],
  ['keeps sessions for more than a week', /stickiness/, { stickiness: seconds(604_801) }],
  ['is looked up for longer than a minute', /dnsTtl/, { dnsTtl: seconds(61) }],
  ['asks too often', /healthCheck.interval/, { healthCheck: { interval: seconds(4) } }],
  ['waits longer than it asks', /healthCheck.timeout/, { healthCheck: { interval: seconds(10), timeout: seconds(10) } }],
  ['waits for more than two minutes', /healthCheck.timeout/, { healthCheck: { interval: seconds(300), timeout: seconds(121) } }],
  ['wants one and a half successes', /healthyThreshold/, { healthCheck: { healthyThreshold: 2.5 } }],
  ['wants one success', /healthyThreshold/, { healthCheck: { healthyThreshold: 1 } }],
  ['wants eleven failures', /unhealthyThreshold/, { healthCheck: { unhealthyThreshold: 11 } }],
  ['is given an annotation that is derived', /target-type/, { annotations: { 'alb.ingress.kubernetes.io/target-type': 'instance' } }],
  ['is given an annotation that Kubernetes refuses', /annotation/, { annotations: { 'a b': 'x' } }],
];

const ISTIO: Array<[string, RegExp, () => Parameters<typeof Traffic.istio>[0]]> = [
  ['has no time for its retries', /timeout/, () => ({ timeout: seconds(104) })],
  ['gives a try less than a request', /perTryTimeout/, () => ({ retries: IstioRetries.safe({ perTryTimeout: seconds(34) }) })],
  ['may eject every pod', /maxEjectionPercent/, () => ({ outlierEjection: { maxEjectionPercent: 100 } })],
  ['ejects more than all', /maxEjectionPercent/, () => ({ outlierEjection: { maxEjectionPercent: 101 } })],
  ['may eject the other of two', /maxEjectionPercent/, () => ({ outlierEjection: { maxEjectionPercent: 67 } })],
  ['ejects without an error', /consecutiveErrors/, () => ({ outlierEjection: { consecutiveErrors: 0 } })],
  ['ends its proxy before the program', /terminationDrainDuration/, () => ({ terminationDrainDuration: seconds(44) })],
  ['closes listeners before its proxy ends', /drainDuration/, () => ({ drainDuration: seconds(10) })],
  ['ends a proxy that does not read it', /terminationDrainDuration/, () => ({ sidecar: IstioSidecar.NATIVE, terminationDrainDuration: seconds(3000) })],
  ['closes listeners of a proxy that does not read it', /drainDuration/, () => ({ sidecar: IstioSidecar.NATIVE, drainDuration: seconds(3000) })],
  ['has a host twice', /istio.host/, () => ({ hosts: ['a.b.c', 'a.b.c'] })],
  ['has a host that another covers', /istio.host/, () => ({ hosts: ['a.b.c', '*.b.c'] })],
  ['has a wildcard that another covers', /istio.host/, () => ({ hosts: ['*.c', '*.b.c'] })],
  ['names a gateway that is none', /gateway/, () => ({ hosts: ['a.b'], gateways: ['a/b/c'] })],
];

/** A declaration of fixed times, so that the bounds in the tables above are the ones that are missed by one. */
const PLAIN: Partial<ZeroDowntimeServiceProps> = {
  longestRequest: seconds(30),
  maxConnectionAge: undefined,
  nodeDrainTimeout: seconds(3600),
  kubernetesVersion: KubernetesVersion.V1_30,
  shutdown: undefined,
  keepAliveTimeout: undefined,
  protocol: undefined,
  health,
  replicas: Replicas.fixed(3),
  rollout: undefined,
  overrides: undefined,
};

const WAYS: Illegal[] = [
  ...ALB.map(([title, field, options]) => found(`a load balancer that ${title}`, field, () => ({ ...PLAIN, traffic: [Traffic.awsLoadBalancer(options)] }))),
  ...ISTIO.map(([title, field, options]) => found(`a mesh that ${title}`, field, () => ({ ...PLAIN, traffic: [Traffic.istio(options())] }))),
  found('nginx that waits less than a request', /readTimeout/, () => ({ ...PLAIN, traffic: [Traffic.ingressNginx({ hosts: ['a.b'], readTimeout: seconds(30) })] })),
  found('a Gateway that waits less than a request', /requestTimeout/, () => ({ ...PLAIN, traffic: [Traffic.httpRoute({ gateways: [{ name: 'g' }], requestTimeout: seconds(30) })] })),
  found('a Gateway that ends connections before their time', /requestTimeout/, () => ({
    ...PLAIN,
    maxConnectionAge: seconds(90),
    traffic: [Traffic.httpRoute({ gateways: [{ name: 'g' }], requestTimeout: seconds(60) })],
  })),
  ...[[96], [105, IstioRetries.none()]].map(([amount, retries]) => found(`a mesh that ends streams, with ${retries ? 'no' : 'its'} retries`, /istio.timeout/, () => ({
    ...PLAIN, maxConnectionAge: seconds(90), traffic: [Traffic.istio({ timeout: seconds(amount as number), retries: retries as never })],
  }))),
  found('a mesh that ends a try of a stream', /perTryTimeout/, () => ({
    ...PLAIN, maxConnectionAge: seconds(90), traffic: [Traffic.istio({ retries: IstioRetries.safe({ perTryTimeout: seconds(95) }) })],
  })),
  found('a mesh with a share for the most replicas only', /maxEjectionPercent/, () => ({
    ...PLAIN, replicas: Replicas.autoscaled({ min: 3, max: 20 }), traffic: [Traffic.istio({ outlierEjection: { maxEjectionPercent: 80 } })],
  })),
  found('a mesh with a native proxy on Kubernetes 1.28', /NATIVE/, () => ({
    ...PLAIN, hasShell: true, kubernetesVersion: KubernetesVersion.of('1.28'), traffic: [Traffic.istio({ sidecar: IstioSidecar.NATIVE })],
  })),
  found('a mesh with the service\'s own name', /istio.host "shop-api"/, () => ({ ...PLAIN, name: 'shop-api', traffic: [Traffic.istio({ hosts: ['shop-api'] })] })),
  ...['proxy.istio.io/config', 'sidecar.istio.io/nativeSidecar'].map((key) => found(`a mesh beside the annotation ${key}`, new RegExp(`podAnnotations "${key}"`), () => ({
    ...PLAIN, podAnnotations: { [key]: 'true' }, traffic: [Traffic.istio()],
  }))),
  found('affinity for more than a day', /clientIpAffinity/, () => ({ ...PLAIN, traffic: [Traffic.clusterInternal({ clientIpAffinity: seconds(86_401) })] })),
];

export const ILLEGAL_TRAFFIC: readonly Illegal[] = [...HOSTS, ...ROUTE_PATHS, ...WAYS];
