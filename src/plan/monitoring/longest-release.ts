import { type Amount, literal, named, product, sum } from '../amount';
import { lastingOf, PlannedAnalysis, QUERY_TIMEOUT } from '../analysis/planned-analysis';
import type { Capacity } from '../capacity';
import { forgivenChecks, judgedBy, largestStepOf } from '../rollout/flagger-course';
import type { PlannedBlueGreen, PlannedCanary, PlannedLoop, PlannedRollout } from '../rollout/planned-rollout';

/** What the longest release follows from. */
export interface ReleaseTimes {
  readonly rollout: PlannedRollout;
  readonly capacity: Capacity;
  readonly progressDeadline: Amount;
  readonly approvalWithin: Amount;
}

/** The parts of the longest release that goes as it was planned, none of them zero. */
export function partsOfRelease(times: ReleaseTimes): Amount[] {
  const { rollout } = times;
  return rollout.kind === 'rolling' ? [product(turnsOf(times), times.progressDeadline)] : [...movingParts(times), ...approvalParts(times)];
}

/** The time for which shares are held, and that approvals may take: so long may Argo Rollouts be paused without a break in between. */
export function partsOfPause(times: ReleaseTimes): Amount[] {
  return [...heldParts(times.rollout), ...approvalParts(times)];
}

/** From the last decision of Flagger until a release is over. */
export function partsOfPromotion(times: ReleaseTimes): Amount[] {
  const { rollout } = times;
  return rollout.kind !== 'rolling' && rollout.loop ? [product(intervalsBack(rollout), intervalOf(rollout.loop)), product(turnsOf(times), times.progressDeadline)] : [];
}

/** How many approvals a release waits for. */
export function approvalsOf(rollout: PlannedRollout): number {
  switch (rollout.kind) {
    case 'canary': return rollout.steps.filter(({ awaitsApproval }) => awaitsApproval).length;
    case 'blueGreen': return rollout.awaitsApproval ? 1 : 0;
    default: return 0;
  }
}

function approvalParts({ rollout, approvalWithin }: ReleaseTimes): Amount[] {
  const approvals = approvalsOf(rollout);
  return approvals === 0 ? [] : [product(named('approvals', approvals, ''), approvalWithin)];
}

function movingParts(times: ReleaseTimes): Amount[] {
  const { rollout, progressDeadline, approvalWithin } = times;
  if (rollout.kind === 'rolling') {
    return [];
  }
  if (rollout.loop) {
    return [product(intervalsOf(rollout, rollout.loop), intervalOf(rollout.loop)), progressDeadline, ...partsOfPromotion(times)];
  }
  const starts = rollout.kind === 'canary' ? named('steps', rollout.steps.length, '') : literal(1, '');
  return [
    ...heldParts(rollout),
    product(starts, progressDeadline),
    // Whatever was not there for the last share: pod by pod where a Deployment is replaced, and otherwise at once.
    product(turnsOf(times), progressDeadline),
    ...rollout.engine.kind === 'native' ? [{ ...approvalWithin, text: `the pipeline's own ${approvalWithin.text}` }] : [],
  ];
}

/** The times for which something is looked at before it goes on. */
function heldParts(rollout: PlannedRollout): Amount[] {
  switch (rollout.kind) {
    case 'rolling': return [];
    case 'canary': return heldShares(rollout);
    case 'abTest': return [named('duration', rollout.seconds, 's')];
    case 'blueGreen': return heldColours(rollout);
  }
}

function heldShares({ steps, mirrorPercent }: PlannedCanary): Amount[] {
  const held = named('stepDuration', steps[0].seconds, 's');
  return [product(named('steps', steps.length, ''), held), ...mirrorPercent === undefined ? [] : [{ ...held, text: `mirror ${held.text}` }]];
}

function heldColours({ previewAnalysis, analysis, scaleDownDelay }: PlannedBlueGreen): Amount[] {
  const all = [
    ...previewAnalysis ? [named('previewAnalysis', lengthOf(previewAnalysis), 's')] : [],
    named('bakeTime', Math.max(scaleDownDelay, analysis ? lengthOf(analysis) : 0), 's'),
  ];
  return all.filter(({ value }) => value > 0);
}

/** The last query may take as long as the engine waits for it. */
function lengthOf(analysis: PlannedAnalysis): number {
  return lastingOf(analysis) + QUERY_TIMEOUT;
}

/** How many times so many pods are replaced until all are. */
function turnsOf({ capacity: { most, surge, unavailableAtMost } }: ReleaseTimes): Amount {
  const atOnce = surge.value + unavailableAtMost.value;
  return atOnce === 0 ? literal(1, '')
    : { value: Math.ceil(most.value / atOnce), text: `⌈${most.text} ÷ (${surge.text} + ${unavailableAtMost.text})⌉`, isCompound: true };
}

function intervalOf({ interval }: PlannedLoop): Amount {
  return named('interval', interval, 's');
}

type Looped = Exclude<PlannedRollout, { kind: 'rolling' }>;

/** One interval until Flagger sees a new version, one for each share or trial and for each failed check that it forgives, and one to decide. */
function intervalsOf(rollout: Looped, { iterations }: PlannedLoop): Amount {
  const forgiven = forgivenChecks(judgedBy(rollout));
  const tried = rollout.kind === 'canary'
    ? [named('steps', rollout.steps.length, ''), ...rollout.mirrorPercent === undefined ? [] : [named('mirror', 1, '')]]
    : [named('iterations', iterations ?? 1, '')];
  return sum(named('start', 1, ''), ...tried, ...forgiven === 0 ? [] : [named('forgiven checks', forgiven, '')], named('decision', 1, ''));
}

/** Traffic goes back to the promoted pods in steps as large as the largest share was; two more intervals copy the version and clear up. */
function intervalsBack(rollout: Looped): Amount {
  const largest = rollout.kind === 'canary' ? largestStepOf(rollout) : 100;
  return sum({ value: Math.ceil(100 / largest), text: `⌈100% ÷ ${largest}%⌉`, isCompound: true }, literal(2, ''));
}
