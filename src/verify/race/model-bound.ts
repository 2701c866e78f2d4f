import type { Interval, TerminationModel, WayIn, WorkloadModel } from '../workload-model';

/** A workload, and the way in about which something is asked. */
export interface Asked {
  readonly model: WorkloadModel;
  readonly way: WayIn;
}

/** One number of the model, which can be replaced. */
export interface ModelBound {
  /** Whether the answer holds for values up to a `largest`, or down to a `smallest` one. */
  readonly limit: 'largest' | 'smallest';
  nameOf(asked: Asked): string;
  /** Undefined where this model has no such number. */
  valueOf(asked: Asked): number | undefined;
  replacedBy(asked: Asked, value: number): Asked;
}

/** A model with another way in in the place of the one that is asked about. */
export function withWay({ model, way }: Asked, changed: Partial<WayIn>): Asked {
  const replaced = { ...way, ...changed };
  return { model: { ...model, waysIn: model.waysIn.map((other) => other === way ? replaced : other) }, way: replaced };
}

/** A model with another end of its pods. */
export function withTermination({ model, way }: Asked, changed: Partial<TerminationModel>): Asked {
  return { model: { ...model, termination: { ...model.termination, ...changed } }, way };
}

const upTo = ({ atLeast }: Interval, atMost: number): Interval => ({ atLeast: Math.min(atLeast, atMost), atMost });
const downTo = ({ atMost }: Interval, atLeast: number): Interval => ({ atLeast, atMost: Math.max(atLeast, atMost) });

export const DETACH_AT_MOST: ModelBound = {
  limit: 'largest',
  nameOf: ({ way }) => `detach of ${way.path}`,
  valueOf: ({ way }) => way.detach.atMost,
  replacedBy: (asked, value) => withWay(asked, { detach: upTo(asked.way.detach, value) }),
};

export const DETACH_AT_LEAST: ModelBound = {
  limit: 'smallest',
  nameOf: ({ way }) => `earliest detach of ${way.path}`,
  valueOf: ({ way }) => way.detach.atLeast,
  replacedBy: (asked, value) => withWay(asked, { detach: downTo(asked.way.detach, value) }),
};

export const ATTACH_AT_MOST: ModelBound = {
  limit: 'largest',
  nameOf: ({ way }) => `attach of ${way.path}`,
  valueOf: ({ way }) => way.attach.atMost,
  replacedBy: (asked, value) => withWay(asked, { attach: upTo(asked.way.attach, value) }),
};

export const ATTACH_AT_LEAST: ModelBound = {
  limit: 'smallest',
  nameOf: ({ way }) => `earliest attach of ${way.path}`,
  valueOf: ({ way }) => way.attach.atLeast,
  replacedBy: (asked, value) => withWay(asked, { attach: downTo(asked.way.attach, value) }),
};

export const PRE_STOP_AT_LEAST: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'preStop',
  valueOf: ({ model }) => model.termination.preStop.atLeast,
  replacedBy: (asked, value) => withTermination(asked, { preStop: downTo(asked.model.termination.preStop, value) }),
};

export const PRE_STOP_AT_MOST: ModelBound = {
  limit: 'largest',
  nameOf: () => 'preStop',
  valueOf: ({ model }) => model.termination.preStop.atMost,
  replacedBy: (asked, value) => withTermination(asked, { preStop: upTo(asked.model.termination.preStop, value) }),
};

export const GRACE_PERIOD: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'terminationGracePeriodSeconds',
  valueOf: ({ model }) => model.termination.gracePeriodSeconds,
  replacedBy: (asked, gracePeriodSeconds) => withTermination(asked, { gracePeriodSeconds }),
};

export const KUBELET: ModelBound = {
  limit: 'largest',
  nameOf: () => 'kubelet',
  valueOf: ({ model }) => model.termination.kubeletSeconds,
  replacedBy: (asked, kubeletSeconds) => withTermination(asked, { kubeletSeconds }),
};

