import { Yaml } from 'cdk8s';
import type { ClusterState } from './native';
import { Assumptions } from '../../../src/assumptions/assumptions';
import { contextOf, checkCluster } from '../../../src/checks/check-cluster';
import { clusterOf } from '../../../src/cluster/cluster';
import { readText } from '../../../src/reading/read-text';
import { verifyCluster } from '../../../src/verify/verify-cluster';

const judged = new Map<string, string[]>();

/** What a stranger finds wrong with a cluster: errors, warnings, and every workload that gets requests and is not proved. */
export function faultsIn(state: ClusterState): string[] {
  const text = Yaml.stringify(...state.manifests);
  // Different ways lead to the same state.
  const faults = judged.get(text) ?? faultsOf(text);
  judged.set(text, faults);
  return faults;
}

function faultsOf(text: string): string[] {
  const reading = readText('state.yaml', text);
  const { cluster, problems } = clusterOf(reading.objects);
  const settings = { assumptions: new Assumptions(new Map()), kubernetesMinor: 30, ignores: [] };
  const checked = checkCluster(cluster, settings);
  const findings = checked.findings.filter(({ ignored, severity }) => !ignored && severity !== 'info');
  const { workloads } = verifyCluster(contextOf(cluster, settings));
  return [
    ...[...reading.problems, ...problems, ...checked.problems].map(({ message }) => message),
    ...findings.map(({ ruleId, object, message }) => `${ruleId}: ${object}: ${message}`),
    ...workloads.flatMap(({ workload, ways }) => ways.filter(({ verdict }) => verdict !== 'PROVED').map(({ path, through, verdict, reason, answers }) =>
      `${workload}: ${path} through ${through}: ${verdict}, ${reason ?? answers.filter(({ holds }) => !holds).map(({ inequality }) => inequality).join('; ')}`)),
  ];
}
