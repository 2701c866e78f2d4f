import { annotation, awsTargetGroups, longestInFlight, Manifest, ofKind, Release, secondsOf, sleepOf, slowestPropagation } from './oracle-reading';

/** The time that a program which has ended its drain may need until it has exited (the facts ask for at least this). */
const MARGIN = 5;

/** What must hold from a pod's deletion until its end. Numbers are those of the facts' table of inequalities. */
export const terminationRules = {
  /** 1: S ≥ P, or requests go to a program that has stopped. P is the slowest path's. */
  'preStop-covers-propagation': (release: Release) => {
    const required = slowestPropagation(release) + (release.facts.isDraining ? 0 : longestInFlight(release));
    return atLeast('preStop', release.preStop, 'slowest propagation (and what is in flight, where SIGTERM ends it)', required);
  },

  /** 2: D ≥ R, or the program gives up on requests that it promised to end. */
  'drain-covers-requests': (release: Release) =>
    release.facts.isDraining ? atLeast('drain', release.facts.drain, 'longest request or connection', longestInFlight(release)) : [],

  /** 2: G ≥ S + D + ε, or SIGKILL ends requests. */
  'grace-covers-drain': ({ grace, preStop, facts }: Release) =>
    atLeast('grace', grace, 'preStop + drain + 5', preStop + facts.drain + MARGIN),

  /** 2: S < G strictly: the API server takes S = G, which leaves nothing for SIGTERM. */
  'grace-exceeds-preStop': ({ grace, preStop }: Release) => exceeds('grace', grace, 'preStop', preStop),

  /** 3: dereg ≥ R, or the load balancer cuts what it has sent. */
  'deregistration-covers-requests': (release: Release) => awsTargetGroups(release).flatMap(({ path, attributes }) =>
    atLeast(`${path} deregistration delay`, deregistration(attributes), 'longest request or connection', longestInFlight(release))),

  /** 3: G ≥ P + dereg + ε, or the load balancer keeps connections to a pod that is gone. */
  'grace-covers-deregistration': (release: Release) => awsTargetGroups(release).flatMap(({ path, attributes }) =>
    atLeast('grace', release.grace, `${path} propagation + deregistration delay + 5`,
      (release.facts.propagation[path] ?? NaN) + deregistration(attributes) + MARGIN)),

  /** 7: S + D ≤ terminationDrainDuration, or a plain sidecar ends while the program still serves. */
  'istio-proxy-outlives-program': (release: Release) => istioDrain(release, ({ termination }) =>
    atLeast('terminationDrainDuration', termination, 'preStop + drain', release.preStop + release.facts.drain)),

  /** 7: terminationDrainDuration < G, or the proxy is killed in the middle of its drain. */
  'istio-proxy-ends-in-grace': (release: Release) => istioDrain(release, ({ termination }) =>
    exceeds('grace', release.grace, 'terminationDrainDuration', termination)),

  /** 7: terminationDrainDuration ≤ drainDuration, or listeners close while the proxy still serves. */
  'istio-listeners-outlive-proxy': (release: Release) => istioDrain(release, ({ termination, drain }) =>
    atLeast('drainDuration', drain, 'terminationDrainDuration', termination)),

  /** 8: the sleep action is on by default from Kubernetes 1.30; before, the hook fails and there is no delay at all. */
  'sleep-action-is-known': ({ pod, options }: Release) => containersOf(pod)
    .filter(({ lifecycle }) => lifecycle?.preStop?.sleep !== undefined && options.kubernetesMinor < 30)
    .map(({ name }) => `container ${name} uses the sleep action on Kubernetes 1.${options.kubernetesMinor}`),

  /** A plain sidecar gets SIGTERM when the program's preStop hook starts, so its own hook must hold it for S + D. */
  'plain-sidecar-outlives-program': (release: Release) => release.pod.spec.containers.slice(1).flatMap((sidecar: Manifest) => [
    ...atLeast(`preStop of ${sidecar.name}`, sleepOf(sidecar), 'preStop + drain', release.preStop + release.facts.drain),
    ...exceeds('grace', release.grace, `preStop of ${sidecar.name}`, sleepOf(sidecar)),
  ]),

  /** KEP-753: an init container that always restarts is on by default from Kubernetes 1.29; before, it blocks the start. */
  'native-sidecar-is-known': ({ pod, options }: Release) => options.kubernetesMinor >= 29 ? [] : [
    ...(pod.spec.initContainers ?? []).filter(({ restartPolicy }: Manifest) => restartPolicy === 'Always')
      .map(({ name }: Manifest) => `init container ${name} always restarts on Kubernetes 1.${options.kubernetesMinor}`),
    ...(annotation(pod, 'sidecar.istio.io/nativeSidecar') === 'true' ? [`the proxy is a native sidecar on Kubernetes 1.${options.kubernetesMinor}`] : []),
  ],

  /** 20: the age told to the program, with 10 % of jitter and one more request, ends within the stated bound. */
  'told-age-keeps-the-bound': ({ container, facts }: Release) => {
    const told = container.env?.find(({ name }: Manifest) => name === 'ZERO_DOWNTIME_MAX_CONNECTION_AGE_SECONDS');
    return told === undefined || facts.maxConnectionAge === undefined ? []
      : [...atLeast('maxConnectionAge', facts.maxConnectionAge, 'told age × 1.1 + longest request', Number(told.value) * 11 / 10 + facts.longestRequest), ...exceeds('told age', Number(told.value), 'nothing', 0)];
  },
};

export function atLeast(name: string, value: number, boundName: string, bound: number): string[] {
  return value >= bound ? [] : [`${name} ${value} must be ≥ ${boundName} ${bound}`];
}

export function exceeds(name: string, value: number, boundName: string, bound: number): string[] {
  return value > bound ? [] : [`${name} ${value} must be > ${boundName} ${bound}`];
}

function containersOf(pod: Manifest): Manifest[] {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
}

/** AWS waits 300 seconds where nothing is said. */
function deregistration(attributes: Record<string, string>): number {
  return Number(attributes['deregistration_delay.timeout_seconds'] ?? 300);
}

/** A native sidecar reads neither duration; a plain one ends after 5 and stops listening after 45 seconds by default. */
function istioDrain(release: Release, judge: (durations: { termination: number; drain: number }) => string[]): string[] {
  const isNative = annotation(release.pod, 'sidecar.istio.io/nativeSidecar') === 'true';
  if (isNative || ofKind(release, 'VirtualService', 'DestinationRule').length === 0) {
    return [];
  }
  const config = JSON.parse(annotation(release.pod, 'proxy.istio.io/config') ?? '{}');
  return judge({ termination: secondsOf(config.terminationDrainDuration ?? '5s'), drain: secondsOf(config.drainDuration ?? '45s') });
}
