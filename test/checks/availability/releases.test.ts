import { changed, found, messages } from './found';
import { CANARY, DEPLOYMENT, HEADLESS_SERVICE, PODS, ROLLOUT, SERVICE } from '../../../src/checks/availability/example-manifests';
import { ON_DELETE_STRATEGY } from '../../../src/checks/availability/on-delete-strategy';
import { RECREATE_STRATEGY } from '../../../src/checks/availability/recreate-strategy';
import { SINGLE_REPLICA } from '../../../src/checks/availability/single-replica';
import { SURGE_AND_UNAVAILABLE_ZERO } from '../../../src/checks/availability/surge-and-unavailable-zero';
import { UNAVAILABLE_LOWERS_CAPACITY } from '../../../src/checks/availability/unavailable-lowers-capacity';
import { UNAVAILABLE_ROUNDS_TO_ZERO } from '../../../src/checks/availability/unavailable-rounds-to-zero';
import { UNAVAILABLE_TAKES_ALL } from '../../../src/checks/availability/unavailable-takes-all';

const deployment = (fields: string) => `${SERVICE}${DEPLOYMENT}\n${fields}\n  ${PODS}\n`;
const rolling = (replicas: number, maxSurge: number | string, maxUnavailable: number | string) =>
  deployment(`  replicas: ${replicas}\n  strategy: { rollingUpdate: { maxSurge: ${maxSurge}, maxUnavailable: ${maxUnavailable} } }`);
const daemonSet = (fields: string) => changed(deployment(fields), ['kind: Deployment', 'kind: DaemonSet']);
const statefulSet = (fields: string) => changed(deployment(fields), ['kind: Deployment', 'kind: StatefulSet']);
const rollout = (fields: string) => `${SERVICE}${ROLLOUT}\n${fields}\n  ${PODS}\n`;

describe('single-replica', () => {
  test('says what an autoscaler leaves', () => {
    expect(found(SINGLE_REPLICA, SINGLE_REPLICA.failing)).toEqual([{
      object: 'HorizontalPodAutoscaler default/payments',
      path: 'spec.minReplicas',
      message: 'HorizontalPodAutoscaler payments leaves Deployment payments a single pod where load is low, so any eviction is an outage',
      actual: '1 pod',
      required: '≥ 2 pods',
      fix: 'set minReplicas to at least 2',
    }]);
  });

  test('takes the single pod that Kubernetes makes where nothing is written', () => {
    expect(found(SINGLE_REPLICA, deployment('  minReadySeconds: 0'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.replicas',
      message: 'Deployment payments keeps a single pod, so any eviction and any loss of its node is an outage',
      actual: '1 pod',
      required: '≥ 2 pods',
      fix: 'set replicas to at least 2',
    }]);
  });

  test('is content with two pods', () => {
    expect(found(SINGLE_REPLICA, deployment('  replicas: 2'))).toEqual([]);
  });

  test('is silent of a workload that is switched off', () => {
    expect(found(SINGLE_REPLICA, deployment('  replicas: 0'))).toEqual([]);
  });

  test('is silent of a DaemonSet, whose nodes decide', () => {
    expect(found(SINGLE_REPLICA, daemonSet('  minReadySeconds: 0'))).toEqual([]);
  });

  test('is silent of pods that no Service sends requests to', () => {
    expect(found(SINGLE_REPLICA, `${DEPLOYMENT}\n  replicas: 1\n  ${PODS}`)).toEqual([]);
  });

  test('knows the pods that Flagger makes a Service for', () => {
    expect(messages(SINGLE_REPLICA, `${DEPLOYMENT}\n  replicas: 1\n  ${PODS}${CANARY}\n`)).toEqual([
      'Deployment payments keeps a single pod, so any eviction and any loss of its node is an outage',
    ]);
  });

  test('leaves it to unavailable-takes-all where a release ends the only pod as well', () => {
    expect(found(SINGLE_REPLICA, statefulSet('  replicas: 1'))).toEqual([]);
    expect(found(SINGLE_REPLICA, rolling(1, 0, 1))).toEqual([]);
    expect(messages(SINGLE_REPLICA, rolling(1, 1, 0))).toHaveLength(1);
    // A release leaves the pod below the partition alone, and an eviction does not.
    expect(messages(SINGLE_REPLICA, statefulSet('  replicas: 1\n  updateStrategy: { rollingUpdate: { partition: 1 } }'))).toHaveLength(1);
  });

  test.each([
    ['redis:8', true],
    ['registry.example.com:5000/library/postgres:16.1', true],
    ['amazon/dynamodb-local@sha256:0000', true],
    ['registry.example.com/redis/payments:2.1.0', false],
    ['registry.example.com/payments:redis', false],
    ['registry.example.com/mysqlish:1', false],
  ])('says of image %s that its data has to be the same everywhere first: %s', (image, says) => {
    const [{ fix }] = found(SINGLE_REPLICA, changed(deployment('  replicas: 1'), ['registry.example.com/payments:2.1.0', image]));
    expect(fix).toBe(`set replicas to at least 2${says ? ', once its pods keep the same data (several that know nothing of each other answer differently)' : ''}`);
  });

  test('does not take a Service of another namespace for one of its own', () => {
    expect(found(SINGLE_REPLICA, changed(deployment('  replicas: 1'), ['kind: Service\nmetadata: {', 'kind: Service\nmetadata: { namespace: shop,']))).toEqual([]);
  });
});

