import { deployment } from './manifests';
import { clusterIn, workloadIn } from './read';
import { proxyConfigOf, saysNativeSidecar, type ProxyConfig } from '../../src/cluster/istio-proxy-config';
import type { WrongField } from '../../src/reading/field';

const http = (route: string) =>
  clusterIn(`apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: v }\nspec: { hosts: [a], gateways: [mesh], http: [{ ${route} }] }`)
    .virtualServices[0].routes[0];

describe('the weight of a destination', () => {
  test.each([
    ['alone is all', '[{ destination: { host: a } }]', [100]], ['alone is what is written', '[{ destination: { host: a }, weight: 30 }]', [30]],
    ['of several is nothing where none is written', '[{ destination: { host: a }, weight: 100 }, { destination: { host: b } }]', [100, 0]],
    ['of none is none', '[]', []],
  ])('%s', (_, route, weights) => {
    expect(http(`route: ${route}`).destinations.map(({ weight }) => weight)).toEqual(weights);
  });
});

test('a route has its protocol, matches and mirrors', () => {
  const { protocol, matches, mirrors } = http('match: [{ uri: { prefix: / } }], mirror: { host: b }, mirrors: [{ destination: { host: c, subset: s, port: { number: 9 } } }]');
  expect([protocol, matches.length]).toEqual(['http', 1]);
  expect(mirrors.map(({ host, subset, port, weight }) => [host, subset, port, weight])).toEqual([['b', undefined, undefined, 0], ['c', 's', 9, 0]]);
});

test('a DestinationRule has its host and subsets', () => {
  const [{ host, subsets }] = clusterIn('apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: d }\n'
    + 'spec: { host: payments, subsets: [{ name: v1, labels: { version: one } }, { name: all }] }').destinationRules;
  expect([host, subsets.map(({ name, labels }) => [name, [...labels]])]).toEqual(['payments', [['v1', [['version', 'one']]], ['all', []]]]);
});

describe('the configuration of a sidecar', () => {
  const configOf = (text: string): ProxyConfig => proxyConfigOf(workloadIn(deployment({ annotations: `{ proxy.istio.io/config: ${JSON.stringify(text)} }` })).workload.template);
  const plain = ({ field: _, ...config }: ProxyConfig) => config;
  const DEFAULTS = {
    terminationDrainSeconds: undefined, drainSeconds: undefined, holdsApplication: undefined, exitsOnZeroConnections: false, minimumDrainSeconds: 5,
  };

  test('has the defaults where nothing is written', () => {
    expect(plain(proxyConfigOf(workloadIn(deployment()).workload.template))).toEqual(DEFAULTS);
    expect(['', '{}', 'concurrency: 2', '# nothing'].map((text) => plain(configOf(text)))).toEqual([DEFAULTS, DEFAULTS, DEFAULTS, DEFAULTS]);
  });

  test('is read', () => {
    expect(plain(configOf('terminationDrainDuration: 1m30s\ndrainDuration: 50s\nholdApplicationUntilProxyStarts: true\n'
      + 'proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true", MINIMUM_DRAIN_DURATION: 12s }'))).toEqual({
      terminationDrainSeconds: 90, drainSeconds: 50, holdsApplication: true, exitsOnZeroConnections: true, minimumDrainSeconds: 12,
    });
  });

  const SO = 'write it as "terminationDrainDuration: 30s"';

  test.each([
    ['[1]', `must be a map; ${SO}`], ['text', `must be a map; ${SO}`], ['{', `must be YAML without aliases and repeated keys; ${SO}`],
    ['a: 1\na: 2', `repeated keys; ${SO}`], ['a: &x 1\nb: *x', `must be YAML without aliases and repeated keys; ${SO}`],
    ['terminationDrainDuration: 5', 'terminationDrainDuration 5 must be a duration'], ['drainDuration: soon', 'drainDuration "soon" must be a duration'],
  ])('%j is refused at the annotation', (text, message) => {
    expect(refusalOf(text)).toEqual({ source: 'test.yaml', position: { line: 7, column: 60 }, message: expect.stringContaining(message) });
  });

  function refusalOf(text: string): unknown {
    try {
      return configOf(text);
    } catch (error) {
      return (error as WrongField).problem;
    }
  }

  test.each([
    ['nothing', {}, undefined], ['an annotation', { annotations: '{ sidecar.istio.io/nativeSidecar: "true" }' }, true],
    ['an annotation that refuses', { annotations: '{ sidecar.istio.io/nativeSidecar: "false" }' }, false],
    ['an annotation of no sense', { annotations: '{ sidecar.istio.io/nativeSidecar: "maybe" }' }, undefined],
    ['a sidecar that is written out', { pod: ', initContainers: [{ name: istio-proxy, restartPolicy: Always }]' }, true],
    ['a container that is written out', { containers: '[{ name: app }, { name: istio-proxy }]' }, false],
  ])('says by %s whether it is native', (_, parts, expected) => {
    expect(saysNativeSidecar(workloadIn(deployment(parts)).workload.template)).toBe(expected);
  });
});
