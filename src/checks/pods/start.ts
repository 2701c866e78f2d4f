import type { Container } from '../../cluster/container';
import { runningContainersOf } from '../../cluster/pod-template';
import type { Probe } from '../../cluster/probe';
import { budgetSecondsOf } from '../../cluster/probe';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';

const KEY = 'starts-within-seconds';

/** How long a program may take to start, where somebody says so; the default is nobody's word. */
export function saidStartOf({ assumptionsOf }: RuleContext, workload: Workload): number | undefined {
  const assumptions = assumptionsOf(workload);
  const said = assumptions.tryFind(KEY);
  return said === undefined || said.origin === 'default' ? undefined : assumptions.numberOf(KEY);
}

/** The container that the start is about: the first that is not there to help another. */
export function startingContainerOf({ template }: Workload): Container | undefined {
  return template.containers[0];
}

/** After how many seconds a program that does not answer yet may have failed often enough: the first question may come at once. */
export function failedAfterSecondsOf({ initialDelaySeconds, failureThreshold, periodSeconds }: Probe): number {
  return initialDelaySeconds + (failureThreshold - 1) * periodSeconds;
}

/** How long probes let a pod's containers take to become ready; 0 where they say nothing about it. */
export function allowedStartOf({ template }: Workload): number {
  return Math.max(0, ...runningContainersOf(template).map(({ startup, readiness }) =>
    Math.max(startup === undefined ? 0 : budgetSecondsOf(startup), readiness?.initialDelaySeconds ?? 0)));
}

/** How often a probe asks, as messages say it. */
export function rhythmText({ initialDelaySeconds, failureThreshold, periodSeconds }: Probe): string {
  const delay = initialDelaySeconds === 0 ? '' : `initialDelaySeconds ${initialDelaySeconds}, `;
  return `${delay}failureThreshold ${failureThreshold}, periodSeconds ${periodSeconds}`;
}
