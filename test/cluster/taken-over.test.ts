import { Assumptions } from '../../src/assumptions/assumptions';
import { checkCluster, contextOf } from '../../src/checks/check-cluster';
import { clusterOf } from '../../src/cluster/cluster';
import { Relations } from '../../src/cluster/relations';
import { readText } from '../../src/reading/read-text';
import { verifyCluster } from '../../src/verify/verify-cluster';

const MANIFESTS = (referred: string) => `
apiVersion: v1
kind: Service
metadata: { name: payments }
spec: { selector: { app: payments }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: payments }
spec:
  replicas: 4
  selector: { matchLabels: { app: payments } }
  workloadRef: { apiVersion: apps/v1, ${referred} }
  strategy: { canary: {} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments }
spec:
  selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments } }
    spec: { containers: [{ name: payments, image: 'payments:1.0.0', ports: [{ containerPort: 8080 }] }] }
`;

function read(referred: string) {
  return clusterOf(readText('payments.yaml', MANIFESTS(referred)).objects).cluster;
}

const SETTINGS = { assumptions: new Assumptions(), kubernetesMinor: 30, ignores: [] };

test.each(['kind: Deployment, name: payments', 'name: payments'])('a Deployment that a Rollout refers to by %s is the Rollout\'s', (referred) => {
  const cluster = read(referred);
  const [rollout, deployment] = ['Rollout', 'Deployment'].map((kind) => cluster.workloads.find((workload) => workload.kind === kind)!);
  const relations = new Relations(cluster);
  expect([relations.takenOverBy(deployment), relations.takenOverBy(rollout)]).toEqual([rollout, undefined]);
  expect(verifyCluster(contextOf(cluster, SETTINGS)).notJudged.map(({ workload, because }) => `${workload}: ${because}`))
    .toEqual(['Deployment default/payments: Rollout default/payments has taken it over, and is judged']);
  // Without replicas it would be read as one.
  expect(checkCluster(cluster, SETTINGS).findings.filter(({ ruleId }) => ruleId === 'single-replica')).toEqual([]);
});

test.each(['kind: Deployment, name: others', 'kind: ReplicaSet, name: payments'])('one that a Rollout refers to by %s is its own', (referred) => {
  const cluster = read(referred);
  const deployment = cluster.workloads.find(({ kind }) => kind === 'Deployment')!;
  expect(new Relations(cluster).takenOverBy(deployment)).toBeUndefined();
  expect(checkCluster(cluster, SETTINGS).findings.filter(({ ruleId }) => ruleId === 'single-replica').map(({ kind }) => kind)).toContain('Deployment');
});
