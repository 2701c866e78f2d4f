import * as fc from 'fast-check';
import { count, found } from './found';
import { exampleOf } from '../../../src/checks/pods/example';
import { ISTIO_DRAIN_DURATION } from '../../../src/checks/pods/istio-drain-duration';
import { ISTIO_DRAIN_EXCEEDS_GRACE } from '../../../src/checks/pods/istio-drain-exceeds-grace';
import { ISTIO_DRAIN_TOO_SHORT } from '../../../src/checks/pods/istio-drain-too-short';
import { istioExampleOf } from '../../../src/checks/pods/istio-example';
import { SIDECAR_ENDS_FIRST } from '../../../src/checks/pods/sidecar-ends-first';

const ANNOTATION = 'spec.template.metadata.annotations["proxy.istio.io/config"]';
const termination = (seconds: number) => `{ "terminationDrainDuration": "${seconds}s" }`;
const injected = (annotations?: string) => exampleOf({
  podMetadata: { labels: '{ app: payments, sidecar.istio.io/inject: "true" }', annotations }, container: { lifecycle: '{ preStop: { sleep: { seconds: 15 } } }' },
});
const LEGACY = { assume: { 'istio-sidecar': 'legacy' } };

describe('istio-drain-too-short', () => {
  test('tells of a proxy that ends while the program waits', () => {
    expect(found(ISTIO_DRAIN_TOO_SHORT, istioExampleOf(termination(24)))).toEqual([{
      object: 'Deployment default/payments',
      path: ANNOTATION,
      message: 'Istio\'s proxy may end 24 s after the deletion (terminationDrainDuration 24 s), '
        + 'but the program\'s preStop hook takes 15 s and its drain up to 10 s',
      actual: '24 s',
      required: '≥ 25 s',
      fix: 'set terminationDrainDuration to at least 25s in the annotation proxy.istio.io/config, or make the proxy a native sidecar',
    }]);
  });

  test('is silent of one second more', () => {
    expect(count(ISTIO_DRAIN_TOO_SHORT, istioExampleOf(termination(25)))).toBe(0);
  });

  test('knows the 5 s that Istio takes where nothing is written', () => {
    expect(found(ISTIO_DRAIN_TOO_SHORT, istioExampleOf(undefined)).map(({ actual, required }) => [actual, required])).toEqual([['5 s', '≥ 25 s']]);
  });

  test.each([
    ['nobody says whether the proxy is a native sidecar', injected(), {}],
    ['the annotation says that it is one', injected('{ sidecar.istio.io/nativeSidecar: "true" }'), LEGACY],
    ['the pods have no proxy', exampleOf(), LEGACY],
    ['the proxy is written as a native sidecar', exampleOf({ before: [{ name: 'istio-proxy', restartPolicy: 'Always' }] }), LEGACY],
  ])('is silent where %s', (_, yaml, options) => {
    expect(count(ISTIO_DRAIN_TOO_SHORT, yaml, options)).toBe(0);
  });

  test.each([
    ['an assumption says so', injected(), LEGACY],
    ['no other is possible before Kubernetes 1.29', injected(), { kubernetes: 28 }],
    ['the proxy is written as an ordinary container', exampleOf({ beside: [{ name: 'istio-proxy' }] }), {}],
    ['the namespace asks for it', exampleOf({
      objects: ['apiVersion: v1\nkind: Namespace\nmetadata: { name: default, labels: { istio-injection: enabled } }'],
    }), LEGACY],
  ])('holds where %s', (_, yaml, options) => {
    expect(count(ISTIO_DRAIN_TOO_SHORT, yaml, options)).toBe(1);
  });

  test('says nothing of a hook where there is none, and nothing at all where its length cannot be read', () => {
    const yaml = (lifecycle: string | undefined) => exampleOf({ container: { lifecycle }, beside: [{ name: 'istio-proxy' }] });
    expect(found(ISTIO_DRAIN_TOO_SHORT, yaml(undefined)).map(({ message }) => message))
      .toEqual(['Istio\'s proxy may end 5 s after the deletion (terminationDrainDuration 5 s), but the program\'s drain takes up to 10 s']);
    expect(count(ISTIO_DRAIN_TOO_SHORT, yaml('{ preStop: { httpGet: { port: 3000 } } }'))).toBe(0);
  });

  test('counts the hook that is written for the proxy', () => {
    const yaml = (seconds: number) => exampleOf({ beside: [{ name: 'istio-proxy', lifecycle: `{ preStop: { sleep: { seconds: ${seconds} } } }` }] });
    expect(count(ISTIO_DRAIN_TOO_SHORT, yaml(15))).toBe(0);
    expect(found(ISTIO_DRAIN_TOO_SHORT, yaml(14)).map(({ actual }) => actual)).toEqual(['19 s']);
  });

  test('asks of a proxy that waits for its connections only that it lives until no new ones come', () => {
    const waiting = (seconds: number) => istioExampleOf(
      `{ "proxyMetadata": { "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true", "MINIMUM_DRAIN_DURATION": "${seconds}s" } }`);
    expect(count(ISTIO_DRAIN_TOO_SHORT, waiting(15))).toBe(0);
    expect(found(ISTIO_DRAIN_TOO_SHORT, waiting(14)).map(({ message, required }) => [message, required])).toEqual([[
      'Istio\'s proxy may end 14 s after the deletion (MINIMUM_DRAIN_DURATION 14 s), but requests may come for 15 s after it (propagation-seconds.istio)',
      '≥ 15 s',
    ]]);
  });

  test('finds exactly the proxies that end before the program', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 60 }), (seconds, drain) => {
      expect(count(ISTIO_DRAIN_TOO_SHORT, istioExampleOf(termination(seconds)), { assume: { 'drain-seconds': drain } })).toBe(seconds < 15 + drain ? 1 : 0);
    }), { numRuns: 40 });
  });
});

