import { type ReleaseFacts, ReleaseRisk } from './release-facts';
import { Promotion } from '../../../spec/rollout/blue-green';
import { Rollout } from '../../../spec/rollout/rollout';
import { RolloutEngine } from '../../../spec/rollout/rollout-engine';

/** A way to release, as advice names it. */
export interface Candidate {
  readonly strategy: 'rolling' | 'canary' | 'blueGreen';
  readonly rollout: Rollout;
  /** What to write for it. */
  readonly declaration: string;
  readonly why: string;
}

/** What a measurement needs, and over how long it looks back, unless told otherwise: see `Analysis`. */
const MIN_REQUESTS = 20;
const WINDOW = 120;
const CUSTOMARY_STEPS = [5, 25, 50];

/** The ways to release that fit the facts, the fittest first. Rolling is the last: every service can do it. */
export function candidatesFor(facts: ReleaseFacts): Candidate[] {
  if (facts.canRunTwoVersions === false) {
    return blueGreens('one version at a time answers requests: all of them move at once, and back at once');
  }
  if (facts.risk !== ReleaseRisk.HIGH) {
    return [rolling('the risk is low, and no other release needs fewer pods')];
  }
  const first = smallestShare(facts.requestsPerSecond);
  const whole = 'the risk is high: the new version is tried on its preview before anybody sees it, and the old one stays for a return';
  return [
    ...(first > 50 ? [] : canaries(first)),
    ...blueGreens(first > 50 ? `${whole}; of ${facts.requestsPerSecond} requests per second no share would be enough to judge it by` : whole),
    rolling('no way in can do more: it replaces pods one by one, and stops where new ones do not become ready'),
  ];
}

/** The smallest share, in percent, of which a measurement sees enough requests. */
function smallestShare(requestsPerSecond: number | undefined): number {
  return requestsPerSecond === undefined ? CUSTOMARY_STEPS[0]
    : Math.max(CUSTOMARY_STEPS[0], Math.ceil(MIN_REQUESTS * 100 / (requestsPerSecond * WINDOW)));
}

function canaries(first: number): Candidate[] {
  const steps = [first, ...CUSTOMARY_STEPS.filter((share) => share > first)];
  return engines().map(([engine, shown]) => ({
    strategy: 'canary' as const,
    rollout: Rollout.canary({ steps, engine }),
    declaration: `Rollout.canary({ steps: [${steps.join(', ')}]${shown === '' ? '' : `, engine: ${shown}`} })`,
    why: `the risk is high: ${first}% of the requests show a fault to few users, and are enough to judge by; give it an analysis`,
  }));
}

function blueGreens(why: string): Candidate[] {
  return engines().map(([engine, shown]) => ({
    strategy: 'blueGreen' as const,
    rollout: Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL, engine }),
    declaration: `Rollout.blueGreen({ promotion: Promotion.AFTER_APPROVAL${shown === '' ? '' : `, engine: ${shown}`} })`,
    why,
  }));
}

function rolling(why: string): Candidate {
  return { strategy: 'rolling', rollout: Rollout.rolling(), declaration: 'Rollout.rolling()', why };
}

/** The default first, and what needs no controller where that cannot do it. */
function engines(): Array<[RolloutEngine, string]> {
  return [[RolloutEngine.argoRollouts(), ''], [RolloutEngine.native(), 'RolloutEngine.native()']];
}
