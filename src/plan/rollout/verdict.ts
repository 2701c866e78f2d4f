import type { EngineSpec } from '../../spec/rollout/rollout-engine';
import type { TrafficSpec } from '../../spec/traffic/traffic';

export type EngineKind = EngineSpec['kind'];
export type WayKind = TrafficSpec['kind'];

/** Why an engine cannot do something, and what to do instead. */
export interface Refusal {
  readonly because: string;
  readonly instead: string;
  /** Where the reason can be read. */
  readonly source: string;
}

/** Nothing where it is legal. */
export type Verdict = Refusal | undefined;

/** A verdict for each way in. `otherwise` stands for those that are not named. */
export type ByWay = Readonly<Partial<Record<WayKind | 'otherwise', Verdict>>>;

/** The verdict for one way in. */
export function verdictFor(verdicts: ByWay, way: WayKind): Verdict {
  return way in verdicts ? verdicts[way] : verdicts.otherwise;
}

/** The engines, as the declaration names them. */
export const ENGINE_NAMES: Readonly<Record<EngineKind, string>> = {
  argoRollouts: 'RolloutEngine.argoRollouts', flagger: 'RolloutEngine.flagger', native: 'RolloutEngine.native',
};

/** The ways in, in the order of the documentation. `clusterInternal` stands for a service that has no other. */
export const WAYS: readonly WayKind[] = ['clusterInternal', 'istio', 'awsLoadBalancer', 'networkLoadBalancer', 'ingressNginx', 'httpRoute', 'grpcRoute'];
