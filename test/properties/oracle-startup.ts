import { awsTargetGroups, Manifest, Release } from './oracle-reading';
import { atLeast, exceeds } from './oracle-termination';

/** What must hold from a pod's creation until it counts as available. */
export const startupRules = {
  /** A pod without a readiness probe takes requests before it can serve; one without a startup probe is restarted. */
  'probes-exist': ({ container }: Release) => ['startupProbe', 'readinessProbe', 'livenessProbe']
    .filter((probe) => container[probe] === undefined)
    .map((probe) => `${probe} is missing`),

  /** 9: a question asked startsWithin after the container's start must not be the last failing one. The first comes at once. */
  'startup-budget-covers-start': ({ container, facts }: Release) => {
    const { period, threshold, delay } = rhythm(container.startupProbe);
    return atLeast('startup probe (threshold − 1) × period', delay + (threshold - 1) * period, 'startsWithin', facts.startsWithin);
  },

  /** 9: progressDeadline > startup budget + first check of every load balancer + minReady. */
  'progress-deadline-covers-start': (release: Release) => {
    const { period, threshold, delay } = rhythm(release.container.startupProbe);
    const firstChecks = awsTargetGroups(release).map(({ healthInterval }) => healthInterval);
    const required = delay + period * threshold + Math.max(0, ...firstChecks) + release.minReady;
    return exceeds('progressDeadline', release.deployment.spec.progressDeadlineSeconds ?? 600, 'startup budget + first check + minReady', required);
  },

  /** A pod that flaps must lose its readiness before it counts as available. */
  'min-ready-sees-flapping': ({ container, minReady }: Release) => {
    const { period, threshold } = rhythm(container.readinessProbe);
    return atLeast('minReady', minReady, 'readiness period × threshold', period * threshold);
  },

  /** A path without a readiness gate must know the new pod before the old one goes. */
  'min-ready-covers-propagation': ({ facts, minReady }: Release) => Object.entries(facts.propagation)
    .filter(([path]) => path !== 'awsLoadBalancer' && path !== 'networkLoadBalancer')
    .flatMap(([path, seconds]) => atLeast('minReady', minReady, `${path} propagation`, seconds)),

  /**
   * The earliest restart comes no sooner than the latest loss of readiness, else a program is killed while it is sent
   * requests. The first failing liveness question may come at once, the first failing readiness question a period later.
   */
  'liveness-is-slower': ({ container }: Release) => {
    const live = rhythm(container.livenessProbe);
    const ready = rhythm(container.readinessProbe);
    return atLeast('liveness period × (threshold − 1)', live.period * (live.threshold - 1),
      'readiness period × threshold', ready.period * ready.threshold);
  },

  /** A timeout longer than the period delays the next question. */
  'probe-timeouts-fit': ({ container }: Release) => ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((name) => {
    const { period, timeout } = rhythm(container[name]);
    return [...atLeast(`${name} period`, period, 'timeout', timeout), ...atLeast(`${name} timeout`, timeout, 'one second', 1)];
  }),
};

/** Kubernetes' own defaults where a probe says nothing. */
function rhythm(probe: Manifest = {}) {
  return {
    delay: probe.initialDelaySeconds ?? 0,
    period: probe.periodSeconds ?? 10,
    timeout: probe.timeoutSeconds ?? 1,
    threshold: probe.failureThreshold ?? 3,
  };
}
