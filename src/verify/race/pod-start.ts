import type { Difference } from './difference-constraints';
import type { Asked, ModelBound } from './model-bound';
import { before, exactly, onlySwitches, within } from './pod-end';
import type { WorkloadModel } from '../workload-model';

/**
 * What is known of a pod's start, counted from its creation. `ready` is when its probes say so; `counted` is when Kubernetes calls
 * the pod ready, which its readiness gates may put off.
 */
export function readyPod({ start, waysIn }: WorkloadModel): Difference[] {
  return [
    { from: 'created', to: 'accepts', ...start.accepts, name: 'start' },
    // A pod without a probe is ready as soon as it runs.
    ...start.gated
      ? [within('accepts', 'ready', start.noticedWithinSeconds, 'probe period')]
      : [exactly('created', 'ready', 0, 'ready without a probe')],
    before('ready', 'counted'),
    ...gates(waysIn),
  ];
}

/** What is known of a pod's start as one way sees it. */
export function podStart({ model, way }: Asked): Difference[] {
  return [
    ...readyPod(model),
    { from: way.readinessGate ? 'ready' : 'counted', to: 'attached', ...way.attach, name: `attach of ${way.path}` },
    way.routesUnready ? before('created', 'sent') : before('attached', 'sent'),
    // The traffic moves when all new pods are available.
    ...onlySwitches(model) ? [exactly('counted', 'available', model.minReadySeconds, 'minReadySeconds'), before('available', 'sent')] : [],
  ];
}

/** The last gate to open decides; a pod without gates is counted as soon as it is ready. */
function gates(waysIn: WorkloadModel['waysIn']): Difference[] {
  const gating = waysIn.filter(({ readinessGate }) => readinessGate);
  if (gating.length === 0) {
    return [exactly('ready', 'counted', 0, 'no readiness gate')];
  }
  const last = gating.reduce((slow, other) => other.attach.atMost > slow.attach.atMost ? other : slow);
  return [
    { from: 'ready', to: 'counted', atLeast: 0, atMost: last.attach.atMost, name: `attach of ${last.path}` },
    ...gating.map(({ attach, path }) => ({ from: 'ready', to: 'counted', atLeast: attach.atLeast, atMost: Infinity, name: `attach of ${path}` })),
  ];
}

/** The most seconds from a pod's creation until Kubernetes calls it ready. */
export function readyWithin({ start, waysIn }: WorkloadModel): number {
  const gating = waysIn.filter(({ readinessGate }) => readinessGate).map(({ attach }) => attach.atMost);
  return (start.gated ? start.accepts.atMost + start.noticedWithinSeconds : 0) + Math.max(0, ...gating);
}

/** The gates on which a pod's readiness depends, beyond the way that is asked about. */
export function gateBounds({ waysIn }: WorkloadModel, except: number): ModelBound[] {
  return [...waysIn.keys()].filter((index) => index !== except && waysIn[index].readinessGate).map((index) => ({
    limit: 'largest',
    nameOf: ({ model }) => `attach of ${model.waysIn[index].path}`,
    valueOf: ({ model }) => model.waysIn[index].attach.atMost,
    replacedBy: ({ model, way }, atMost) => ({
      model: {
        ...model,
        waysIn: model.waysIn.map((other, at) =>
          at === index ? { ...other, attach: { atLeast: Math.min(other.attach.atLeast, atMost), atMost } } : other),
      },
      way,
    }),
  }));
}
