import { planFlaggerLoop } from './flagger-loop';
import { judged, learnt, planHeld, planSwitch } from './plan-switch';
import type { PlannedAbTest } from './planned-rollout';
import type { RolloutQuestion } from './question';
import type { AbTestSpec } from '../../spec/rollout/ab-test';
import { planAnalysis } from '../analysis/plan-analysis';

const CUSTOMARY_TEST = 600;

/** Decides a release that is tried on requests with a header. */
export function planAbTest(question: RolloutQuestion, spec: AbTestSpec): PlannedAbTest {
  const { context, paths, capacity: { most } } = question;
  const analysis = planAnalysis(question, spec.analysis, 100);
  const held = planHeld(context, 'duration', {
    override: spec.seconds, preferred: CUSTOMARY_TEST, bounds: [...judged(analysis?.seconds), ...learnt(paths)],
  });
  const pods = context.ledger.state('rollout.pods', most, 'pods', {
    because: 'so many pods bear the requests with the header', source: 'how many requests carry it is unknown, so it may be all of them',
  });
  return {
    kind: 'abTest',
    ...planSwitch(question, spec),
    analysis: analysis?.planned,
    header: spec.header,
    seconds: held.value,
    pods: pods.value,
    loop: planFlaggerLoop(question, spec.engine, { analysis: analysis?.planned, within: held }),
  };
}