describe('istio-drain-duration', () => {
  const draining = (terminates: number, drains: number) => istioExampleOf(`{ "terminationDrainDuration": "${terminates}s", "drainDuration": "${drains}s" }`);

  test('tells of a proxy that closes its listeners too soon', () => {
    expect(found(ISTIO_DRAIN_DURATION, draining(30, 24))).toEqual([{
      object: 'Deployment default/payments',
      path: ANNOTATION,
      message: 'Istio\'s proxy closes its listeners 24 s after SIGTERM (drainDuration), but has to carry requests for 25 s',
      actual: '24 s',
      required: '≥ 25 s',
      fix: 'set drainDuration to at least 25s in the annotation proxy.istio.io/config',
    }]);
  });

  test('knows the 45 s that Istio takes where nothing is written', () => {
    const options = { assume: { 'drain-seconds': 31 } };
    expect(found(ISTIO_DRAIN_DURATION, istioExampleOf(termination(60), { terminationGracePeriodSeconds: '70' }), options).map(({ actual }) => actual))
      .toEqual(['45 s']);
  });

  test('is silent of a native sidecar', () => {
    const yaml = draining(30, 10).replace('nativeSidecar: "false"', 'nativeSidecar: "true"');
    expect(count(ISTIO_DRAIN_DURATION, yaml, LEGACY)).toBe(0);
  });

  test('finds exactly the proxies that listen for less time than they live and are needed', () => {
    const seconds = fc.integer({ min: 1, max: 60 });
    fc.assert(fc.property(seconds, seconds, (terminates, drains) => {
      expect(count(ISTIO_DRAIN_DURATION, draining(terminates, drains))).toBe(drains < Math.min(terminates, 25) ? 1 : 0);
    }), { numRuns: 40 });
  });
});

