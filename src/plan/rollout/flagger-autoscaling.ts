import type { PlannedRollout } from './planned-rollout';
import { type Amount, literal, named, product, sum } from '../amount';
import type { Ledger } from '../ledger';

/** Of these Flagger waits until somebody says yes, while the old version has less than all requests. */
const APPROVALS: ReadonlySet<string> = new Set(['confirm-traffic-increase', 'confirm-promotion']);

/**
 * How long a release by Flagger may keep requests from the old version, which returns to it at once where the release is given up.
 * Absent where nothing takes requests away from it before it is replaced, or where its pods do not follow its requests.
 */
export function timeWithLess(rollout: PlannedRollout, progressDeadline: Amount): Amount | undefined {
  if (rollout.kind === 'rolling' || rollout.engine.kind !== 'flagger' || rollout.routers.length === 0) {
    return undefined;
  }
  const interval = named('rollout.interval', rollout.loop!.interval, 's');
  if (rollout.kind === 'blueGreen') {
    // The canary has all requests while the primary is replaced, and the next interval gives them back.
    return sum(progressDeadline, product(literal(2, ''), interval));
  }
  const { analysis } = rollout;
  const forgiven = analysis ? Math.min(analysis.failureLimit, analysis.inconclusiveLimit) : 0;
  const turns = rollout.kind === 'canary' ? rollout.steps.length : rollout.loop!.iterations!;
  return product(sum(named('shares', turns, ''), named('forgiven', forgiven, '')), interval);
}

/** Notes what must hold where an autoscaler may shrink the old version in the middle of a release. */
export function requireOfAutoscaling(rollout: PlannedRollout, away: Amount | undefined, stabilization: Amount, ledger: Ledger): void {
  if (away === undefined || rollout.kind === 'rolling' || rollout.engine.kind !== 'flagger') {
    return;
  }
  const waits = rollout.engine.webhooks.some(({ type }) => APPROVALS.has(type));
  if (waits || stabilization.value < away.value) {
    ledger.require('cluster', `the fewest replicas bear all requests while a release goes on for longer than ${stabilization.text}: `
      + 'by then the autoscaler has shrunk the old version to its share, and a release that Flagger gives up returns all requests to it at once');
  }
}
