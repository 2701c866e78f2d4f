import * as fc from 'fast-check';
import { destinationRule, service, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { OUTLIER_EJECTION } from '../../../src/checks/traffic/outlier-ejection';

const detecting = (detection: string) => destinationRule('cart', { spec: `trafficPolicy: { outlierDetection: { ${detection} } }` });
const pods = (replicas: number, options = {}) => documents(workload('cart', { spec: `replicas: ${replicas}`, ...options }), service('cart'));

describe('outlier-ejection', () => {
  test('tells how many pods can be ejected, and how many are left', () => {
    expect(told(OUTLIER_EJECTION, documents(pods(4), detecting('maxEjectionPercent: 100')))).toEqual([{
      object: 'DestinationRule shop/cart',
      path: 'spec.trafficPolicy.outlierDetection.maxEjectionPercent',
      message: 'maxEjectionPercent 100 lets 4 of 4 pods be ejected at once, which leaves 0',
      actual: '0 left',
      required: '≥ 1 left',
      fix: 'set maxEjectionPercent below 100',
    }]);
  });

  test('below the share that it names, enough pods are left, and at that share they are not', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (replicas, required) => {
      fc.pre(required <= replicas);
      const assume = { 'required-ready': required };
      const at = (percent: number) => told(OUTLIER_EJECTION, documents(pods(replicas), detecting(`maxEjectionPercent: ${percent}`)), { assume });
      const share = Number(/\d+/.exec(at(100)[0].fix)?.[0]);
      expect(at(share)).toHaveLength(1);
      expect(at(share - 1)).toEqual([]);
    }), { numRuns: 60 });
  });

  test('the fewest pods of an autoscaler count', () => {
    const hpa = (min: number) => 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: cart, namespace: shop }\n'
      + `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: cart }, minReplicas: ${min}, maxReplicas: 50 }`;
    const found = (min: number) => told(OUTLIER_EJECTION, documents(pods(9), hpa(min), detecting('maxEjectionPercent: 50')), { assume: { 'required-ready': 2 } });
    expect(found(2).map(({ actual }) => actual)).toEqual(['1 left']);
    expect(found(3)).toEqual([]);
  });

  test('a DaemonSet has as many pods as there are nodes', () => {
    const daemons = documents(workload('cart', { kind: 'DaemonSet' }), service('cart'), detecting('maxEjectionPercent: 100'));
    expect(told(OUTLIER_EJECTION, daemons, { assume: { nodes: 7 } })[0].message).toContain('7 of 7 pods');
  });

  test('a subset may have a detection of its own', () => {
    const rule = destinationRule('cart', { spec: 'subsets: [{ name: v1, trafficPolicy: { outlierDetection: { maxEjectionPercent: 100 } } }]' });
    expect(pathsOf(OUTLIER_EJECTION, documents(pods(2), rule))).toEqual(['DestinationRule shop/cart spec.subsets[0].trafficPolicy.outlierDetection.maxEjectionPercent']);
  });

  test.each([
    ['the default share of a few pods', documents(pods(3), detecting('consecutive5xxErrors: 5'))],
    ['pods that are all used where few are healthy', documents(pods(3), detecting('maxEjectionPercent: 100, minHealthPercent: 50'))],
    ['no detection', documents(pods(3), destinationRule('cart'))],
    ['pods that are not read', documents(service('cart'), detecting('maxEjectionPercent: 100'))],
    ['a host outside the cluster', documents(pods(3), destinationRule('api', { host: 'api.example.com', spec: 'trafficPolicy: { outlierDetection: { maxEjectionPercent: 100 } }' }))],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(OUTLIER_EJECTION, yaml)).toEqual([]);
  });
});
