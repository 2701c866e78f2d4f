import { annotation, attributesOf, awsTargetGroups, longestInFlight, Manifest, ofKind, Release, secondsOf } from './oracle-reading';
import { atLeast, exceeds } from './oracle-termination';

/** Conditions under which a request was surely not executed (Istio 1.23). */
const SAFE_CONDITIONS = ['connect-failure', 'refused-stream', 'reset-before-request'];

/** What must hold on the ways by which requests arrive. */
export const trafficRules = {
  /** 4: the program keeps idle connections longer than whoever may send on them. */
  'keep-alive-exceeds-idle': (release: Release) => idleTimeouts(release).flatMap(([path, idle]) =>
    exceeds('keepAlive', release.facts.keepAlive ?? NaN, `${path} idle timeout`, idle)),

  /** A load balancer ends a request that is not answered within its idle timeout. */
  'idle-timeout-exceeds-request': (release: Release) => albs(release).flatMap(({ manifest }) =>
    exceeds('idle timeout', albIdle(manifest), 'longest request', release.facts.longestRequest)),

  /** 6: stickiness wants pods as targets. */
  'stickiness-wants-ip-targets': (release: Release) => awsTargetGroups(release)
    .filter(({ attributes, targetType }) => attributes['stickiness.enabled'] === 'true' && targetType !== 'ip')
    .map(({ path, targetType }) => `${path} is sticky with target-type ${targetType}`),

  /** 5: only pods as targets have a readiness gate; instance is the controller's default. */
  'targets-are-pods': (release: Release) => awsTargetGroups(release)
    .filter(({ targetType }) => targetType !== 'ip')
    .map(({ path, targetType }) => `${path} has target-type ${targetType ?? 'instance'}`),

  /** 5: the target group exists before the pods, or the webhook gives them no readiness gate. */
  'traffic-comes-before-pods': ({ manifests, deployment }: Release) => manifests
    .filter(({ kind }) => ['Service', 'Ingress', 'ConfigMap', 'ServiceAccount', 'PodDisruptionBudget'].includes(kind))
    .filter((manifest) => manifests.indexOf(manifest) > manifests.indexOf(deployment))
    .map(({ kind, metadata }) => `${kind} ${metadata.name} comes after the Deployment`),

  /** A destination's settings come before the routes that use it. */
  'destination-comes-before-route': ({ manifests }: Release) => {
    const at = (wanted: string) => manifests.findIndex(({ kind }) => kind === wanted);
    return at('DestinationRule') > at('VirtualService') ? ['the VirtualService comes before its DestinationRule'] : [];
  },

  /** 17: a Service that publishes unready pods bypasses every probe. */
  'unready-pods-get-nothing': (release: Release) => ofKind(release, 'Service')
    .filter(({ spec }) => spec.publishNotReadyAddresses === true)
    .map(({ metadata }) => `Service ${metadata.name} publishes unready addresses`),

  /** 16: traffic kept in its zone wants two pods in each, and a cluster that knows the field. */
  'same-zone-has-two-pods': (release: Release) => ofKind(release, 'Service').filter(({ spec }) => spec.trafficDistribution !== undefined)
    .flatMap(() => [
      ...atLeast('fewest replicas', release.replicas.min, 'two in each zone', 2 * (release.options.zones ?? Infinity)),
      ...atLeast('Kubernetes 1.', release.options.kubernetesMinor, 'trafficDistribution', 31),
    ]),

  /** 18: (1 + attempts) × perTryTimeout ≤ timeout, or the last try never happens. */
  'retries-fit-the-timeout': (release: Release) => istioRoutes(release).filter(({ retries, timeout }) => retries?.perTryTimeout && timeout)
    .flatMap(({ retries, timeout }) =>
      atLeast('timeout', secondsOf(timeout), '(1 + attempts) × perTryTimeout', (1 + retries.attempts) * secondsOf(retries.perTryTimeout))),

  /** 18: one try may take as long as the longest request, or a stream; its answer must still get through. */
  'tries-cover-requests': (release: Release) => istioRoutes(release).filter(({ retries }) => retries?.perTryTimeout)
    .flatMap(({ retries }) => atLeast('perTryTimeout', secondsOf(retries.perTryTimeout), 'longest request or connection + 5', longestInFlight(release) + 5)),

  /** 18: only what was surely not executed is repeated. Without the field, Istio repeats twice under its own conditions. */
  'retries-are-safe': (release: Release) => release.options.idempotentRetries ? [] : istioRoutes(release).flatMap(({ retries }) => {
    if (retries?.attempts === 0) {
      return [];
    }
    const conditions: string[] = (retries?.retryOn ?? 'connect-failure,refused-stream,unavailable,cancelled').split(',');
    return conditions.filter((condition) => !SAFE_CONDITIONS.includes(condition)).map((condition) => `${condition} may repeat what was executed`);
  }),

  /** What every proxy on the way allows a request is more than the request may take. */
  'route-timeouts-exceed-requests': (release: Release) => routeTimeouts(release).flatMap(([path, seconds]) =>
    exceeds(`${path} timeout`, seconds, 'longest request or connection', longestInFlight(release))),

  /** Istio's webhook refuses a VirtualService whose hosts cover each other. */
  'route-hosts-are-apart': (release: Release) => ofKind(release, 'VirtualService').flatMap(({ spec }) => (spec.hosts as string[])
    .filter((host, i) => spec.hosts.some((other: string, k: number) => k !== i && covers(other, host)))
    .map((host) => `VirtualService host ${host} is covered by another`)),

  /** AWS takes these protocols on listeners with TLS only, and ingress-nginx serves HTTP/2, hence gRPC, over TLS only. */
  'http2-comes-over-tls': (release: Release) => ofKind(release, 'Ingress').filter((ingress) =>
    (['HTTP2', 'GRPC'].includes(annotation(ingress, 'alb.ingress.kubernetes.io/backend-protocol-version') ?? '')
      && annotation(ingress, 'alb.ingress.kubernetes.io/certificate-arn') === undefined)
    || (annotation(ingress, 'nginx.ingress.kubernetes.io/backend-protocol') === 'GRPC' && (ingress.spec.tls ?? []).length === 0))
    .map(({ metadata }) => `Ingress ${metadata.name} takes HTTP/2 without TLS`),

  /** AWS refuses a health check whose timeout is not below its interval. */
  'health-checks-end-in-time': (release: Release) => awsTargetGroups(release).flatMap(({ path, healthInterval, healthTimeout }) =>
    exceeds(`${path} health interval`, healthInterval, 'timeout', healthTimeout)),

  /** A resolver that keeps an address for long sends requests to a load balancer that is gone. */
  'dns-is-fresh': ({ manifests }: Release) => manifests.flatMap((manifest) =>
    atLeast('one minute', 60, 'DNS lifetime', Number(annotation(manifest, 'external-dns.alpha.kubernetes.io/ttl') ?? 0))),
};

