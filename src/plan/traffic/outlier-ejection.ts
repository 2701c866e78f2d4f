import { atMost } from '../bound';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { PlannedIstio } from './planned-traffic';
import type { OutlierEjectionOptions } from '../../spec/traffic/istio';
import { secondsWithin, wholeNumber } from '../../spec/values';

/** Above half, ejection would follow an error that all pods share rather than one that a few have. */
const LARGEST_SHARE = 50;

/**
 * Decides how many failing pods may be out at a time: so few that with evictions and a release going on one is left, at
 * whatever number of replicas. Where that leaves none to eject, none is ejected.
 */
export function planOutlierEjection({ ledger }: Context, capacity: Capacity, options: OutlierEjectionOptions): PlannedIstio['outlierEjection'] {
  const share = largestShare(capacity);
  const evicted = capacity.disrupted?.text ?? 'one eviction';
  const percent = ledger.decide({
    name: 'istio.maxEjectionPercent',
    unit: '%',
    override: options.maxEjectionPercent === undefined ? undefined : wholeNumber('istio.maxEjectionPercent', options.maxEjectionPercent, 0, 100),
    preferred: LARGEST_SHARE,
    bounds: [atMost({
      value: share,
      text: `${share}%, so that at any number of replicas ⌊replicas × maxEjectionPercent⌋ + ${evicted} + maxUnavailable leave a pod`,
      isCompound: false,
    }, {
      because: 'the pods that are left are too few, fail too, and are ejected in their turn',
      source: 'Envoy: max_ejection_percent of the pods, rounded down, may be out at once',
    })],
  });
  const ejection = {
    consecutiveErrors: wholeNumber('istio.consecutiveErrors', options.consecutiveErrors ?? 5, 1, 1_000_000),
    interval: options.interval ? secondsWithin('istio.interval', options.interval, 1, 3600) : 10,
    baseEjectionTime: options.baseEjectionTime ? secondsWithin('istio.baseEjectionTime', options.baseEjectionTime, 1, 3600) : 30,
    maxEjectionPercent: percent.value,
  };
  return percent.value === 0 ? undefined : ejection;
}

/** Rounded down, p percent of n pods are at most k where p < 100 × (k + 1) ÷ n. */
function largestShare({ fewest, most, disrupted, unavailableAt }: Capacity): number {
  let share = 100;
  for (let replicas = fewest.value; replicas <= most.value; replicas += 1) {
    const spare = replicas - (disrupted?.value ?? 1) - unavailableAt(replicas) - 1;
    share = Math.min(share, spare <= 0 ? 0 : Math.ceil(100 * (spare + 1) / replicas) - 1);
  }
  return share;
}
