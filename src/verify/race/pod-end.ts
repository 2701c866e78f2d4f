import type { Difference } from './difference-constraints';
import type { Asked } from './model-bound';

/** The least time that the kubelet leaves a program between its hook's end and the kill. */
export const KUBELET_MINIMUM_SECONDS = 2;

/** What is known of a pod's end, counted from its deletion. */
export function podEnd({ model, way }: Asked): Difference[] {
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
    // A hook that uses the grace period up leaves the program the minimum: the kill then comes that much after the deadline.
    within('deadline', 'killed', KUBELET_MINIMUM_SECONDS, 'kubelet minimum'),
    { from: 'hookOver', to: 'killed', atLeast: KUBELET_MINIMUM_SECONDS, atMost: Infinity, name: 'kubelet minimum' },
    before('SIGTERM', 'killed'),
    exactly('SIGTERM', 'exits', drain, 'drain'),
    { from: 'deleted', to: 'detached', ...way.detach, name: `detach of ${way.path}` },
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
