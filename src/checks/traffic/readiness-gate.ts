import { objectText, type ClusterObject } from '../../cluster/identity';
import { GATE_LABEL, GATE_PREFIX } from '../../cluster/target-group';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';

/** A workload whose pods a load balancer of AWS knows by their addresses. */
export interface Ungated {
  readonly workload: Workload;
  /** The object by which the requests come: `Ingress shop/payments`. */
  readonly through: string;
  /** The namespace, where it is among the objects read. */
  readonly namespace?: ClusterObject;
}

/** The workloads behind load balancers with ip targets whose pods get no readiness gate, as far as what is read tells. */
export function ungatedWorkloads({ cluster, waysInOf }: RuleContext): readonly Ungated[] {
  return cluster.workloads.flatMap((workload) => {
    const way = waysInOf(workload).find(({ targetType }) => targetType === 'ip');
    const namespace = cluster.find('Namespace', '', workload.namespace);
    const isGated = workload.template.readinessGates.some((gate) => gate.startsWith(GATE_PREFIX))
      || namespace?.field.get('metadata', 'labels', GATE_LABEL).value === 'enabled';
    return !way || isGated ? [] : [{ workload, through: objectText(way.through), namespace }];
  });
}
