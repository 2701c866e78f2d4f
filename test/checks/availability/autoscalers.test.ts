import { changed, found, messages } from './found';
import { AUTOSCALER_FIXED } from '../../../src/checks/availability/autoscaler-fixed';
import { AUTOSCALER_MIN_ABOVE_MAX } from '../../../src/checks/availability/autoscaler-min-above-max';
import { AUTOSCALER_ON_DAEMONSET } from '../../../src/checks/availability/autoscaler-on-daemonset';
import { AUTOSCALER_SCALES_TO_ZERO } from '../../../src/checks/availability/autoscaler-scales-to-zero';
import { AUTOSCALER_TARGET_MISSING } from '../../../src/checks/availability/autoscaler-target-missing';
import { AUTOSCALER_WITH_REPLICAS } from '../../../src/checks/availability/autoscaler-with-replicas';
import { CANARY } from '../../../src/checks/availability/example-manifests';
import { SEVERAL_AUTOSCALERS } from '../../../src/checks/availability/several-autoscalers';

describe('autoscaler-target-missing', () => {
  const { passing, failing } = AUTOSCALER_TARGET_MISSING;

  test('names the target that is not there', () => {
    expect(found(AUTOSCALER_TARGET_MISSING, failing)).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments',
      path: 'spec.scaleTargetRef.name',
      message: 'HorizontalPodAutoscaler payments targets Deployment payment, which is not among the workloads read in namespace default, and so scales nothing',
      actual: undefined,
      required: undefined,
      fix: 'set scaleTargetRef to the kind and name of the workload to scale',
    }]);
  });

  test('minds the kind', () => {
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(passing, ['kind: Deployment, name', 'kind: StatefulSet, name']))).toHaveLength(1);
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(passing, ['kind: Deployment, name', 'kind: deployment, name']))).toHaveLength(1);
  });

  test('minds the API group, and not the version', () => {
    expect(found(AUTOSCALER_TARGET_MISSING, changed(passing, ['{ apiVersion: apps/v1, ', '{ apiVersion: v1, ']))).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments',
      path: 'spec.scaleTargetRef.apiVersion',
      message: 'HorizontalPodAutoscaler payments looks for Deployment payments in the API group "", where there is none, and so scales nothing',
      actual: '""',
      required: '"apps"',
      fix: 'set scaleTargetRef.apiVersion to apps/v1',
    }]);
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(passing, ['{ apiVersion: apps/v1, ', '{ ']))).toHaveLength(1);
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(passing, ['{ apiVersion: apps/v1, ', '{ apiVersion: apps/v1beta2, ']))).toEqual([]);
  });

  test('knows what KEDA takes where nothing is written', () => {
    expect(messages(AUTOSCALER_TARGET_MISSING, AUTOSCALER_SCALES_TO_ZERO.passing)).toEqual([]);
  });

  test('is silent where no workload of the namespace is read, and of kinds that are not read', () => {
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(failing, ['HorizontalPodAutoscaler\nmetadata: {', 'HorizontalPodAutoscaler\nmetadata: { namespace: shop,']))).toEqual([]);
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(failing, ['kind: Deployment, name', 'kind: ReplicationController, name']))).toEqual([]);
  });

  test('is silent of a target that says no namespace, which may be put into any', () => {
    const shop = changed(passing, ['HorizontalPodAutoscaler\nmetadata: {', 'HorizontalPodAutoscaler\nmetadata: { namespace: shop,']);
    const other = '---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders, namespace: shop }\nspec: {}\n';
    expect(messages(AUTOSCALER_TARGET_MISSING, shop + other)).toEqual([]);
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(shop, ['Deployment\nmetadata: {', 'Deployment\nmetadata: { namespace: till,']) + other)).toHaveLength(1);
  });

  test('knows the primary that Flagger makes', () => {
    expect(messages(AUTOSCALER_TARGET_MISSING, changed(passing, ['kind: Deployment, name: payments', 'kind: Deployment, name: payments-primary']) + CANARY)).toEqual([]);
  });
});

describe('autoscaler-with-replicas', () => {
  test('says what each apply does', () => {
    expect(found(AUTOSCALER_WITH_REPLICAS, AUTOSCALER_WITH_REPLICAS.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.replicas',
      message: 'each apply sets Deployment payments back to 3, whatever HorizontalPodAutoscaler payments has made of it between 3 and 9',
      actual: 'replicas 3',
      required: 'no replicas',
      fix: 'leave replicas out, after its ownership has been handed over to the autoscaler',
    }]);
  });

  test('is content with a workload that is written off, which its autoscaler leaves so', () => {
    expect(messages(AUTOSCALER_WITH_REPLICAS, changed(AUTOSCALER_WITH_REPLICAS.failing, ['replicas: 3', 'replicas: 0']))).toEqual([]);
  });

  test('is content with replicas that nobody else changes', () => {
    expect(messages(AUTOSCALER_WITH_REPLICAS, changed(AUTOSCALER_WITH_REPLICAS.failing, ['kind: Deployment, name: payments', 'kind: Deployment, name: orders']))).toEqual([]);
  });

  test('minds namespaces', () => {
    expect(messages(AUTOSCALER_WITH_REPLICAS,
      changed(AUTOSCALER_WITH_REPLICAS.failing, ['HorizontalPodAutoscaler\nmetadata: {', 'HorizontalPodAutoscaler\nmetadata: { namespace: shop,']))).toEqual([]);
  });
});

