import type { PlannedRollout } from './planned-rollout';
import type { ArgoRolloutsSpec } from '../../spec/rollout/rollout-engine';
import { type Amount, literal, named, product, sum } from '../amount';
import type { Availability } from '../availability';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { Termination } from '../termination';

/** What the most pods at once follow from. */
export interface PeakQuestion {
  readonly context: Context;
  readonly capacity: Capacity;
  readonly availability: Availability;
  readonly termination: Termination;
  readonly rollout: PlannedRollout;
}

/** The most pods of a service that a release makes alive at once, terminating ones included. */
export function peakOf(question: PeakQuestion): Amount {
  const { rollout } = question;
  if (rollout.kind === 'rolling') {
    return replacing(question);
  }
  switch (rollout.engine.kind) {
    case 'argoRollouts': return takenOver(question, rollout.engine, question.capacity.rollingUpdate ? replacing(question) : peakOfReplicaSets(question));
    case 'flagger': return sum(replacing(question), renamed('canary', question.capacity.most));
    case 'native': return peakOfDeployments(question, rollout);
  }
}

/**
 * The pods of a Deployment whose pods are replaced.
 *
 * Kubernetes does not count terminating pods in a surge. With a deletion at most when a new pod has become available,
 * and none available within minReady of its creation, at most maxSurge + maxUnavailable pods are deleted in any span of
 * minReady; so of those deleted within one grace period at most that many times the spans in it are still alive. And
 * never more than twice the replicas: a release deletes each old pod once and creates each new one once.
 */
function replacing({ capacity, availability: { minReady }, termination: { gracePeriod } }: PeakQuestion): Amount {
  const { most, surge, unavailableAtMost: unavailable } = capacity;
  const spans = literal(Math.ceil(gracePeriod.value / Math.max(1, minReady.value)), '');
  const turns = { ...spans, text: `⌈${gracePeriod.text} ÷ ${minReady.text}⌉`, isCompound: true };
  return smaller(sum(most, surge, product(sum(surge, unavailable), turns)), product(literal(2, ''), most));
}

/**
 * The pods of Argo Rollouts' ReplicaSets: those of the stable version, as many of the new one once it is promoted, and those of one
 * version more that was given up, or replaced, so lately that its pods wait for their delay to pass, or terminate. More than one such
 * would take two releases within that time.
 */
function peakOfReplicaSets({ context: { ledger }, capacity: { most } }: PeakQuestion): Amount {
  const leaving = ledger.assumeCount('versionsLeaving', 1, '',
    'versions, besides the old and the new one, whose pods still wait for their scale-down delay to pass, or terminate: one release follows another that closely');
  return product(sum(literal(2, ''), leaving), most);
}

/** A Deployment that is taken over keeps its pods until those of the Rollout are available, or for good. */
function takenOver({ capacity: { most } }: PeakQuestion, { takeOver }: ArgoRolloutsSpec, own: Amount): Amount {
  return takeOver === undefined ? own : sum(own, renamed('taken over', most));
}

/**
 * The pods of two Deployments. While the stable one is replaced, the new version keeps the pods of its largest share; and while the new
 * one is replaced by a newer, given up in the middle, the stable one keeps all of its own. A colour is replaced beside the other.
 */
function peakOfDeployments(question: PeakQuestion, rollout: Exclude<PlannedRollout, { kind: 'rolling' }>): Amount {
  const { most } = question.capacity;
  if (rollout.kind === 'blueGreen') {
    return sum(replacing(question), renamed('live', most));
  }
  const pods = rollout.kind === 'abTest' ? rollout.pods : Math.max(...rollout.steps.map((step) => step.pods));
  const canary = named('canary', pods, 'pods');
  return larger(sum(replacing(question), canary), sum(most, product(literal(2, ''), canary)));
}

function renamed(name: string, { value }: Amount): Amount {
  return named(name, value, 'pods');
}

function smaller(one: Amount, other: Amount): Amount {
  return one.value < other.value ? one : other;
}

function larger(one: Amount, other: Amount): Amount {
  return one.value >= other.value ? one : other;
}
