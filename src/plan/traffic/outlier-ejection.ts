import { atMost } from '../bound';
import type { Capacity } from '../capacity';
import type { Context } from '../context';
import type { PlannedIstio } from './planned-traffic';
import type { OutlierEjectionOptions } from '../../spec/traffic/istio';
import { secondsWithin, wholeNumber } from '../../spec/values';

/** Above half, ejection would follow an error that all pods share rather than one that a few have. */
const LARGEST_SHARE = 50;

/**
 * Decides how many failing pods may be out at a time: so few that with evictions and a release going on one is left.
 * With too few replicas for that, none is ejected.
 */
export function planOutlierEjection({ ledger }: Context, capacity: Capacity, options: OutlierEjectionOptions): PlannedIstio['outlierEjection'] {
  const { fewest, disrupted, unavailable } = capacity;
  const spare = Math.max(0, fewest.value - (disrupted?.value ?? 1) - unavailable.value - 1);
  const share = largestShare(spare, fewest.value);
  const percent = ledger.decide({
    name: 'istio.maxEjectionPercent',
    unit: '%',
    override: options.maxEjectionPercent === undefined ? undefined : wholeNumber('istio.maxEjectionPercent', options.maxEjectionPercent, 0, 100),
    preferred: LARGEST_SHARE,
    bounds: [atMost({
      value: share,
      text: `${share}%, so that ⌊${fewest.text} × maxEjectionPercent⌋ + ${disrupted?.text ?? 'one eviction'} + ${unavailable.text} leave a pod`,
      isCompound: false,
    }, {
      because: 'the pods that are left are too few, fail too, and are ejected in their turn',
      source: 'Envoy: max_ejection_percent of the pods, rounded down, may be out at once',
    })],
  });
  if (percent.value === 0) {
    return undefined;
  }
  return {
    consecutiveErrors: wholeNumber('istio.consecutiveErrors', options.consecutiveErrors ?? 5, 1, 1_000_000),
    interval: options.interval ? secondsWithin('istio.interval', options.interval, 1, 3600) : 10,
    baseEjectionTime: options.baseEjectionTime ? secondsWithin('istio.baseEjectionTime', options.baseEjectionTime, 1, 3600) : 30,
    maxEjectionPercent: percent.value,
  };
}

/** The largest percentage of the pods that, rounded down, is no more than the spare ones. */
function largestShare(spare: number, pods: number): number {
  if (spare === 0) {
    return 0;
  }
  let percent = 100;
  while (Math.floor(pods * percent / 100) > spare) {
    percent -= 1;
  }
  return percent;
}
