import { type Candidate, candidatesFor } from './candidates';
import type { ReleaseFacts } from './release-facts';
import { DeclarationError, refuse } from '../../../spec/declaration-error';
import { Rollout } from '../../../spec/rollout/rollout';
import { flagOf } from '../../../spec/values';
import type { ZeroDowntimeServiceProps } from '../../../spec/zero-downtime-service-props';
import { planService } from '../../plan-service';

interface Advised {
  readonly candidate: Candidate;
  readonly extraPods: number;
  readonly extraPodsOfRolling: number;
  readonly notes: readonly string[];
}

/** How to release a service, with the reasons and the cost. The cost is planned, and not estimated. */
export class RolloutAdvice {
  /**
   * Advises how to release a service.
   *
   * @param props the service's declaration; its `rollout` is not looked at
   * @param facts what the declaration does not say
   * @throws where the declaration cannot be planned with any of the ways that fit the facts
   */
  static of(props: ZeroDowntimeServiceProps, facts: ReleaseFacts = {}): RolloutAdvice {
    const { requestsPerSecond } = facts;
    if (requestsPerSecond !== undefined && !(Number.isFinite(requestsPerSecond) && requestsPerSecond > 0)) {
      refuse(`RolloutAdvice.of requestsPerSecond ${requestsPerSecond} must be a number above 0; leave it out where it is unknown`);
    }
    const { extraPods: extraPodsOfRolling } = extraPodsWith(props, Rollout.rolling());
    for (const name of ['canRunTwoVersions', 'changesSchema', 'keepsState'] as const) {
      flagOf(`RolloutAdvice.of ${name}`, facts[name], false);
    }
    const refused: Array<[strategy: string, error: DeclarationError]> = [];
    for (const candidate of candidatesFor(facts)) {
      try {
        const planned = extraPodsWith(props, candidate.rollout);
        return new RolloutAdvice({ candidate, ...planned, extraPodsOfRolling, notes: [...passedOver(refused, candidate), ...notesOf(facts)] });
      } catch (error) {
        if (!(error instanceof DeclarationError)) {
          throw error;
        }
        refused.push([candidate.strategy, error]);
      }
    }
    throw refused[0][1];
  }

  /** The way to release: `rolling`, `canary` or `blueGreen`. */
  readonly strategy: string;
  /** Why, and what has to be seen to besides. */
  readonly why: string[];
  /** What to declare as `rollout`. */
  readonly rollout: Rollout;
  /** The same as text. */
  readonly declaration: string;
  /** The pods that may be alive at once during a release, beyond the most replicas. */
  readonly extraPods: number;
  /** The same of a rolling release. */
  readonly extraPodsOfRolling: number;

  private constructor({ candidate, extraPods, extraPodsOfRolling, notes }: Advised) {
    this.strategy = candidate.strategy;
    this.why = [candidate.why, ...notes];
    this.rollout = candidate.rollout;
    this.declaration = candidate.declaration;
    this.extraPods = extraPods;
    this.extraPodsOfRolling = extraPodsOfRolling;
  }
}

function extraPodsWith(props: ZeroDowntimeServiceProps, rollout: Rollout) {
  const { planned } = planService({ name: 'service', path: 'RolloutAdvice.of', props: { ...props, rollout } });
  return { extraPods: planned.peakPods.value - planned.capacity.most.value };
}

/** Why the ways that would have fitted better are not advised: one reason each. */
function passedOver(refused: ReadonlyArray<[strategy: string, error: DeclarationError]>, { strategy }: Candidate): string[] {
  const others = new Map(refused.filter(([other]) => other !== strategy).reverse());
  return [...others.values()].map(({ problems }) => `not advised: ${problems[0]}`);
}

function notesOf({ changesSchema, keepsState, regions = [] }: ReleaseFacts): string[] {
  return [
    ...(changesSchema ? ['the schema is only expanded before this release, and contracted in a later one: both versions, and a return, need what the old one reads'] : []),
    ...(keepsState ? ['a client that changes pods loses what the pod kept: move it outside the pods before anything else'] : []),
    ...(regions.length > 1 ? [`one region after another, each only when the one before has proved itself: ${regions.join(', ')}`] : []),
  ];
}
