import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { MIN_READY_ZERO } from '../../../src/checks/pods/min-ready-zero';
import { MISSING_REQUESTS } from '../../../src/checks/pods/missing-requests';
import { MOVING_IMAGE_TAG } from '../../../src/checks/pods/moving-image-tag';
import { NO_ROLLBACK_HISTORY } from '../../../src/checks/pods/no-rollback-history';
import { PAUSED } from '../../../src/checks/pods/paused';

describe('min-ready-zero', () => {
  test('tells of a release that goes on at the first successful probe', () => {
    expect(found(MIN_READY_ZERO, exampleOf())).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.minReadySeconds',
      message: 'a new pod counts as available at its first successful probe, so a version that crashes soon after replaces every old pod',
      actual: '0 s',
      required: '> 0 s',
      fix: 'set minReadySeconds to the time in which a bad version shows itself, for example 10',
    }]);
  });

  test.each([
    ['a second is written', exampleOf({ spec: { minReadySeconds: '1' } })],
    ['there is one pod', exampleOf({ spec: { replicas: '1' } })],
    ['all pods go at once anyway', exampleOf({ spec: { strategy: '{ type: Recreate }' } })],
    ['steps decide when a Rollout goes on', exampleOf({ kind: 'Rollout', spec: { strategy: '{ canary: {} }' } })],
    ['nobody sends requests', exampleOf({ service: { selector: '{ app: orders }' } })],
  ])('is silent where %s', (_, yaml) => {
    expect(count(MIN_READY_ZERO, yaml)).toBe(0);
  });
});

describe('moving-image-tag', () => {
  const images = (image: string | undefined) => exampleOf({ container: { image } });

  test.each([
    ['payments:latest', 'is whatever was built last'],
    ['payments', 'has no tag, which means latest'],
    ['registry.example.com:5000/payments', 'has no tag, which means latest'],
  ])('tells of %s', (image, what) => {
    expect(found(MOVING_IMAGE_TAG, images(image))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].image',
      message: `image ${image} of container payments ${what}, so a rollback cannot name what ran before`,
      fix: 'use a tag that is given once, or a digest',
    }]);
  });

  test.each(['payments:2.1.0', 'registry.example.com:5000/payments:2', 'payments@sha256:00', 'payments:latest@sha256:00', 'auto', undefined])(
    'is silent of %s', (image) => {
      expect(count(MOVING_IMAGE_TAG, images(image))).toBe(0);
    });

  test('looks at every container', () => {
    const yaml = exampleOf({ before: [{ name: 'migrate', image: 'migrate' }], beside: [{ name: 'proxy', image: 'proxy:latest' }] });
    expect(found(MOVING_IMAGE_TAG, yaml).map(({ path }) => path))
      .toEqual(['spec.template.spec.initContainers[0].image', 'spec.template.spec.containers[1].image']);
  });
});

describe('no-rollback-history', () => {
  const keeping = (revisionHistoryLimit: string | undefined, kind = 'Deployment') => exampleOf({ kind, spec: { revisionHistoryLimit } });

  test('tells of a workload that keeps no revision', () => {
    expect(found(NO_ROLLBACK_HISTORY, keeping('0'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.revisionHistoryLimit',
      message: 'revisionHistoryLimit 0 deletes the version before as soon as it is replaced, so there is nothing to roll back to',
      actual: '0',
      required: '≥ 1',
      fix: 'remove revisionHistoryLimit (Kubernetes keeps 10), or set it to at least 1',
    }]);
  });

  test.each([['one', '1'], ['what Kubernetes keeps', undefined]])('is silent of %s', (_, limit) => {
    expect(count(NO_ROLLBACK_HISTORY, keeping(limit))).toBe(0);
  });

  test('holds for every kind of workload', () => {
    expect(['StatefulSet', 'DaemonSet', 'Rollout'].map((kind) => count(NO_ROLLBACK_HISTORY, keeping('0', kind)))).toEqual([1, 1, 1]);
  });
});

describe('paused', () => {
  const pausedAs = (paused: string | undefined, kind = 'Deployment') => exampleOf({ kind, spec: { paused } });

  test('tells of a workload that releases nothing', () => {
    expect(found(PAUSED, pausedAs('true'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.paused',
      message: 'the workload is declared as paused, so applying a new version releases nothing',
      fix: 'remove spec.paused, unless the release is to wait for somebody',
    }]);
  });

  test.each([['false', pausedAs('false')], ['nothing', pausedAs(undefined)], ['a kind that cannot pause', pausedAs('true', 'StatefulSet')]])(
    'is silent of %s', (_, yaml) => {
      expect(count(PAUSED, yaml)).toBe(0);
    });

  test('holds for a Rollout', () => {
    expect(count(PAUSED, pausedAs('true', 'Rollout'))).toBe(1);
  });
});

describe('missing-requests', () => {
  const requesting = (resources: string | undefined) => exampleOf({ container: { resources } });

  test('tells of what is not requested', () => {
    expect(found(MISSING_REQUESTS, requesting('{ requests: { cpu: 100m } }'))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].resources.requests',
      message: 'container payments requests no memory, so its pods are placed on full nodes and evicted first',
      fix: 'set resources.requests.memory',
    }]);
    expect(found(MISSING_REQUESTS, requesting(undefined)).map(({ message, fix }) => [message, fix])).toEqual([[
      'container payments requests no cpu and no memory, so its pods are placed on full nodes and evicted first',
      'set resources.requests.cpu and resources.requests.memory',
    ]]);
  });

  test.each([
    ['limits stand for requests', requesting('{ limits: { cpu: 1, memory: 1Gi } }')],
    ['the whole pod has some', exampleOf({ pod: { resources: '{ requests: { cpu: 1, memory: 1Gi } }' }, container: { resources: undefined } })],
    ['a LimitRange fills them in', exampleOf({
      container: { resources: undefined }, objects: ['apiVersion: v1\nkind: LimitRange\nmetadata: { name: defaults }'],
    })],
    ['nobody sends requests', exampleOf({ service: { selector: '{ app: orders }' }, container: { resources: undefined } })],
    ['the container only helps', exampleOf({ beside: [{ name: 'log-shipper' }] })],
  ])('is silent where %s', (_, yaml) => {
    expect(count(MISSING_REQUESTS, yaml)).toBe(0);
  });

  test('leaves a LimitRange of another namespace aside', () => {
    const range = 'apiVersion: v1\nkind: LimitRange\nmetadata: { name: defaults, namespace: shop }';
    expect(count(MISSING_REQUESTS, exampleOf({ container: { resources: undefined }, objects: [range] }))).toBe(1);
  });
});
