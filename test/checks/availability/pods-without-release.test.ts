import { changed, found, messages } from './found';
import { PODS_WITHOUT_RELEASE } from '../../../src/checks/availability/pods-without-release';

const { failing } = PODS_WITHOUT_RELEASE;
const SERVICE = failing.slice(0, failing.indexOf('---') + 4);
const POD = `${SERVICE}
apiVersion: v1
kind: Pod
metadata: { name: payments, labels: { app: payments } }
spec: { containers: [{ name: payments, image: registry.example.com/payments:2.1.0 }] }
`;

describe('pods-without-release', () => {
  test('says that a ReplicaSet changes no pod', () => {
    expect(found(PODS_WITHOUT_RELEASE, failing)).toEqual([{
      object: 'ReplicaSet default/payments',
      path: 'kind',
      message: 'a changed template of ReplicaSet payments changes none of the pods that Service payments sends requests to',
      actual: 'ReplicaSet',
      required: 'Deployment, StatefulSet, DaemonSet or Rollout',
      fix: 'make it a Deployment with at least 2 replicas, or a StatefulSet where its pods keep data',
    }]);
  });

  test('knows the ReplicationController, which came before', () => {
    expect(messages(PODS_WITHOUT_RELEASE, changed(failing, ['apiVersion: apps/v1\nkind: ReplicaSet', 'apiVersion: v1\nkind: ReplicationController']))).toEqual([
      'a changed template of ReplicationController payments changes none of the pods that Service payments sends requests to',
    ]);
  });

  test('says that a Pod is not made again', () => {
    expect(messages(PODS_WITHOUT_RELEASE, POD)).toEqual([
      'Service payments sends requests to Pod payments, which nothing makes again when its node is drained or lost',
    ]);
  });

  test('is silent of pods that something owns, as a cluster lists them', () => {
    const owned = 'ownerReferences: [{ kind: ReplicaSet, name: payments-7d9 }]';
    expect(messages(PODS_WITHOUT_RELEASE, changed(POD, ['labels: { app: payments } }', `labels: { app: payments }, ${owned} }`]))).toEqual([]);
  });

  test('is silent of pods that no Service selects', () => {
    expect(messages(PODS_WITHOUT_RELEASE, changed(POD, ['labels: { app: payments } }', 'labels: { app: migration } }']))).toEqual([]);
    expect(messages(PODS_WITHOUT_RELEASE, changed(POD, ['labels: { app: payments } }', 'namespace: shop, labels: { app: payments } }']))).toEqual([]);
    expect(messages(PODS_WITHOUT_RELEASE, changed(POD, ['selector: { app: payments }', 'selector: {}']))).toEqual([]);
  });
});