describe('recreate-strategy', () => {
  test('says what happens at each release', () => {
    expect(found(RECREATE_STRATEGY, RECREATE_STRATEGY.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.strategy.type',
      message: 'every release ends all pods of Deployment payments before it starts the first new one, so requests are refused until that is ready',
      actual: 'Recreate',
      required: 'RollingUpdate',
      fix: 'set strategy.type to RollingUpdate, with maxSurge 1 and maxUnavailable 0',
    }]);
  });

  test('is silent of a worker without a Service', () => {
    expect(found(RECREATE_STRATEGY, changed(RECREATE_STRATEGY.failing, [SERVICE, '']))).toEqual([]);
  });

  test('is content with the default', () => {
    expect(found(RECREATE_STRATEGY, deployment('  replicas: 2'))).toEqual([]);
  });
});

describe('on-delete-strategy', () => {
  test('says who updates the pods of a StatefulSet', () => {
    expect(found(ON_DELETE_STRATEGY, ON_DELETE_STRATEGY.failing)).toEqual([{
      object: 'StatefulSet default/payments',
      path: 'spec.updateStrategy.type',
      message: 'the pods of StatefulSet payments change only when somebody deletes them, so nobody waits for one to be ready before the next ends',
      actual: 'OnDelete',
      required: 'RollingUpdate',
      fix: 'set updateStrategy.type to RollingUpdate',
    }]);
  });

  test('knows it of a DaemonSet too', () => {
    expect(messages(ON_DELETE_STRATEGY, daemonSet('  updateStrategy: { type: OnDelete }'))).toHaveLength(1);
  });

  test('is content with the default', () => {
    expect(found(ON_DELETE_STRATEGY, daemonSet('  minReadySeconds: 0'))).toEqual([]);
  });
});

