import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary, PlannedRollout } from './planned-rollout';
import { routersOf } from './routers';
import type { AbTestSpec } from '../../spec/rollout/ab-test';
import type { BlueGreenSpec } from '../../spec/rollout/blue-green';
import type { CanarySpec } from '../../spec/rollout/canary';
import type { EngineSpec } from '../../spec/rollout/rollout-engine';
import { literal, type Amount } from '../amount';
import { planAnalysis } from '../analysis/plan-analysis';
import { atLeast } from '../bound';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { Path } from '../traffic/path';

/** What the plan of a rollout follows from. */
export interface RolloutQuestion {
  readonly context: Context;
  readonly paths: readonly Path[];
  readonly capacity: Capacity;
}

/** The shortest delay that Argo Rollouts holds to be safe, which is also its default. */
const LEAST_SCALE_DOWN_DELAY = 30;
const CUSTOMARY_STEP = 300;
const CUSTOMARY_TEST = 600;
const CUSTOMARY_BAKE = 600;

/** Decides how a new version takes over. */
export function planRollout(question: RolloutQuestion): PlannedRollout {
  const { rollout } = question.context.spec;
  switch (rollout.kind) {
    case 'rolling': return rollout;
    case 'canary': return planCanary(question, rollout);
    case 'abTest': return planAbTest(question, rollout);
    case 'blueGreen': return planBlueGreen(question, rollout);
  }
}

function planCanary(question: RolloutQuestion, spec: CanarySpec): PlannedCanary {
  const analysis = planAnalysis(question, spec.analysis, spec.steps[0]);
  const seconds = planHeld(question.context, 'stepDuration', spec.stepSeconds, CUSTOMARY_STEP, analysis?.seconds);
  return {
    kind: 'canary',
    ...planSwitch(question, spec.engine),
    analysis: analysis?.planned,
    steps: spec.steps.map((weight) => ({
      weight, seconds, awaitsApproval: spec.approvalAt.includes(weight), pods: podsAt(weight, question.capacity),
    })),
    header: spec.header,
    mirrorPercent: spec.mirrorPercent,
    sessionCookie: spec.sessionCookie && { ...spec.sessionCookie, name: spec.sessionCookie.name ?? `${question.context.spec.name}-canary` },
  };
}

function planAbTest(question: RolloutQuestion, spec: AbTestSpec): PlannedAbTest {
  const analysis = planAnalysis(question, spec.analysis, 100);
  return {
    kind: 'abTest',
    ...planSwitch(question, spec.engine),
    analysis: analysis?.planned,
    header: spec.header,
    seconds: planHeld(question.context, 'duration', spec.seconds, CUSTOMARY_TEST, analysis?.seconds),
    // How many requests carry the header is unknown, so it may be all of them.
    pods: question.capacity.most.value,
  };
}

function planBlueGreen(question: RolloutQuestion, spec: BlueGreenSpec): PlannedBlueGreen {
  const { context } = question;
  const analysis = planAnalysis(question, spec.analysis, 100);
  const switched = planSwitch(question, spec.engine);
  return {
    kind: 'blueGreen',
    ...switched,
    scaleDownDelay: planHeld(context, 'bakeTime', spec.bakeSeconds, CUSTOMARY_BAKE, analysis?.seconds, literal(switched.scaleDownDelay, 's')),
    analysis: analysis?.planned,
    previewAnalysis: planAnalysis(question, spec.previewAnalysis, 100)?.planned,
    awaitsApproval: spec.promotion === 'AFTER_APPROVAL',
    previewPods: spec.previewPods,
  };
}

/** A time for which something is held: long enough for whatever happens in it. */
function planHeld({ ledger }: Context, name: string, override: number | undefined, preferred: number, ...atLeasts: (Amount | undefined)[]): number {
  return ledger.decide({
    name: `rollout.${name}`,
    unit: 's',
    override,
    preferred,
    bounds: [
      atLeast(literal(0, 's'), { because: 'time does not run backwards', source: 'the calendar' }),
      ...atLeasts.flatMap((limit) => limit === undefined ? [] : [atLeast(limit, {
        because: 'it is over before the analysis has judged', source: 'the analysis of one step',
      })]),
    ],
  }).value;
}

function planSwitch({ context: { ledger, spec }, paths }: RolloutQuestion, engine: EngineSpec) {
  const own = engine.kind === 'argoRollouts' ? engine : undefined;
  const propagation = Math.max(...paths.map((path) => path.propagation.value));
  const delay = (name: string, override: number | undefined) => ledger.decide({
    name: `rollout.${name}`,
    unit: 's',
    override,
    preferred: LEAST_SCALE_DOWN_DELAY,
    bounds: paths.map((path) => atLeast(path.propagation, {
      because: 'requests are still sent to pods that are being removed', source: 'Argo Rollouts: scaleDownDelaySeconds, 30s by default',
    })),
  }).value;
  const scaleDownDelay = delay('scaleDownDelay', own?.scaleDownDelaySeconds);
  return {
    engine,
    routers: routersOf(spec),
    propagation,
    scaleDownDelay,
    abortScaleDownDelay: delay('abortScaleDownDelay', own?.abortScaleDownDelaySeconds ?? own?.scaleDownDelaySeconds),
  };
}

/** Engines round the pods of a share up. */
function podsAt(weight: number, { most }: Capacity): number {
  return Math.max(1, Math.ceil(most.value * weight / 100));
}
