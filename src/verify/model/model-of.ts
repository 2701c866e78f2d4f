import { hookHoldingBack } from '../../checks/shutdown';
import type { Container } from '../../cluster/container';
import { DEFAULT_DRAIN_SECONDS, DEFAULT_TERMINATION_DRAIN_SECONDS, proxyConfigOf, saysNativeSidecar } from '../../cluster/istio-proxy-config';
import { hasIstioSidecar } from '../../cluster/mesh';
import { runningContainersOf } from '../../cluster/pod-template';
import { budgetSecondsOf, type Probe } from '../../cluster/probe';
import type { Budget, Interval, StartModel, Strategy, TerminationModel, WorkloadModel } from '../workload-model';
import { wordOf, type Supposition } from './alternatives';
import type { Subject } from './subject';
import { wayInModelOf } from './way-in-model';

/** The model of a workload, with what nobody has said supposed. */
export function modelOf(subject: Subject, supposed: Supposition): WorkloadModel {
  const { workload, assumptions } = subject;
  return {
    workload: `${workload.kind} ${workload.namespace}/${workload.name}`,
    replicas: replicasOf(subject),
    strategy: strategyOf(subject),
    minReadySeconds: workload.minReadySeconds,
    progressDeadlineSeconds: workload.progressDeadlineSeconds,
    start: startOf(subject),
    termination: terminationOf(subject, supposed),
    longestRequestSeconds: assumptions.numberOf('longest-request-seconds'),
    keptConnections: assumptions.word('kept-connections') === 'closed' ? 'closed' : 'announced',
    keepAliveSeconds: assumptions.number('keep-alive-seconds'),
    budget: budgetOf(subject),
    evictions: assumptions.numberOf('evictions'),
    requiredReady: assumptions.numberOf('required-ready'),
    waysIn: subject.ways.map((way) => wayInModelOf(subject, way, supposed)),
  };
}

function replicasOf({ workload, relations, assumptions }: Subject): WorkloadModel['replicas'] {
  if (workload.kind === 'DaemonSet') {
    const nodes = assumptions.numberOf('nodes');
    return { min: nodes, max: nodes };
  }
  return relations.replicasOf(workload);
}

/** KEDA may take the last pod away; what follows is judged as for any number. */
function strategyOf({ workload, relations }: Subject): Strategy {
  const { type, maxSurge, maxUnavailable, field } = workload.strategy;
  switch (type) {
    case 'Recreate':
      return { kind: 'recreate' };
    case 'blueGreen':
      return { kind: 'switchOver', scaleDownDelaySeconds: field.get('blueGreen', 'scaleDownDelaySeconds').amount() ?? 30 };
    case 'canary':
      return field.get('canary', 'trafficRouting').exists
        ? { kind: 'switchOver', scaleDownDelaySeconds: field.get('canary', 'scaleDownDelaySeconds').amount() ?? 30 }
        : { kind: 'rollingUpdate', maxSurge, maxUnavailable };
    default: {
      const withoutSurge = maxSurge === 0 || relations.replicasOf(workload).max === 0;
      return workload.kind === 'Deployment' || (workload.kind === 'DaemonSet' && !withoutSurge)
        ? { kind: 'rollingUpdate', maxSurge, maxUnavailable }
        // A StatefulSet's own maxUnavailable is behind a feature gate that is off by default, up to 1.36 at least.
        : { kind: 'oneByOne', maxUnavailable: workload.kind === 'StatefulSet' ? 1 : maxUnavailable };
    }
  }
}

function startOf({ workload, assumptions, serving }: Subject): StartModel {
  const startup = serving.map((each) => each.startup).find((probe): probe is Probe => probe !== undefined);
  const longest = assumptions.tryFind('starts-within-seconds');
  const useBudget = startup !== undefined && longest?.origin === 'default';
  const start = useBudget ? budgetSecondsOf(startup) : assumptions.numberOf('starts-within-seconds');
  const atLeast = assumptions.numberOf('starts-after-seconds');
  const gated = serving.length > 0 && serving.every((each) => each.readiness !== undefined || each.startup !== undefined);
  return {
    // Without a probe a pod is ready when its container runs: what comes before that is no time in which it is sent requests.
    // A startup probe may give a program less time than it is assumed to take at the least.
    accepts: { atLeast, atMost: Math.max(atLeast, (gated ? assumptions.numberOf('schedule-seconds') : 0) + start) },
    gated,
    noticedWithinSeconds: Math.max(0, ...runningContainersOf(workload.template).map((container) => noticedWithin(container, atLeast)))
      + (workload.template.initContainers.length > 0 ? 1 : 0),
  };
}