describe('unavailable-takes-all', () => {
  test('says that all pods go', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, UNAVAILABLE_TAKES_ALL.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.strategy.rollingUpdate.maxUnavailable',
      message: 'a release takes all 2 pods away before a successor is ready, so nobody answers until then',
      actual: '0 pods',
      required: '≥ 1 pod',
      fix: 'set maxUnavailable to 0 and maxSurge to 1',
    }]);
  });

  test('is content where one pod is left', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, rolling(3, 0, 2))).toEqual([]);
  });

  test('minds how many pods carry the load', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, rolling(3, 0, 1), { assume: { 'required-ready': 3 } })).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.strategy.rollingUpdate.maxUnavailable',
      message: 'a release takes 1 of 3 pods away before successors are ready, so 2 must carry the load of 3',
      actual: '2 pods',
      required: '≥ 3 pods',
      fix: 'set maxUnavailable to 0 and maxSurge to 1',
    }]);
    expect(found(UNAVAILABLE_TAKES_ALL, rolling(3, 0, 1), { assume: { 'required-ready': 2 } })).toEqual([]);
  });

  test('knows that the default takes nothing away from one pod', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, deployment('  replicas: 1'))).toEqual([]);
  });

  test('knows that the only pod goes where a percentage comes to none and no surge is allowed', () => {
    expect(messages(UNAVAILABLE_TAKES_ALL, rolling(1, 0, '25%'))).toEqual([
      'a release, like an eviction, takes the only pod away before a successor is ready, so nobody answers until then',
    ]);
  });

  test('knows that a StatefulSet of one pod has none in between', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, statefulSet('  replicas: 1'))).toEqual([{
      object: 'StatefulSet default/payments',
      path: 'spec.replicas',
      message: 'a release, like an eviction, takes the only pod away before a successor is ready, so nobody answers until then',
      actual: '0 pods',
      required: '≥ 1 pod',
      fix: 'set replicas to at least 2',
    }]);
    expect(found(UNAVAILABLE_TAKES_ALL, statefulSet('  replicas: 2'))).toEqual([]);
  });

  test('says of pods with volumes of their own that these have to hold the same first', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, statefulSet('  replicas: 1\n  volumeClaimTemplates: [{ metadata: { name: data } }]')).map(({ fix }) => fix))
      .toEqual(['set replicas to at least 2, once its pods keep the same data (several that know nothing of each other answer differently)']);
  });

  test('minds maxUnavailable of a StatefulSet only where Kubernetes does', () => {
    const all = statefulSet('  replicas: 2\n  updateStrategy: { rollingUpdate: { maxUnavailable: 2 } }');
    expect(found(UNAVAILABLE_TAKES_ALL, all, { kubernetes: 34 })).toEqual([]);
    expect(messages(UNAVAILABLE_TAKES_ALL, all, { kubernetes: 35 })).toHaveLength(1);
  });

  test('knows that a partition keeps pods of a StatefulSet', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, statefulSet('  replicas: 1\n  updateStrategy: { rollingUpdate: { partition: 1 } }'))).toEqual([]);
  });

  test('judges a DaemonSet where somebody says how many nodes there are', () => {
    const five = daemonSet('  updateStrategy: { rollingUpdate: { maxUnavailable: 5 } }');
    expect(found(UNAVAILABLE_TAKES_ALL, five)).toEqual([]);
    expect(messages(UNAVAILABLE_TAKES_ALL, five, { assume: { nodes: 5 } })).toHaveLength(1);
    expect(found(UNAVAILABLE_TAKES_ALL, five, { assume: { nodes: 6 } })).toEqual([]);
  });

  test('judges a DaemonSet all of whose pods may go, whatever the nodes', () => {
    expect(found(UNAVAILABLE_TAKES_ALL, daemonSet('  updateStrategy: { rollingUpdate: { maxUnavailable: 100% } }')).map(({ fix }) => fix))
      .toEqual(['set maxUnavailable to 1']);
  });

  test('judges a Rollout by its bounds only where it shifts no requests by weight', () => {
    const canary = (routing: string) => rollout(`  replicas: 1\n  strategy: { canary: { maxSurge: 0, maxUnavailable: 1${routing} } }`);
    expect(messages(UNAVAILABLE_TAKES_ALL, canary(''))).toHaveLength(1);
    expect(found(UNAVAILABLE_TAKES_ALL, canary(', trafficRouting: { nginx: { stableIngress: payments } }'))).toEqual([]);
  });
});