describe('several-autoscalers', () => {
  test('names both', () => {
    expect(found(SEVERAL_AUTOSCALERS, SEVERAL_AUTOSCALERS.failing)).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments-memory',
      path: 'spec.scaleTargetRef',
      message: 'HorizontalPodAutoscaler payments and HorizontalPodAutoscaler payments-memory both set the number of pods of Deployment payments '
        + 'and undo each other\'s decisions',
      actual: '2 autoscalers',
      required: '1 autoscaler',
      fix: 'put all metrics into one autoscaler',
    }]);
  });

  test('takes what KEDA makes of a ScaledObject for one with it', () => {
    const owned = changed(SEVERAL_AUTOSCALERS.failing,
      ['metadata: { name: payments-memory }', 'metadata: { name: payments-memory, ownerReferences: [{ kind: ScaledObject, name: payments }] }']);
    expect(messages(SEVERAL_AUTOSCALERS, owned)).toEqual([]);
  });

  test('takes one that is written twice for one', () => {
    expect(messages(SEVERAL_AUTOSCALERS, changed(SEVERAL_AUTOSCALERS.failing, ['payments-memory', 'payments']))).toEqual([]);
  });
});

describe('autoscaler-fixed', () => {
  test('says that there is no room', () => {
    expect(found(AUTOSCALER_FIXED, AUTOSCALER_FIXED.failing)).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments',
      path: 'spec.maxReplicas',
      message: 'HorizontalPodAutoscaler payments may neither add a pod to 3 nor take one away',
      actual: '3',
      required: '> 3',
      fix: 'set maxReplicas above 3, or write replicas and remove the autoscaler',
    }]);
  });

  test('is content with one pod of room', () => {
    expect(messages(AUTOSCALER_FIXED, changed(AUTOSCALER_FIXED.failing, ['maxReplicas: 3', 'maxReplicas: 4']))).toEqual([]);
  });
});

describe('autoscaler-scales-to-zero', () => {
  const { passing, failing } = AUTOSCALER_SCALES_TO_ZERO;

  test('knows KEDA\'s default', () => {
    expect(found(AUTOSCALER_SCALES_TO_ZERO, failing)).toEqual([{
      object: 'ScaledObject default/payments',
      path: 'spec.minReplicaCount',
      message: 'ScaledObject payments takes the last pod of Deployment payments away where load is low, and requests are refused until one is ready again',
      actual: '0 pods',
      required: '≥ 1 pod',
      fix: 'set minReplicaCount to at least 2',
    }]);
  });

  test('is content with one pod', () => {
    expect(messages(AUTOSCALER_SCALES_TO_ZERO, changed(passing, ['minReplicaCount: 2', 'minReplicaCount: 1']))).toEqual([]);
  });

  test('minds the idle count', () => {
    expect(found(AUTOSCALER_SCALES_TO_ZERO, `${passing}  idleReplicaCount: 0\n`).map(({ path, fix }) => [path, fix]))
      .toEqual([['spec.idleReplicaCount', 'remove idleReplicaCount']]);
  });

  test('is silent of a worker without a Service', () => {
    expect(messages(AUTOSCALER_SCALES_TO_ZERO, failing.slice(failing.indexOf('---') + 3))).toEqual([]);
  });
});

describe('autoscaler-on-daemonset', () => {
  test('says that there is no scale', () => {
    expect(found(AUTOSCALER_ON_DAEMONSET, AUTOSCALER_ON_DAEMONSET.failing)).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments',
      path: 'spec.scaleTargetRef.kind',
      message: 'HorizontalPodAutoscaler payments targets a DaemonSet, which has no scale, and so does nothing',
      actual: 'DaemonSet',
      required: undefined,
      fix: 'target a Deployment, or remove the autoscaler',
    }]);
  });

  test('is silent of what has one', () => {
    expect(messages(AUTOSCALER_ON_DAEMONSET, AUTOSCALER_ON_DAEMONSET.passing)).toEqual([]);
  });
});

describe('autoscaler-min-above-max', () => {
  test('says that it is refused', () => {
    expect(found(AUTOSCALER_MIN_ABOVE_MAX, AUTOSCALER_MIN_ABOVE_MAX.failing)).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments',
      path: 'spec.minReplicas',
      message: 'minReplicas 6 is more than maxReplicas 4, so the autoscaler is refused',
      actual: '6',
      required: '≤ 4',
      fix: 'set maxReplicas to at least 6',
    }]);
  });

  test('is content with equal bounds', () => {
    expect(messages(AUTOSCALER_MIN_ABOVE_MAX, changed(AUTOSCALER_MIN_ABOVE_MAX.failing, ['maxReplicas: 4', 'maxReplicas: 6']))).toEqual([]);
  });

  test('knows KEDA\'s default of 100', () => {
    const many = (min: number) => changed(AUTOSCALER_SCALES_TO_ZERO.passing, ['minReplicaCount: 2', `minReplicaCount: ${min}`], ['  maxReplicaCount: 9\n', '']);
    expect(messages(AUTOSCALER_MIN_ABOVE_MAX, many(101))).toEqual(['minReplicaCount 101 is more than maxReplicaCount 100, so the autoscaler is refused']);
    expect(messages(AUTOSCALER_MIN_ABOVE_MAX, many(100))).toEqual([]);
  });
});
