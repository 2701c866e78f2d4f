import type { Difference } from './difference-constraints';
import { Asked, SCALE_DOWN_DELAY } from './model-bound';
import type { WorkloadModel } from '../workload-model';

/** The least time that the kubelet leaves a program between SIGTERM and the kill, however long its hook took. */
export const KUBELET_MINIMUM_SECONDS = 2;

/** Whether traffic only ever moves from pods that are all available to pods that are: nothing else begins or ends amid it. */
export function onlySwitches({ strategy, evictions, replicas }: WorkloadModel): boolean {
  return strategy.kind === 'switchOver' && evictions === 0 && replicas.min === replicas.max;
}

/** The event from which on a pod's end is counted. */
export function originOf({ model }: Asked): 'switched' | 'deleted' {
  return onlySwitches(model) ? 'switched' : 'deleted';
}

/** What is known of a pod's end, counted from its deletion, or from the switch that comes before. */
export function podEnd(asked: Asked): Difference[] {
  const { model } = asked;
  return onlySwitches(model) ? afterSwitch(asked) : [...programEnd(model), detachedAfter('deleted', asked)];
}

/** The consumers learn of the switch, which comes before the deletion and takes as long to reach them. */
export function afterSwitch(asked: Asked): Difference[] {
  return [
    exactly('switched', 'deleted', SCALE_DOWN_DELAY.valueOf(asked) ?? 0, 'scaleDownDelaySeconds'),
    ...programEnd(asked.model),
    detachedAfter('switched', asked),
  ];
}

function detachedAfter(from: string, { way }: Asked): Difference {
  return { from, to: 'detached', ...way.detach, name: `detach of ${way.path}` };
}

function programEnd(model: WorkloadModel): Difference[] {
  const { gracePeriodSeconds, preStop, kubeletSeconds, shutdown, drainSeconds } = model.termination;
  const isCutOff = gracePeriodSeconds < preStop.atLeast;
  const drain = shutdown === 'drains' ? drainSeconds : 0;
  return [
    exactly('deleted', 'deadline', gracePeriodSeconds, 'terminationGracePeriodSeconds'),
    // The hook is over when it returns or when the grace period ends, whichever comes first.
    { from: 'deleted', to: 'hookOver', atLeast: 0, atMost: preStop.atMost, name: 'preStop' },
    isCutOff
      ? { from: 'deleted', to: 'hookOver', atLeast: gracePeriodSeconds, atMost: Infinity, name: 'terminationGracePeriodSeconds' }
      : { from: 'deleted', to: 'hookOver', atLeast: preStop.atLeast, atMost: Infinity, name: 'preStop' },
    before('hookOver', 'deadline'),
    within('hookOver', 'SIGTERM', kubeletSeconds, 'kubelet'),
    // The kubelet asks the runtime for what is left of the grace period, or the minimum; the runtime counts from SIGTERM.
    within('deadline', 'killed', kubeletSeconds + KUBELET_MINIMUM_SECONDS, 'kubelet minimum'),
    { from: 'SIGTERM', to: 'killed', atLeast: KUBELET_MINIMUM_SECONDS, atMost: Infinity, name: 'kubelet minimum' },
    exactly('SIGTERM', 'exits', drain, 'drain'),
    ...proxyEnd(model.termination.proxy),
  ];
}

/** The proxy's clock starts with the deletion: it has no part in the program's hook. */
function proxyEnd(proxy: Asked['model']['termination']['proxy']): Difference[] {
  return proxy === undefined ? [] : [
    exactly('deleted', 'proxyStops', proxy.acceptsSeconds, 'drainDuration'),
    exactly('deleted', 'proxyEnds', proxy.endsSeconds, 'terminationDrainDuration'),
  ];
}

/** The events from which on a pod takes no new connection; the earliest counts. */
export function stopsOf({ model }: Asked): string[] {
  return model.termination.proxy === undefined ? ['SIGTERM'] : ['SIGTERM', 'proxyStops', 'proxyEnds'];
}

/** `to` comes exactly so long after `from`. */
export function exactly(from: string, to: string, seconds: number, name: string): Difference {
  return { from, to, atLeast: seconds, atMost: seconds, name };
}

/** `to` comes at most so long after `from`, and not before it. */
export function within(from: string, to: string, seconds: number, name: string): Difference {
  return { from, to, atLeast: 0, atMost: seconds, name };
}

/** `to` does not come before `from`. */
export function before(from: string, to: string): Difference {
  return { from, to, atLeast: 0, atMost: Infinity };
}
