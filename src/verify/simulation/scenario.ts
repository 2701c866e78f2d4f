import type { Random } from './random';
import type { WorkloadModel } from '../workload-model';

/** What befalls a workload in one run. */
export type Scenario = 'release' | 'releaseWithEvictions' | 'secondChange' | 'rollback' | 'scaleDown' | 'singleDeletion';

/** A change from outside, at a time (milliseconds) or as soon as so much has happened to the pods. */
export interface Disturbance {
  readonly kind: 'release' | 'eviction' | 'scale';
  /** The version asked for, or the replicas. */
  readonly to: number;
  readonly at?: number;
  readonly afterSteps?: number;
}

/** Which scenarios a model allows: evictions only as many as it says, autoscaling only within its bounds. */
export function scenariosOf({ evictions, replicas }: WorkloadModel): readonly Scenario[] {
  return [
    'release', 'secondChange', 'rollback',
    ...(evictions > 0 ? ['releaseWithEvictions', 'singleDeletion'] as const : []),
    ...(replicas.max > replicas.min ? ['scaleDown'] as const : []),
  ];
}

/** How a run begins and what comes in its way. */
export interface Course {
  readonly scenario: Scenario;
  readonly replicas: number;
  readonly disturbances: readonly Disturbance[];
}

/** Draws the course of one run. */
export function drawCourse(model: WorkloadModel, scenario: Scenario, random: Random): Course {
  const { min, max } = model.replicas;
  if (scenario === 'scaleDown') {
    const replicas = oneOf(random, min + 1, max);
    return { scenario, replicas, disturbances: [{ kind: 'scale', to: oneOf(random, min, replicas - 1), at: 0 }] };
  }
  const replicas = oneOf(random, min, max);
  if (scenario === 'singleDeletion') {
    return { scenario, replicas, disturbances: [{ kind: 'eviction', to: 0, at: 0 }] };
  }
  const amid = (count: number, kind: Disturbance['kind'], to: () => number): Disturbance[] =>
    Array.from({ length: count }, () => ({ kind, to: to(), ...drawMoment(model, replicas, random) }));
  const isChanged = scenario === 'secondChange' || scenario === 'rollback';
  return {
    scenario,
    replicas,
    disturbances: [
      { kind: 'release', to: 1, at: 0 },
      ...amid(scenario === 'secondChange' ? 1 : 0, 'release', () => 2),
      ...amid(scenario === 'rollback' ? 1 : 0, 'release', () => 0),
      ...amid(scenario === 'releaseWithEvictions' ? random.between(1, model.evictions) : 0, 'eviction', () => 0),
      // An autoscaler takes back what it has added only after minutes; and a person does not change a release while it moves.
      ...amid(max > min && !isChanged ? random.between(0, 1) : 0, 'scale', () => oneOf(random, min, max)),
    ],
  };
}

/** Often one of the ends. */
function oneOf(random: Random, least: number, most: number): number {
  return random.pick([least, most, random.between(least, most)]);
}

/** Half of the moments fall together with something that happens to a pod. */
function drawMoment(model: WorkloadModel, replicas: number, random: Random): Pick<Disturbance, 'at' | 'afterSteps'> {
  if (random.chance(0.5)) {
    return { afterSteps: random.between(1, 3 * replicas) };
  }
  const { start, minReadySeconds, termination } = model;
  const turn = start.accepts.atMost + start.noticedWithinSeconds + minReadySeconds + 1;
  return { at: random.between(0, Math.round(1000 * (turn * replicas + termination.gracePeriodSeconds))) };
}
