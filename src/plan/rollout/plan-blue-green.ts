import { planFlaggerLoop } from './flagger-loop';
import { delayBounds, judged, planHeld, planSwitch } from './plan-switch';
import type { PlannedBlueGreen } from './planned-rollout';
import type { RolloutQuestion } from './question';
import { type BlueGreenSpec, Promotion } from '../../spec/rollout/blue-green';
import { Colour } from '../../spec/rollout/rollout-engine';
import { literal, sum, type Amount } from '../amount';
import { planAnalysis } from '../analysis/plan-analysis';
import { atLeast, atMost } from '../bound';

const CUSTOMARY_BAKE = 600;

/** Decides a release that takes everything at once. */
export function planBlueGreen(question: RolloutQuestion, spec: BlueGreenSpec): PlannedBlueGreen {
  const previewAnalysis = planAnalysis(question, spec.previewAnalysis, 100, 'previewAnalysis');
  const analysis = planAnalysis(question, spec.analysis, 100);
  return {
    kind: 'blueGreen',
    ...planSwitch(question, spec),
    scaleDownDelay: planBake(question, spec, analysis?.seconds),
    progressDeadline: planDeadline(question, spec, [previewAnalysis?.seconds, analysis?.seconds]),
    analysis: analysis?.planned,
    previewAnalysis: previewAnalysis?.planned,
    awaitsApproval: spec.promotion === Promotion.AFTER_APPROVAL,
    previewPods: spec.previewPods,
    previewReplicas: planPreview(question, spec),
    live: spec.engine.kind === 'native' ? spec.engine.live ?? Colour.BLUE : undefined,
    // Flagger judges by one list of metrics, before and after.
    loop: planFlaggerLoop(question, spec.engine, {
      analysis: (previewAnalysis ?? analysis)?.planned, name: previewAnalysis ? 'previewAnalysis' : 'analysis',
    }),
  };
}

/** Flagger copies the new version over the old one: nothing of it is left to bake. */
function planBake(question: RolloutQuestion, { engine, bakeSeconds }: BlueGreenSpec, analysis: Amount | undefined): number {
  return engine.kind === 'flagger' ? 0 : planHeld(question.context, 'bakeTime', {
    override: bakeSeconds, preferred: CUSTOMARY_BAKE, bounds: [...judged(analysis), ...delayBounds(question, question.paths)],
  }).value;
}

/** Argo Rollouts stops the clock in the steps of a canary, and not in the analyses of a blue-green release; the switch between is progress. */
function planDeadline(
  { context: { ledger }, availability: { progressDeadline } }: RolloutQuestion,
  { engine }: BlueGreenSpec,
  analyses: ReadonlyArray<Amount | undefined>,
): number {
  const [longest] = analyses.filter((seconds) => seconds !== undefined).sort((one, other) => other.value - one.value);
  return engine.kind !== 'argoRollouts' || longest === undefined ? progressDeadline.value
    : ledger.state('rollout.progressDeadline', sum(progressDeadline, longest), 's', {
      because: 'a release is given up in the middle of an analysis', source: 'Argo Rollouts: progressDeadlineSeconds runs on during the analyses of blueGreen',
    }).value;
}

function planPreview({ context: { ledger }, capacity: { most } }: RolloutQuestion, { previewPods }: BlueGreenSpec): number | undefined {
  if (previewPods === undefined) {
    return undefined;
  }
  const pods = previewPods.isPercent
    ? { value: Math.ceil(previewPods.amount * most.value / 100), text: `⌈${previewPods} × ${most.text}⌉`, isCompound: true }
    : literal(previewPods.amount, 'pods');
  return ledger.state('rollout.previewPods', pods, 'pods', {
    because: 'so many pods of the new version are tried', source: 'Rollout.blueGreen previewPods',
  }, [
    atLeast(literal(1, 'pods'), { because: 'there is nothing to try', source: 'Rollout.blueGreen previewPods' }),
    atMost(most, {
      because: 'pods are removed when the new version takes the traffic',
      source: 'the new version has as many pods as the old one once it is promoted',
      remedy: `give at most Pods.count(${most.value}), or leave it out`,
    }),
  ]).value;
}