describe('istio-drain-exceeds-grace', () => {
  test('tells of a proxy that outlasts the grace period', () => {
    expect(found(ISTIO_DRAIN_EXCEEDS_GRACE, istioExampleOf(termination(40)))).toEqual([{
      object: 'Deployment default/payments',
      path: ANNOTATION,
      message: 'Istio\'s proxy ends 40 s after the deletion (terminationDrainDuration 40 s), but the pod is killed after 40 s',
      actual: '40 s',
      required: '< 40 s',
      fix: 'set terminationGracePeriodSeconds to more than 40, or terminationDrainDuration to less than 40s',
    }]);
  });

  test('is silent of one that ends when its connections have', () => {
    expect(count(ISTIO_DRAIN_EXCEEDS_GRACE, istioExampleOf(
      '{ "terminationDrainDuration": "40s", "proxyMetadata": { "EXIT_ON_ZERO_ACTIVE_CONNECTIONS": "true" } }'))).toBe(0);
  });

  test('finds exactly the durations that are not within the grace period', () => {
    const seconds = fc.integer({ min: 1, max: 60 });
    fc.assert(fc.property(seconds, seconds, (terminates, grace) => {
      const yaml = istioExampleOf(termination(terminates), { terminationGracePeriodSeconds: String(grace) });
      expect(count(ISTIO_DRAIN_EXCEEDS_GRACE, yaml)).toBe(terminates >= grace ? 1 : 0);
    }), { numRuns: 40 });
  });
});

describe('sidecar-ends-first', () => {
  const beside = (seconds: number | undefined, name = 'linkerd-proxy') => exampleOf({
    beside: [{ name, image: 'registry.example.com/x:1', lifecycle: seconds === undefined ? undefined : `{ preStop: { sleep: { seconds: ${seconds} } } }` }],
  });

  test('tells of a proxy that gets SIGTERM while the program waits', () => {
    expect(found(SIDECAR_ENDS_FIRST, beside(undefined))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[1].lifecycle.preStop',
      message: 'container linkerd-proxy gets SIGTERM at once, but carries the requests to the program, which gets it only after 10 s',
      actual: '0 s',
      required: '≥ 10 s',
      fix: 'make linkerd-proxy a native sidecar (an init container with restartPolicy: Always), or let its preStop hook take 10 s',
    }]);
  });

  test('tells of the way to the database too', () => {
    expect(found(SIDECAR_ENDS_FIRST, beside(4, 'cloud-sql-proxy')).map(({ message }) => message)).toEqual([
      'container cloud-sql-proxy gets SIGTERM after 4 s, but carries the program\'s connections to its database, which gets it only after 10 s',
    ]);
  });

  test('knows a proxy by its image', () => {
    expect(count(SIDECAR_ENDS_FIRST, exampleOf({ beside: [{ name: 'db', image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1' }] }))).toBe(1);
  });

  test.each([
    ['the proxy is a native sidecar', exampleOf({ before: [{ name: 'linkerd-proxy', restartPolicy: 'Always' }] })],
    ['the container carries nothing', beside(undefined, 'log-shipper')],
    ['it is Istio\'s, which has rules of its own', beside(undefined, 'istio-proxy')],
    ['the program has no hook either', exampleOf({ container: { lifecycle: undefined }, beside: [{ name: 'envoy' }] })],
    ['the proxy is told to wait', exampleOf({ beside: [{ name: 'cloud-sql-proxy', args: '[--max-sigterm-delay=30s]' }] })],
    ['nobody can read its hook', exampleOf({ beside: [{ name: 'envoy', lifecycle: '{ preStop: { httpGet: { port: 9901 } } }' }] })],
  ])('is silent where %s', (_, yaml) => {
    expect(count(SIDECAR_ENDS_FIRST, yaml)).toBe(0);
  });

  test('finds exactly the hooks that are shorter than the program\'s', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20 }), (seconds) => {
      expect(count(SIDECAR_ENDS_FIRST, beside(seconds))).toBe(seconds < 10 ? 1 : 0);
    }), { numRuns: 20 });
  });
});
