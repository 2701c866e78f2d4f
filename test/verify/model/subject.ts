import { servingContainersOf } from '../../../src/cluster/serving';
import type { Subject } from '../../../src/verify/model/subject';
import { contextIn, type Asked } from '../verdicts/verified';

/** The first workload of manifests, with all that its model is made of. */
export function subjectIn(yaml: string, asked: Asked = {}): Subject {
  const { cluster, relations, assumptionsOf, waysInOf, kubernetesMinor } = contextIn(yaml, asked);
  const [workload] = cluster.workloads;
  return {
    workload,
    relations,
    kubernetesMinor,
    assumptions: assumptionsOf(workload),
    ways: waysInOf(workload),
    serving: servingContainersOf(relations, workload),
  };
}
