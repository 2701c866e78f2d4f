import type { RolloutQuestion } from './question';
import { routersOf } from './routers';
import type { EngineKind } from './verdict';
import type { CanarySpec } from '../../spec/rollout/canary';
import { type Amount, literal, show, sum } from '../amount';
import { atLeast, type Bound } from '../bound';

/** The pods of the new version in each phase of a canary. */
export interface PlannedShares {
  /** At each share. */
  readonly steps: readonly number[];
  /** While it gets copies of requests, and no traffic. Absent without a mirror, and under Flagger. */
  readonly mirror?: number;
}

/**
 * Decides how many pods of the new version each share has. With a way in that splits traffic the pods must bear their share at the most
 * replicas. Without one they are the share: of Argo Rollouts they take the place of old pods, and without a controller they come on top
 * of them.
 */
export function planShares(question: RolloutQuestion, rollout: CanarySpec): PlannedShares {
  const { context: { ledger, spec }, capacity: { most } } = question;
  if (rollout.engine.kind === 'flagger') {
    return {
      steps: rollout.steps.map((weight) => ledger.state(nameOf(weight), most, 'pods', {
        because: 'so many pods bear this share', source: 'Flagger: the canary has the replicas of its Deployment',
      }).value),
    };
  }
  if (routersOf(spec).length > 0) {
    return planBorne(question, rollout);
  }
  // With any other way in the whole release is refused already, which says more.
  if (spec.traffic.every(({ kind }) => kind === 'clusterInternal')) {
    checkCounted(question, rollout);
  }
  return { steps: rollout.steps.map((weight) => planCounted(question, rollout, weight)) };
}

function nameOf(weight: number): string {
  return `rollout.pods.${weight}%`;
}

/** Pods that bear a share which is sent to them alone, and copies as they bear the requests themselves. */
function planBorne(question: RolloutQuestion, { steps, header, mirrorPercent, engine }: CanarySpec): PlannedShares {
  const { context: { ledger }, capacity: { most } } = question;
  const decide = (name: string, percent: number, further: readonly Bound[] = []) => ledger.decide({
    name,
    unit: 'pods',
    bounds: [
      atLeast({ value: Math.ceil(percent * most.value / 100), text: `⌈${percent}% × ${most.text}⌉`, isCompound: true }, {
        because: 'the share is more than its pods can bear', source: 'the most replicas bear all traffic',
      }),
      ...outlasting(question, engine.kind),
      ...further,
    ],
  });
  // Requests with the header come beside the copies, up to the first share.
  const mirror = mirrorPercent === undefined ? undefined : decide('rollout.pods.mirror', Math.max(mirrorPercent, header ? steps[0] : 0));
  const kept = mirror === undefined || engine.kind !== 'native' ? [] : [atLeast(mirror, {
    because: 'pods are removed that a later share needs again', source: 'a release without a controller only adds pods until it is promoted',
  })];
  return { steps: steps.map((weight) => decide(nameOf(weight), weight, kept).value), mirror: mirror?.value };
}

/** The new version must outlast an eviction: without any pod its share would be answered with errors, or be none. */
function outlasting({ capacity: { disrupted } }: RolloutQuestion, engine: EngineKind): Bound[] {
  if (disrupted === undefined) {
    return [];
  }
  return [engine === 'native' ? atLeast(literal(2, 'pods'), {
    because: 'an eviction takes the only pod of the new version, and its share fails',
    source: 'the new version has a disruption budget of its own, which lets one pod go: otherwise no node could be drained',
  }) : atLeast(sum(disrupted, literal(1, 'pods')), {
    because: 'evictions take every pod of the new version, and its share fails', source: 'Kubernetes: a disruption budget does not tell versions apart',
  })];
}

/**
 * Pods that are the share themselves. Argo Rollouts counts them by what the autoscaler wants at the time; manifests hold one number,
 * which at more than the fewest replicas would be a larger share than was asked for whenever there are fewer.
 */
function planCounted(question: RolloutQuestion, { engine }: CanarySpec, weight: number): number {
  const { context: { ledger }, capacity: { fewest, most } } = question;
  const reason = { because: 'so many pods are this share', source: 'without a way in that splits traffic each pod takes as much of it as any other' };
  return engine.kind === 'native' ? ledger.decide({
    name: nameOf(weight),
    unit: 'pods',
    bounds: [atLeast(onTop(weight, fewest), reason), ...outlasting(question, 'native')],
  }).value : ledger.state(nameOf(weight), inPlace(weight, most), 'pods', reason).value;
}

/** c of R + c pods are W % where c = R × W ÷ (100 − W). */
function onTop(weight: number, replicas: Amount): Amount {
  return {
    value: Math.max(1, Math.round(weight * replicas.value / Math.max(1, 100 - weight))),
    text: `⌊${weight}% ÷ ${100 - weight}% × ${replicas.text} + ½⌋`,
    isCompound: true,
  };
}

function inPlace(weight: number, replicas: Amount): Amount {
  return { value: Math.ceil(weight * replicas.value / 100), text: `⌈${weight}% × ${replicas.text}⌉`, isCompound: true };
}

const REMEDY = 'or add a way in that splits traffic, such as Traffic.istio';

/** Where pods are the share, it must be one that pods can be. */
function checkCounted(question: RolloutQuestion, { engine, steps }: CanarySpec): void {
  const { context: { ledger }, capacity: { fewest, disrupted } } = question;
  const isNative = engine.kind === 'native';
  const podsAt = (weight: number) => isNative ? Math.max(disrupted ? 2 : 1, onTop(weight, fewest).value) : inPlace(weight, fewest).value;
  const isNone = (weight: number) => weight * fewest.value < 50;
  steps.forEach((weight, index) => {
    const share = `Rollout.canary steps ${weight}% of ${fewest.text}`;
    const before = steps[index - 1];
    if (isNone(weight)) {
      ledger.problem(`${share} is 0 pods after rounding, and without a way in that splits traffic the pods are the share; `
        + `give at least ${Math.ceil(50 / fewest.value)}%, ${REMEDY}`);
    } else if (isNative && weight > 50) {
      ledger.problem(`${share} must be at most 50%, because without a way in that splits traffic it needs more pods than the old version has; `
        + `leave it out, ${REMEDY}`);
    } else if (before !== undefined && !isNone(before) && podsAt(before) === podsAt(weight)) {
      ledger.problem(`${share} is ${show(podsAt(weight), 'pods')}, as many as ${before}% is, and without a way in that splits traffic the pods are the share; `
        + `leave one of them out, ${REMEDY}`);
    }
  });
}
