import type { RolloutQuestion } from './question';
import { routersOf } from './routers';
import type { CanarySpec } from '../../spec/rollout/canary';
import { type Amount, literal, show, sum } from '../amount';
import { atLeast } from '../bound';
import type { Ledger } from '../ledger';

/**
 * Decides how many pods of the new version each share has, at the most replicas. With a way in that splits traffic the pods must bear
 * their share. Without one they are the share: of Argo Rollouts they take the place of old pods, and without a controller they come on
 * top of them.
 */
export function planShares(question: RolloutQuestion, rollout: CanarySpec): number[] {
  const { context: { ledger, spec }, capacity: { fewest, most } } = question;
  if (rollout.engine.kind === 'flagger') {
    return rollout.steps.map((weight) => ledger.state(nameOf(weight), most, 'pods', {
      because: 'so many pods bear this share', source: 'Flagger: the canary has the replicas of its Deployment',
    }).value);
  }
  if (routersOf(spec).length > 0) {
    return rollout.steps.map((weight) => planBearing(question, weight));
  }
  // With any other way in the whole release is refused already, which says more.
  if (spec.traffic.every(({ kind }) => kind === 'clusterInternal')) {
    checkCounted(rollout, fewest, ledger);
  }
  return rollout.steps.map((weight) => ledger.state(nameOf(weight), countedAt(rollout, weight, most), 'pods', {
    because: 'so many pods are this share', source: 'without a way in that splits traffic each pod takes as much of it as any other',
  }).value);
}

function nameOf(weight: number): string {
  return `rollout.pods.${weight}%`;
}

/** Pods that bear a share which is sent to them alone. */
function planBearing({ context: { ledger }, capacity: { most, disrupted } }: RolloutQuestion, weight: number): number {
  return ledger.decide({
    name: nameOf(weight),
    unit: 'pods',
    bounds: [
      atLeast({ value: Math.ceil(weight * most.value / 100), text: `⌈${weight}% × ${most.text}⌉`, isCompound: true }, {
        because: 'the share is more than its pods can bear', source: 'the most replicas bear all traffic',
      }),
      ...disrupted ? [atLeast(sum(disrupted, literal(1, 'pods')), {
        because: 'evictions take every pod of the new version, and its share fails', source: 'Kubernetes: a disruption budget does not tell versions apart',
      })] : [],
    ],
  }).value;
}

function countedAt({ engine }: CanarySpec, weight: number, replicas: Amount): Amount {
  if (engine.kind === 'native') {
    return {
      value: Math.max(1, Math.round(weight * replicas.value / Math.max(1, 100 - weight))),
      text: `⌊${weight}% ÷ ${100 - weight}% × ${replicas.text} + ½⌋`,
      isCompound: true,
    };
  }
  return { value: Math.ceil(weight * replicas.value / 100), text: `⌈${weight}% × ${replicas.text}⌉`, isCompound: true };
}

const REMEDY = 'or add a way in that splits traffic, such as Traffic.istio';

/** Where pods are the share, it must be one that pods can be. */
function checkCounted(rollout: CanarySpec, fewest: Amount, ledger: Ledger): void {
  const podsAt = (weight: number) => countedAt(rollout, weight, fewest).value;
  const isNone = (weight: number) => weight * fewest.value < 50;
  rollout.steps.forEach((weight, index) => {
    const share = `Rollout.canary steps ${weight}% of ${fewest.text}`;
    const before = rollout.steps[index - 1];
    if (isNone(weight)) {
      ledger.problem(`${share} is 0 pods after rounding, and without a way in that splits traffic the pods are the share; `
        + `give at least ${Math.ceil(50 / fewest.value)}%, ${REMEDY}`);
    } else if (rollout.engine.kind === 'native' && weight > 50) {
      ledger.problem(`${share} must be at most 50%, because without a way in that splits traffic it needs more pods than the old version has; `
        + `leave it out, ${REMEDY}`);
    } else if (before !== undefined && !isNone(before) && podsAt(before) === podsAt(weight)) {
      ledger.problem(`${share} is ${show(podsAt(weight), 'pods')}, as many as ${before}% is, and without a way in that splits traffic the pods are the share; `
        + `leave one of them out, ${REMEDY}`);
    }
  });
}
