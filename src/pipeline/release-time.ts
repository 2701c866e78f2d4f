import { type Amount, literal, named, product, showAmount, sum } from '../plan/amount';
import { lastingOf } from '../plan/analysis/planned-analysis';
import type { Planned } from '../plan/planned-service';
import { forgivenChecks, judgedBy, largestStepOf } from '../plan/rollout/flagger-course';
import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary, PlannedLoop } from '../plan/rollout/planned-rollout';

/** A time and the inequality that it comes from. */
export interface TimeBound {
  /** In seconds. */
  readonly seconds: number;
  /** Such as `release ≥ (turns 4 + 1) × progressDeadline 600s = 3000s`. */
  readonly inequality: string;
}

type Switched = PlannedCanary | PlannedAbTest | PlannedBlueGreen;

/**
 * How long a release takes at the most, apart from approvals. Whoever waits shorter gives up one that is on its way.
 *
 * Pods that make no progress for `progressDeadline` end a release, so each turn of pods ends within that.
 */
export function timeOf(planned: Planned): TimeBound {
  const { rollout } = planned;
  const time = rollout.kind === 'rolling' ? turnsOf(planned) : switchTime(planned, rollout);
  return { seconds: time.value, inequality: `release ≥ ${showAmount(time, 's')}` };
}

function switchTime(planned: Planned, rollout: Switched): Amount {
  switch (rollout.engine.kind) {
    case 'argoRollouts': return sum(...heldTimes(planned, rollout), rollout.rollingUpdate ? turnsOf(planned) : deadlineOf(planned));
    case 'flagger': return flaggerTime(planned, rollout, rollout.loop!);
    case 'native': return sum(...heldTimes(planned, rollout), turnsOf(planned), named('scaleDownDelay', 2 * rollout.scaleDownDelay, 's'), deadlineOf(planned));
  }
}

/** Each share needs its pods first, and queries that fail are repeated. */
function heldTimes(planned: Planned, rollout: Switched): Amount[] {
  const held = heldSeconds(rollout);
  const shares = named('shares', held.length, '');
  return [
    product(shares, deadlineOf(planned)),
    named('held', held.reduce((total, seconds) => total + seconds, 0), 's'),
    ...analysesOf(rollout).flatMap((analysis) => analysis ? [product(shares, named('errors', analysis.consecutiveErrorLimit * analysis.interval, 's'))] : []),
    product(named('changes', held.length + 2, ''), named('propagation', rollout.propagation, 's')),
  ];
}

function analysesOf(rollout: Switched) {
  return rollout.kind === 'blueGreen' ? [rollout.previewAnalysis, rollout.analysis] : [rollout.analysis];
}

function heldSeconds(rollout: Switched): number[] {
  switch (rollout.kind) {
    case 'canary': return [...(rollout.mirrorPercent === undefined ? [] : [rollout.steps[0].seconds]), ...rollout.steps.map(({ seconds }) => seconds)];
    case 'abTest': return [rollout.seconds];
    case 'blueGreen': return analysesOf(rollout).map((analysis) => analysis ? lastingOf(analysis) : 0);
  }
}

/** Flagger goes on once in an interval, and calls its webhooks before it does. */
function flaggerTime(planned: Planned, rollout: Switched, { interval, iterations }: PlannedLoop): Amount {
  const [shares, back] = rollout.kind === 'canary' ? [rollout.steps.length, Math.ceil(100 / largestStepOf(rollout))] : [0, 0];
  const forgiven = forgivenChecks(judgedBy(rollout));
  const webhooks = rollout.engine.kind === 'flagger' ? rollout.engine.webhooks.reduce((total, { timeoutSeconds }) => total + timeoutSeconds, 0) : 0;
  const rounds = sum(named('shares', iterations ?? shares, ''), named('back', back, ''), named('forgiven', forgiven, ''), literal(4, ''));
  // The new version's pods, the old one's copy, and the new one's removal.
  return sum(product(rounds, sum(named('interval', interval, 's'), named('webhooks', webhooks, 's'))), product(literal(3, ''), deadlineOf(planned)));
}

/** Pods that are replaced in turns, and one turn more for those that leave. */
function turnsOf(planned: Planned): Amount {
  const { most, surge, unavailableAtMost } = planned.capacity;
  const turns = Math.ceil(most.value / Math.max(1, surge.value + unavailableAtMost.value));
  return product(sum(named('turns', turns, ''), literal(1, '')), deadlineOf(planned));
}

function deadlineOf({ availability }: Planned): Amount {
  return named('progressDeadline', availability.progressDeadline.value, 's');
}