/** A readiness probe begins when the startup probe has succeeded; the delay of either may be longer than the start. */
function noticedWithin({ startup, readiness }: Container, earliestStart: number): number {
  return [startup, readiness].reduce((sum, probe) => sum
    + (probe ? Math.max(0, probe.initialDelaySeconds - earliestStart) + probe.periodSeconds * probe.successThreshold : 0), 0);
}

function terminationOf(subject: Subject, supposed: Supposition): TerminationModel {
  const { workload, assumptions } = subject;
  const longestRequest = assumptions.numberOf('longest-request-seconds');
  return {
    gracePeriodSeconds: workload.template.terminationGracePeriodSeconds,
    preStop: preStopOf(subject, supposed),
    kubeletSeconds: assumptions.numberOf('kubelet-seconds'),
    shutdown: wordOf(assumptions, supposed, 'shutdown') === 'exits-at-once' ? 'exitsAtOnce' : 'drains',
    drainSeconds: assumptions.number('drain-seconds') ?? longestRequest,
    proxy: proxyOf(subject, supposed),
  };
}

/** The hook of whichever serving container ends first. */
function preStopOf({ serving, workload, assumptions }: Subject, supposed: Supposition): Interval {
  const unreadable = assumptions.number('pre-stop-seconds') ?? Number(supposed.get('pre-stop-seconds') ?? 0);
  const hooks = serving.map((container) => hookHoldingBack(container, workload.template));
  const lengths = hooks.map((hook) => hook ? hook.sleepSeconds ?? unreadable : 0);
  const shortest = lengths.length === 0 ? 0 : Math.min(...lengths);
  return { atLeast: shortest, atMost: shortest };
}

/** A plain sidecar gets SIGTERM at the pod's deletion, whatever hook the program has. */
function proxyOf({ workload, relations, assumptions }: Subject, supposed: Supposition): TerminationModel['proxy'] {
  const { template } = workload;
  if (!hasIstioSidecar(relations.cluster, workload)) {
    return undefined;
  }
  const isNative = saysNativeSidecar(template) ?? wordOf(assumptions, supposed, 'istio-sidecar') === 'native';
  if (isNative) {
    return undefined;
  }
  const config = proxyConfigOf(template);
  const hook = template.containers.find(({ name }) => name === 'istio-proxy')?.preStop?.sleepSeconds ?? 0;
  const listens = config.drainSeconds ?? DEFAULT_DRAIN_SECONDS;
  const ends = config.exitsOnZeroConnections
    ? template.terminationGracePeriodSeconds
    : hook + (config.terminationDrainSeconds ?? DEFAULT_TERMINATION_DRAIN_SECONDS);
  // With no connection left Envoy goes after the minimum, though a new connection may still be on its way.
  const accepts = config.exitsOnZeroConnections ? Math.min(listens, config.minimumDrainSeconds) : Math.min(listens, ends - hook);
  return { acceptsSeconds: hook + Math.floor(accepts), endsSeconds: Math.floor(ends) };
}

/** Where several budgets cover a pod the eviction API refuses every eviction. */
function budgetOf({ workload, relations }: Subject): Budget | undefined {
  const budgets = relations.budgetsOf(workload);
  if (budgets.length > 1) {
    return { maxUnavailable: 0 };
  }
  const [budget] = budgets;
  if (budget?.minAvailable !== undefined) {
    return { minAvailable: budget.minAvailable };
  }
  return budget?.maxUnavailable === undefined ? undefined : { maxUnavailable: budget.maxUnavailable };
}
