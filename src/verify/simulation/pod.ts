/** A pod as one way in sees it; milliseconds. */
export interface Sight {
  /** When the way begins to send requests to the pod. */
  attachAt: number;
  /** When it has ceased to. */
  detachAt: number;
  /** When it no longer knows the pod, not even as one that is ending. */
  forgottenAt: number;
}

/** One pod of a run, whose future is written down as it is decided; milliseconds, infinite where nothing was decided. */
export interface Pod {
  readonly label: string;
  /** 0 is what ran before the change. */
  readonly version: number;
  /** The number in the name of a StatefulSet's pod. */
  readonly ordinal: number;
  readonly createdAt: number;
  readonly acceptsAt: number;
  /** When its containers are ready; the pod itself may still wait for its readiness gates. */
  readonly startedAt: number;
  readonly readyAt: number;
  /** What the control plane knows at this moment of the run. */
  ready: boolean;
  available: boolean;
  deletedAt: number;
  sigtermAt: number;
  stopsAcceptingAt: number;
  /** When kept connections on which nothing is in flight are closed. */
  closesAt: number;
  /** When whatever is still in flight is cut. */
  cutAt: number;
  goneAt: number;
  /** By the index of the way in. */
  readonly sights: readonly Sight[];
}

/** A pod on which nothing was decided yet. */
export function bornPod(
  born: Pick<Pod, 'label' | 'version' | 'ordinal' | 'createdAt' | 'acceptsAt' | 'startedAt' | 'readyAt'> & { readonly ways: number },
): Pod {
  const { ways, ...pod } = born;
  return {
    ...pod,
    ready: false,
    available: false,
    deletedAt: Infinity,
    sigtermAt: Infinity,
    stopsAcceptingAt: Infinity,
    closesAt: Infinity,
    cutAt: Infinity,
    goneAt: Infinity,
    sights: Array.from({ length: ways }, () => ({ attachAt: Infinity, detachAt: Infinity, forgottenAt: Infinity })),
  };
}

/** Whether a pod is being ended at this moment of the run. */
export function isTerminating(pod: Pod): boolean {
  return pod.deletedAt < Infinity;
}
