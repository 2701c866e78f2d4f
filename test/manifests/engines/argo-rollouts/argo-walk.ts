/** What holds during one step of a canary with a router, as the controller of Argo Rollouts works it out. */
export interface Stage {
  readonly step: number;
  /** In percent of the requests without a header. */
  readonly weight: number;
  readonly canaryPods: number;
  readonly hasHeaderRoute: boolean;
  readonly isMirrored: boolean;
}

/** Walks through the steps of a canary of so many replicas, and to its end. */
export function walk({ steps, minPodsPerReplicaSet = 1 }: any, replicas: number): Stage[] {
  let weight = 0;
  // The percentage that a scale step fixed, until another one lets the weights decide again.
  let fixed: number | undefined;
  let hasHeaderRoute = false;
  let isMirrored = false;
  const podsFor = (percent: number) => percent === 0 ? 0 : Math.max(minPodsPerReplicaSet, Math.ceil(replicas * percent / 100));
  const stages = steps.map((step: any, index: number) => {
    weight = step.setWeight ?? weight;
    if (step.setCanaryScale) {
      fixed = step.setCanaryScale.matchTrafficWeight ? undefined : step.setCanaryScale.weight;
    }
    hasHeaderRoute = hasHeaderRoute || step.setHeaderRoute !== undefined;
    isMirrored = step.setMirrorRoute ? step.setMirrorRoute.match !== undefined : isMirrored;
    return { step: index, weight, canaryPods: podsFor(fixed ?? weight), hasHeaderRoute, isMirrored };
  });
  return [...stages, { step: steps.length, weight: 100, canaryPods: podsFor(100), hasHeaderRoute: false, isMirrored: false }];
}