/** Whether every name of one host of a mesh is a name of the other, whose first label may be `*`. */
export function covers(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.startsWith('*') && narrow.endsWith(wide.slice(1)));
}

function albs(release: Release) {
  return awsTargetGroups(release).filter(({ path }) => path === 'awsLoadBalancer');
}

/** AWS closes after 60 seconds where nothing is said. */
function albIdle(ingress: Manifest): number {
  return Number(attributesOf(annotation(ingress, 'alb.ingress.kubernetes.io/load-balancer-attributes'))['idle_timeout.timeout_seconds'] ?? 60);
}

function idleTimeouts(release: Release): Array<[string, number]> {
  return [
    ...albs(release).map(({ manifest }): [string, number] => ['awsLoadBalancer', albIdle(manifest)]),
    ...ofKind(release, 'DestinationRule').map(({ spec }): [string, number] =>
      ['istio', secondsOf(spec.trafficPolicy?.connectionPool?.http?.idleTimeout ?? '1h')]),
  ];
}

function istioRoutes(release: Release): Manifest[] {
  return ofKind(release, 'VirtualService').flatMap(({ spec }) => spec.http ?? []);
}

/** Envoy sets no limit where a route says nothing, nginx waits 60 seconds, and a Gateway depends on its maker. */
function routeTimeouts(release: Release): Array<[string, number]> {
  const nginx = ofKind(release, 'Ingress').filter(({ metadata }) => Object.keys(metadata.annotations ?? {}).some((key) => key.startsWith('nginx.')));
  return [
    ...istioRoutes(release).filter(({ timeout }) => timeout).map(({ timeout }): [string, number] => ['istio', secondsOf(timeout)]),
    ...nginx.map((ingress): [string, number] => ['ingressNginx', Number(annotation(ingress, 'nginx.ingress.kubernetes.io/proxy-read-timeout') ?? 60)]),
    ...ofKind(release, 'HTTPRoute').flatMap(({ spec }) => spec.rules ?? []).filter(({ timeouts }) => timeouts?.request)
      .map(({ timeouts }): [string, number] => ['httpRoute', secondsOf(timeouts.request)]),
  ];
}
