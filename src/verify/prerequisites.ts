import { ignoredBy, type Ignore } from '../checks/ignore';
import type { RuleContext } from '../checks/rule';
import { tryFindRule } from '../checks/rules';
import { objectText, type ClusterObject } from '../cluster/identity';
import type { ClusterWayIn } from '../cluster/ways-in';
import type { Workload } from '../cluster/workload';

/**
 * Rules whose violation means that the objects do not do what the model takes them to do: the API server refuses them, pods never
 * start, or requests do not arrive. A proof about such objects would be a proof about others.
 */
const PREREQUISITES = [
  'alb-action-missing', 'autoscaler-min-above-max', 'config-missing', 'connection-budget', 'ingress-port-missing', 'liveness-kills-start',
  'pre-stop-needs-shell', 'pre-stop-unsupported', 'probe-port-missing', 'route-port-missing', 'selector-mismatch', 'service-target-port-missing',
  'several-autoscalers', 'sidecar-ends-first', 'single-writer-volume', 'startup-budget-too-short', 'subset-selects-nothing', 'subset-undefined',
  'surge-and-unavailable-zero', 'virtual-service-port-missing',
];

/** What keeps a workload, or one way in to it, from being proved. */
export interface Obstacle {
  readonly ruleId: string;
  readonly object: ClusterObject;
  readonly message: string;
}

/** The violations of all prerequisites; what somebody accepted, for a reason, is none. */
export function obstaclesOf(context: RuleContext, ignores: readonly Ignore[]): readonly Obstacle[] {
  return PREREQUISITES.flatMap((ruleId) => (tryFindRule(ruleId)?.check(context) ?? [])
    .map(({ object, message }) => ({ ruleId, object, message }))
    .filter(({ object }) => ignoredBy(ruleId, object, ignores) === undefined));
}

/** Why a way in to a workload cannot be proved: of the workload itself, of an autoscaler of it, or of the objects on the way. */
export function obstacleTo(obstacles: readonly Obstacle[], { relations }: RuleContext, workload: Workload, way: ClusterWayIn): string | undefined {
  const concerned: readonly ClusterObject[] = [workload, way.through, way.service, ...relations.autoscalersOf(workload)];
  const obstacle = obstacles.find(({ object }) => concerned.some((each) => each.field.object === object.field.object));
  return obstacle && `${obstacle.ruleId} is violated (${objectText(obstacle.object)}: ${obstacle.message})`;
}