describe('unavailable-lowers-capacity', () => {
  test('says how much of the capacity the default gives up', () => {
    expect(found(UNAVAILABLE_LOWERS_CAPACITY, UNAVAILABLE_LOWERS_CAPACITY.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.strategy.rollingUpdate.maxUnavailable',
      message: 'each release runs with up to 1 pod fewer than the 4 of Deployment payments',
      actual: '3 pods',
      required: '4 pods',
      fix: 'set maxUnavailable to 0 and maxSurge to at least 1',
    }]);
  });

  test('is silent where a quarter comes to no pod', () => {
    expect(found(UNAVAILABLE_LOWERS_CAPACITY, deployment('  replicas: 3'))).toEqual([]);
  });

  test('speaks up where just as many are left as carry the load', () => {
    expect(messages(UNAVAILABLE_LOWERS_CAPACITY, UNAVAILABLE_LOWERS_CAPACITY.failing, { assume: { 'required-ready': 3 } })).toHaveLength(1);
    expect(messages(UNAVAILABLE_LOWERS_CAPACITY, UNAVAILABLE_LOWERS_CAPACITY.failing, { assume: { 'required-ready': 4 } })).toEqual([]);
  });

  test('leaves the loss of all pods to the rule about that', () => {
    expect(found(UNAVAILABLE_LOWERS_CAPACITY, UNAVAILABLE_TAKES_ALL.failing)).toEqual([]);
  });

  test('is silent of a StatefulSet, which cannot do otherwise', () => {
    expect(found(UNAVAILABLE_LOWERS_CAPACITY, changed(statefulSet('  replicas: 4'), [SERVICE, HEADLESS_SERVICE]))).toEqual([]);
  });
});

describe('surge-and-unavailable-zero', () => {
  test('says that the object is refused', () => {
    expect(found(SURGE_AND_UNAVAILABLE_ZERO, SURGE_AND_UNAVAILABLE_ZERO.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.strategy.rollingUpdate.maxUnavailable',
      message: 'maxSurge 0 and maxUnavailable 0 let a release neither add a pod nor take one away, so the object is refused',
      actual: '0 pods',
      required: '≥ 1 pod',
      fix: 'set maxSurge to 1',
    }]);
  });

  test.each([['0%', '0'], ['0', '0%'], ['00%', '0']])('takes maxSurge %s and maxUnavailable %s for zero', (maxSurge, maxUnavailable) => {
    expect(messages(SURGE_AND_UNAVAILABLE_ZERO, rolling(3, maxSurge, maxUnavailable))).toHaveLength(1);
  });

  test('knows that a DaemonSet has no surge where none is written', () => {
    expect(messages(SURGE_AND_UNAVAILABLE_ZERO, daemonSet('  updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }'))).toHaveLength(1);
    expect(found(SURGE_AND_UNAVAILABLE_ZERO, daemonSet('  updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }'))).toEqual([]);
  });

  test('is content with a percentage that only rounding makes zero', () => {
    expect(found(SURGE_AND_UNAVAILABLE_ZERO, rolling(3, 0, '25%'))).toEqual([]);
  });

  test('is silent of bounds that nothing reads', () => {
    expect(found(SURGE_AND_UNAVAILABLE_ZERO, deployment('  strategy: { type: Recreate }'))).toEqual([]);
    expect(found(SURGE_AND_UNAVAILABLE_ZERO, statefulSet('  updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }'))).toEqual([]);
  });
});

describe('unavailable-rounds-to-zero', () => {
  test('says what the controller does all the same', () => {
    expect(found(UNAVAILABLE_ROUNDS_TO_ZERO, UNAVAILABLE_ROUNDS_TO_ZERO.failing)).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.strategy.rollingUpdate.maxUnavailable',
      message: 'maxUnavailable 25% of 3 pods comes to none and maxSurge is 0, so each release takes 1 pod away all the same',
      actual: '2 pods',
      required: '3 pods',
      fix: 'set maxSurge to 1',
    }]);
  });

  test('is content where a quarter is a pod', () => {
    expect(found(UNAVAILABLE_ROUNDS_TO_ZERO, rolling(4, 0, '25%'))).toEqual([]);
  });

  test('is content where any surge is allowed, because it is rounded up', () => {
    expect(found(UNAVAILABLE_ROUNDS_TO_ZERO, rolling(3, '1%', '25%'))).toEqual([]);
  });

  test('leaves what is refused, and the loss of all pods, to the rules about those', () => {
    expect(found(UNAVAILABLE_ROUNDS_TO_ZERO, rolling(3, 0, 0))).toEqual([]);
    expect(found(UNAVAILABLE_ROUNDS_TO_ZERO, rolling(1, 0, '25%'))).toEqual([]);
  });
});
