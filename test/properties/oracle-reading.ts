/** A plain manifest, read by someone who knows Kubernetes and nothing of the library. */
export type Manifest = Record<string, any>;

/** What manifests cannot show and the reader has to be told. */
export interface OracleOptions {
  /** The minor version of the oldest Kubernetes that takes the manifests. */
  readonly kubernetesMinor: number;
  /** Whether the team declared that every request may be executed twice. */
  readonly idempotentRetries?: boolean;
  /** The number of zones, where the team knows it. */
  readonly zones?: number;
}

/** One rolling release as its manifests describe it. Durations are in seconds. */
export interface Release {
  readonly manifests: Manifest[];
  readonly options: OracleOptions;
  readonly deployment: Manifest;
  readonly pod: Manifest;
  /** The service's own container, which is the first of the plain ones. */
  readonly container: Manifest;
  readonly facts: Facts;
  readonly preStop: number;
  readonly grace: number;
  readonly minReady: number;
  readonly replicas: { readonly min: number; readonly max: number };
}

/** What the team stated about its program. */
export interface Facts {
  readonly startsWithin: number;
  readonly longestRequest: number;
  readonly isDraining: boolean;
  readonly drain: number;
  readonly keepAlive?: number;
  readonly maxConnectionAge?: number;
  readonly poolSize?: number;
  readonly maxConnections?: number;
  readonly reservedConnections: number;
  readonly propagation: Readonly<Record<string, number>>;
}

const PREFIX = 'zero-downtime/';

export function releaseOf(manifests: Manifest[], options: OracleOptions): Release {
  const deployment = manifests.find(({ kind }) => kind === 'Deployment');
  if (!deployment) {
    throw new Error('there is no Deployment to judge');
  }
  const autoscaler = manifests.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
  const fixed = deployment.spec.replicas ?? 1;
  const pod = deployment.spec.template;
  return {
    manifests,
    options,
    deployment,
    pod,
    container: pod.spec.containers[0],
    facts: factsOf(deployment),
    preStop: sleepOf(pod.spec.containers[0]),
    grace: pod.spec.terminationGracePeriodSeconds ?? 30,
    minReady: deployment.spec.minReadySeconds ?? 0,
    replicas: { min: autoscaler?.spec.minReplicas ?? fixed, max: autoscaler?.spec.maxReplicas ?? fixed },
  };
}

function factsOf(deployment: Manifest): Facts {
  const annotations: Record<string, string> = deployment.metadata.annotations ?? {};
  const optional = (name: string) => annotations[PREFIX + name] === undefined ? undefined : Number(annotations[PREFIX + name]);
  const propagation = Object.entries(annotations)
    .filter(([key]) => key.startsWith(`${PREFIX}propagation-seconds.`))
    .map(([key, value]) => [key.slice(`${PREFIX}propagation-seconds.`.length), Number(value)]);
  return {
    startsWithin: optional('starts-within-seconds') ?? NaN,
    longestRequest: optional('longest-request-seconds') ?? NaN,
    isDraining: annotations[`${PREFIX}shutdown`] === 'drains',
    drain: optional('drain-seconds') ?? 0,
    keepAlive: optional('keep-alive-seconds'),
    maxConnectionAge: optional('max-connection-age-seconds'),
    poolSize: optional('pool-size'),
    maxConnections: optional('max-connections'),
    reservedConnections: optional('reserved-connections') ?? 0,
    propagation: Object.fromEntries(propagation),
  };
}

/** The seconds that a container's preStop hook sleeps, natively or with the image's `sleep`; none is no delay. */
export function sleepOf(container: Manifest): number {
  const hook = container.lifecycle?.preStop ?? {};
  const command: string[] = hook.exec?.command ?? [];
  const slept = /(?:^|\s)sleep (\d+)$/.exec(command.join(' '));
  return hook.sleep?.seconds ?? (slept ? Number(slept[1]) : 0);
}

/** How long something may still be in flight after no new request arrives. */
export function longestInFlight({ facts }: Release): number {
  return Math.max(facts.longestRequest, facts.maxConnectionAge ?? 0);
}

export function slowestPropagation({ facts }: Release): number {
  return Math.max(...Object.values(facts.propagation));
}

/** Kubernetes rounds a surge up and an unavailability down. */
export function surgeOf({ deployment }: Release, replicas: number): number {
  return podsOf(deployment.spec.strategy?.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil);
}

export function unavailableOf({ deployment }: Release, replicas: number): number {
  return podsOf(deployment.spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%', replicas, Math.floor);
}

function podsOf(amount: number | string, replicas: number, round: (pods: number) => number): number {
  // Whole-number arithmetic: 0.29 * 100 is not 29.
  return typeof amount === 'string' ? round(Number(amount.replace('%', '')) * replicas / 100) : amount;
}

export function ofKind({ manifests }: Release, ...kinds: string[]): Manifest[] {
  return manifests.filter(({ kind }) => kinds.includes(kind));
}

export function annotation(manifest: Manifest, name: string): string | undefined {
  return manifest.metadata?.annotations?.[name];
}

/** Seconds of `65s`, `2m` or `1m5s`. */
export function secondsOf(duration: string): number {
  const units: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit], 0);
}

/** The attributes of `a=1,b=2`, as the AWS Load Balancer Controller reads them. */
export function attributesOf(list: string | undefined): Record<string, string> {
  return Object.fromEntries((list ?? '').split(',').filter((pair) => pair.includes('=')).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  }));
}

/** A load balancer of AWS, whichever object asks for it. */
export interface AwsTargetGroup {
  readonly path: string;
  readonly manifest: Manifest;
  readonly targetType?: string;
  readonly attributes: Record<string, string>;
  readonly healthInterval: number;
  readonly healthTimeout: number;
  readonly healthPort?: string;
}

export function awsTargetGroups(release: Release): AwsTargetGroup[] {
  const albs = ofKind(release, 'Ingress').filter((ingress) => Object.keys(ingress.metadata.annotations ?? {}).some((key) => key.startsWith('alb.')));
  const nlbs = ofKind(release, 'Service').filter((service) => service.spec.type === 'LoadBalancer');
  type Names = Record<'type' | 'interval' | 'timeout' | 'port', string>;
  const group = (manifest: Manifest, path: string, prefix: string, names: Names): AwsTargetGroup => ({
    path,
    manifest,
    targetType: annotation(manifest, prefix + names.type),
    attributes: attributesOf(annotation(manifest, `${prefix}target-group-attributes`)),
    healthInterval: Number(annotation(manifest, prefix + names.interval) ?? 15),
    healthTimeout: Number(annotation(manifest, prefix + names.timeout) ?? 5),
    healthPort: annotation(manifest, prefix + names.port),
  });
  const alb = { type: 'target-type', interval: 'healthcheck-interval-seconds', timeout: 'healthcheck-timeout-seconds', port: 'healthcheck-port' };
  const nlb = { type: 'nlb-target-type', interval: 'healthcheck-interval', timeout: 'healthcheck-timeout', port: 'healthcheck-port' };
  return [
    ...albs.map((manifest) => group(manifest, 'awsLoadBalancer', 'alb.ingress.kubernetes.io/', alb)),
    ...nlbs.map((manifest) => group(manifest, 'networkLoadBalancer', 'service.beta.kubernetes.io/aws-load-balancer-', nlb)),
  ];
}
