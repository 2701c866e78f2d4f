import { checkLegality } from './legality';
import { planAbTest } from './plan-ab-test';
import { planBlueGreen } from './plan-blue-green';
import { planCanary } from './plan-canary';
import type { PlannedRollout } from './planned-rollout';
import type { RolloutQuestion } from './question';
import { checkRelations } from './relations';
import { requireOfRollout } from './requirements';

/** Decides how a new version takes over. */
export function planRollout(question: RolloutQuestion): PlannedRollout {
  const { spec, ledger } = question.context;
  const { rollout } = spec;
  if (rollout.kind === 'rolling') {
    return rollout;
  }
  checkLegality(spec, ledger);
  checkRelations(spec, rollout, ledger);
  requireOfRollout(spec, rollout, ledger);
  switch (rollout.kind) {
    case 'canary': return planCanary(question, rollout);
    case 'abTest': return planAbTest(question, rollout);
    case 'blueGreen': return planBlueGreen(question, rollout);
  }
}