export const DRAIN: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'drain',
  valueOf: ({ model }) => model.termination.shutdown === 'drains' ? model.termination.drainSeconds : undefined,
  replacedBy: (asked, drainSeconds) => withTermination(asked, { drainSeconds }),
};

export const PROXY_ACCEPTS: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'drainDuration',
  valueOf: ({ model }) => model.termination.proxy?.acceptsSeconds,
  replacedBy: (asked, acceptsSeconds) => withTermination(asked, { proxy: { endsSeconds: 0, ...asked.model.termination.proxy, acceptsSeconds } }),
};

export const PROXY_ENDS: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'terminationDrainDuration',
  valueOf: ({ model }) => model.termination.proxy?.endsSeconds,
  replacedBy: (asked, endsSeconds) => withTermination(asked, { proxy: { acceptsSeconds: 0, ...asked.model.termination.proxy, endsSeconds } }),
};

export const LONGEST_REQUEST: ModelBound = {
  limit: 'largest',
  nameOf: () => 'request',
  valueOf: ({ model }) => model.longestRequestSeconds,
  replacedBy: ({ model, way }, longestRequestSeconds) => ({ model: { ...model, longestRequestSeconds }, way }),
};

export const CUTS_AFTER: ModelBound = {
  limit: 'smallest',
  nameOf: ({ way }) => `deregistration delay of ${way.path}`,
  valueOf: ({ way }) => way.cutsAfterSeconds,
  replacedBy: (asked, cutsAfterSeconds) => withWay(asked, { cutsAfterSeconds }),
};

export const ACCEPTS_AT_MOST: ModelBound = {
  limit: 'largest',
  nameOf: () => 'start',
  valueOf: ({ model }) => model.start.accepts.atMost,
  replacedBy: ({ model, way }, value) => ({ model: { ...model, start: { ...model.start, accepts: upTo(model.start.accepts, value) } }, way }),
};

export const NOTICED_WITHIN: ModelBound = {
  limit: 'largest',
  nameOf: () => 'probe period',
  valueOf: ({ model }) => model.start.noticedWithinSeconds,
  replacedBy: ({ model, way }, noticedWithinSeconds) => ({ model: { ...model, start: { ...model.start, noticedWithinSeconds } }, way }),
};

export const MIN_READY: ModelBound = {
  limit: 'largest',
  nameOf: () => 'minReadySeconds',
  valueOf: ({ model }) => model.minReadySeconds,
  replacedBy: ({ model, way }, minReadySeconds) => ({ model: { ...model, minReadySeconds }, way }),
};

export const MIN_READY_AT_LEAST: ModelBound = { ...MIN_READY, limit: 'smallest' };

export const PROGRESS_DEADLINE: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'progressDeadlineSeconds',
  valueOf: ({ model }) => model.progressDeadlineSeconds,
  replacedBy: ({ model, way }, progressDeadlineSeconds) => ({ model: { ...model, progressDeadlineSeconds }, way }),
};

export const SCALE_DOWN_DELAY: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'scaleDownDelaySeconds',
  valueOf: ({ model }) => model.strategy.kind === 'switchOver' ? model.strategy.scaleDownDelaySeconds : undefined,
  replacedBy: ({ model, way }, scaleDownDelaySeconds) => ({ model: { ...model, strategy: { kind: 'switchOver', scaleDownDelaySeconds } }, way }),
};

export const KEEP_ALIVE: ModelBound = {
  limit: 'smallest',
  nameOf: () => 'keep-alive',
  valueOf: ({ model }) => model.keepAliveSeconds,
  replacedBy: ({ model, way }, keepAliveSeconds) => ({ model: { ...model, keepAliveSeconds }, way }),
};

export const IDLE_TIMEOUT: ModelBound = {
  limit: 'largest',
  nameOf: ({ way }) => `idle timeout of ${way.path}`,
  valueOf: ({ way }) => way.idleTimeoutSeconds,
  replacedBy: (asked, idleTimeoutSeconds) => withWay(asked, { idleTimeoutSeconds }),
};
