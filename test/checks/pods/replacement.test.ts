import { count, found } from './found';
import { exampleOf, type ExampleParts } from '../../../src/checks/pods/example';
import { HOST_PORT_BLOCKS_SURGE } from '../../../src/checks/pods/host-port-blocks-surge';
import { SINGLE_WRITER_VOLUME } from '../../../src/checks/pods/single-writer-volume';

const rolling = (maxSurge: number | string, maxUnavailable: number | string) => `{ rollingUpdate: { maxSurge: ${maxSurge}, maxUnavailable: ${maxUnavailable} } }`;

describe('host-port-blocks-surge', () => {
  const ported = (spec: ExampleParts['spec'] = {}, kind = 'Deployment') =>
    exampleOf({ kind, spec, container: { ports: '[{ containerPort: 3000, hostPort: 80 }]' } });

  test('tells of a port that only one pod of a node can have', () => {
    expect(found(HOST_PORT_BLOCKS_SURGE, ported())).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].ports[0].hostPort',
      message: 'port 80 of a node belongs to one pod, so a new pod needs a node without an old one, and the release stops where there is none',
      fix: 'set maxSurge to 0 and maxUnavailable to at least 1, or use a Service instead of host ports',
    }]);
  });

  test('takes every declared port of the host\'s network for one', () => {
    expect(found(HOST_PORT_BLOCKS_SURGE, exampleOf({ pod: { hostNetwork: 'true' } })).map(({ path, message }) => [path, message])).toEqual([[
      'spec.template.spec.hostNetwork',
      'port 3000 of a node belongs to one pod, so a new pod needs a node without an old one, and the release stops where there is none',
    ]]);
  });

  test('says of a DaemonSet that it never succeeds', () => {
    const yaml = ported({ replicas: undefined, updateStrategy: rolling(1, 0) }, 'DaemonSet');
    expect(found(HOST_PORT_BLOCKS_SURGE, yaml).map(({ message }) => message))
      .toEqual(['port 80 of a node belongs to one pod, so a new pod needs a node without an old one, which a DaemonSet never has']);
  });

  test.each([
    ['an old pod may go first', ported({ strategy: rolling(1, 1) })],
    ['there is no surge', ported({ strategy: rolling(0, 1) })],
    ['a quarter of the pods is one that may go first', ported({ replicas: '4' })],
    ['all pods go first', ported({ strategy: '{ type: Recreate }' })],
    ['a DaemonSet replaces pods one by one', ported({ replicas: undefined }, 'DaemonSet')],
    ['no port of the host is used', exampleOf()],
  ])('is silent where %s', (_, yaml) => {
    expect(count(HOST_PORT_BLOCKS_SURGE, yaml)).toBe(0);
  });

  test('holds for a blue-green Rollout, which makes all new pods before an old one goes', () => {
    expect(count(HOST_PORT_BLOCKS_SURGE, ported({ strategy: '{ blueGreen: { activeService: payments } }' }, 'Rollout'))).toBe(1);
  });

  test('asks for the fewest pods of an autoscaler, of which a quarter is none', () => {
    const autoscaler = (least: number) => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: payments }
spec: { minReplicas: ${least}, maxReplicas: 10, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: payments } }
`;
    const yaml = (least: number) => exampleOf({
      spec: { replicas: undefined }, container: { ports: '[{ containerPort: 3000, hostPort: 80 }]' }, objects: [autoscaler(least)],
    });
    expect(count(HOST_PORT_BLOCKS_SURGE, yaml(3))).toBe(1);
    expect(count(HOST_PORT_BLOCKS_SURGE, yaml(4))).toBe(0);
  });
});

describe('single-writer-volume', () => {
  const claim = (modes: string, extra = '') => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ledger }
spec: { accessModes: [${modes}]${extra} }
`;
  const writing = (object: string, spec: ExampleParts['spec'] = { replicas: '1' }, pod: ExampleParts['pod'] = {}) => exampleOf({
    spec, pod: { volumes: '[{ name: tmp, emptyDir: {} }, { name: ledger, persistentVolumeClaim: { claimName: ledger } }]', ...pod }, objects: [object],
  });

  test('tells of a volume that the old pod still holds', () => {
    expect(found(SINGLE_WRITER_VOLUME, writing(claim('ReadWriteOnce')))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.volumes[1].persistentVolumeClaim.claimName',
      message: 'claim ledger is ReadWriteOnce, but a release starts the new pod while the old one still holds the volume, so it may never become ready',
      fix: 'use a volume with ReadWriteMany, keep the data outside the pod, or set strategy: { type: Recreate } and accept that nobody serves meanwhile',
    }]);
  });

  test.each([
    ['others may mount it', writing(claim('ReadWriteMany'))],
    ['others may mount it too', writing(claim('ReadWriteOnce, ReadWriteMany'))],
    ['the claim is not among the objects', writing(claim('ReadWriteOnce').replace('ledger', 'other'))],
    ['the claim is of another namespace', writing(claim('ReadWriteOnce').replace('name: ledger', 'name: ledger, namespace: shop'))],
    ['the old pod goes first', writing(claim('ReadWriteOnce'), { replicas: '1', strategy: '{ type: Recreate }' })],
    ['the old pod may go first', writing(claim('ReadWriteOnce'), { replicas: '1', strategy: rolling(0, 1) })],
    ['the volume is of the node, where every pod follows it', writing(claim('ReadWriteOnce', ', storageClassName: local-path'))],
    ['the pods stay on one node', writing(claim('ReadWriteOnce'), { replicas: '1' }, { nodeSelector: '{ kubernetes.io/hostname: node-1 }' })],
  ])('is silent where %s', (_, yaml) => {
    expect(count(SINGLE_WRITER_VOLUME, yaml)).toBe(0);
  });

  test('tells of a volume that one pod can mount, wherever the pods are', () => {
    const yaml = writing(claim('ReadWriteOncePod', ', storageClassName: local-path'), { replicas: '1' }, { nodeName: 'node-1' });
    expect(count(SINGLE_WRITER_VOLUME, yaml)).toBe(1);
  });
});
