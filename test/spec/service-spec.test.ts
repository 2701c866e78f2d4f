import { Duration } from 'cdk8s';
import { HOSTILE, expectReadable } from './hostile';
import { Traffic } from '../../src/spec/traffic/traffic';
import { planned, problemsOf, Props, seconds } from '../plan/declare';

const NAMED = "must be at most 63 letters, digits, '-', '_' or '.', with an optional DNS prefix and '/'";
const VALUED = "must be at most 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit";

describe('name', () => {
  test.each(['a', 'payments-2', 'a'.repeat(52)])('may be %j', (name) => {
    expect(problemsOf({}, name)).toEqual([]);
  });

  test.each(['', 'Payments', '1a', 'a'.repeat(53), 'a_b', 'a-'])('may not be %j, which is told once', (name) => {
    expect(problemsOf({}, name)).toEqual([
      `name ${JSON.stringify(name)} must be at most 52 lower-case letters, digits or '-', start with a letter and end with a letter or digit`,
    ]);
  });

  test.each(HOSTILE)('of %s is refused in one readable line', (_, name) => {
    problemsOf({}, name).forEach(expectReadable);
  });
});

describe.each(['port', 'servicePort'])('%s', (prop) => {
  test.each([1, 65_535])('may be %d', (port) => {
    expect(problemsOf({ [prop]: port })).toEqual([]);
  });

  test.each([0, -1, 65_536, 80.5, NaN])('may not be %d', (port) => {
    expect(problemsOf({ [prop]: port })).toEqual([`${prop} ${port} must be a whole number from 1 to 65535`]);
  });
});

describe.each([['startsWithin', 3600], ['longestRequest', 3600], ['nodeDrainTimeout', 86_400]])('%s', (prop, max) => {
  const roomy: Props = { nodeDrainTimeout: seconds(86_400) };

  test('may be as long as its bounds', () => {
    expect(problemsOf({ ...roomy, [prop]: seconds(max) })).toEqual([]);
  });

  test.each([0, max + 1])('may not be %d seconds', (amount) => {
    expect(problemsOf({ ...roomy, [prop]: seconds(amount) })).toContain(`${prop} ${amount}s must be from 1s to ${max}s`);
  });
});

test.each(['startsWithin', 'longestRequest'])('%s may be less than a second, which counts as one', (prop) => {
  expect(problemsOf({ [prop]: Duration.millis(1) })).toEqual([]);
});

describe('labels', () => {
  test.each<[Record<string, string>]>([[{ team: 'shop' }], [{ 'example.com/team': '' }], [{ a: 'A.b_c' }]])('may be %j', (labels) => {
    expect(problemsOf({ labels })).toEqual([]);
  });

  test('are refused with a bad key', () => {
    expect(problemsOf({ labels: { 'a b': 'x' } })).toEqual([`label "a b" ${NAMED}`]);
  });

  test('are refused with a bad value', () => {
    expect(problemsOf({ labels: { team: 'a b' } })).toEqual([`label "team" "a b" ${VALUED}`]);
  });

  test.each(['app.kubernetes.io/name', 'app.kubernetes.io/managed-by'])('are refused under the key %s', (key) => {
    expect(problemsOf({ labels: { [key]: 'x' } })).toEqual([`label ${key} cannot be given: the library sets it`]);
  });
});

describe('selector', () => {
  test('may be the labels of a Deployment that exists', () => {
    const selector = { app: 'payments', tier: 'api' };
    expect(problemsOf({ selector })).toEqual([]);
    expect(planned({ selector }).planned.spec.selector).toEqual(selector);
  });

  test('may not be empty', () => {
    expect(problemsOf({ selector: {} })).toEqual(['selector must hold at least one label: an empty one selects every pod of the namespace']);
  });

  test('may not contradict the labels', () => {
    expect(problemsOf({ selector: { app: 'a' }, labels: { app: 'b' } }))
      .toEqual(['label "app" "b" must be the selector\'s "a"; leave it out of labels']);
    expect(problemsOf({ selector: { app: 'a' }, labels: { app: 'a' } })).toEqual([]);
  });

  test('is refused with a bad key or value', () => {
    expect(problemsOf({ selector: { 'a b': 'x', 'c': 'd e' } })).toEqual([`label "a b" ${NAMED}`, `label "c" "d e" ${VALUED}`]);
  });
});

test('a bad key of a pod annotation is refused', () => {
  expect(problemsOf({ podAnnotations: { 'a b': 'anything goes here' } })).toEqual([`podAnnotations key "a b" ${NAMED}`]);
  expect(problemsOf({ podAnnotations: { 'example.com/a': 'anything goes here' } })).toEqual([]);
});

test('a bad label of a node is refused', () => {
  expect(problemsOf({ nodeSelector: { 'a b': 'x' } })).toEqual([`nodeSelector key "a b" ${NAMED}`]);
  expect(problemsOf({ nodeSelector: { pool: 'a b' } })).toEqual([`nodeSelector "pool" "a b" ${VALUED}`]);
  expect(problemsOf({ nodeSelector: { 'kubernetes.io/os': 'linux' } })).toEqual([]);
});

describe('tolerations', () => {
  test.each(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])('may name the effect %s', (effect) => {
    expect(problemsOf({ tolerations: [{ effect }] })).toEqual([]);
  });

  test.each(['', 'noSchedule', 'Never'])('may not name the effect %j', (effect) => {
    expect(problemsOf({ tolerations: [{ effect }] }))
      .toEqual([`toleration effect ${JSON.stringify(effect)} must be NoSchedule, PreferNoSchedule or NoExecute`]);
  });

  test('may not name a value without a key, which Kubernetes refuses', () => {
    expect(problemsOf({ tolerations: [{ value: 'spot' }] })).toEqual(['toleration value "spot" needs a key']);
    expect(problemsOf({ tolerations: [{ key: 'pool', value: 'spot' }] })).toEqual([]);
  });

  test.each(['pool', 'example.com/pool', 'A.b_c'])('may name the key %s', (key) => {
    expect(problemsOf({ tolerations: [{ key }] })).toEqual([]);
  });

  test.each(['', 'a b', '-a', 'a/b/c'])('may not name the key %j, which no taint can have', (key) => {
    expect(problemsOf({ tolerations: [{ key }] })).toEqual([`toleration key ${JSON.stringify(key)} ${NAMED}`]);
  });

  test.each(['', 'spot', 'A.b_c'])('may name the value %j', (value) => {
    expect(problemsOf({ tolerations: [{ key: 'pool', value }] })).toEqual([]);
  });

  test.each(['a b', '-a', 'a/b'])('may not name the value %j, which no taint can have', (value) => {
    expect(problemsOf({ tolerations: [{ key: 'pool', value }] })).toEqual([`toleration value ${JSON.stringify(value)} ${VALUED}`]);
  });
});

describe.each<[string, (name: string) => Props]>([
  ['imagePullSecrets name', (name) => ({ imagePullSecrets: ['registry', name] })],
  ['priorityClassName', (name) => ({ priorityClassName: name })],
])('%s', (field, props) => {
  test.each(['a', 'system-cluster-critical', 'a.b', 'a'.repeat(253)])('may be %j', (name) => {
    expect(problemsOf(props(name))).toEqual([]);
  });

  test.each(['', 'A', 'a_b', 'a-', 'a b'])('may not be %j', (name) => {
    expect(problemsOf(props(name))).toEqual([
      `${field} ${JSON.stringify(name)} must be at most 253 lower-case letters, digits, '-' or '.', each part starting and ending with a letter or digit`,
    ]);
  });

  test('may not have 254 characters', () => {
    expect(problemsOf(props('a'.repeat(254)))).toHaveLength(1);
  });
});

describe('containers', () => {
  test('have names of their own', () => {
    const sidecars = [{ name: 'payments', image: 'a:1' }, { name: 'logs', image: 'b:1' }];
    expect(problemsOf({ sidecars, initContainers: [{ name: 'logs', image: 'c:1' }] })).toEqual([
      'container name "payments" is used 2 times in the pod; each needs its own',
      'container name "logs" is used 2 times in the pod; each needs its own',
    ]);
  });

  test.each(['', 'A', 'a.b', 'a'.repeat(64)])('beside the service may not be named %j', (name) => {
    const must = 'must be at most 63 lower-case letters, digits or \'-\', starting and ending with a letter or digit';
    const shown = JSON.stringify(name);
    expect(problemsOf({ sidecars: [{ name, image: 'a:1' }] })).toEqual([`sidecar ${shown} name ${shown} ${must}`]);
    expect(problemsOf({ initContainers: [{ name, image: 'a:1' }] })).toEqual([`initContainer ${shown} name ${shown} ${must}`]);
  });
});

describe('traffic', () => {
  test('is given each kind once', () => {
    expect(problemsOf({ traffic: [Traffic.istio(), Traffic.istio()] })).toEqual(['traffic istio is given 2 times; give it once, with all its hosts']);
    expect(problemsOf({ traffic: [Traffic.clusterInternal(), Traffic.clusterInternal()] }))
      .toEqual(['traffic clusterInternal is given 2 times; give it once, with all its hosts']);
  });

  test('given three times is told once', () => {
    expect(problemsOf({ traffic: [Traffic.istio(), Traffic.istio(), Traffic.istio()] }))
      .toEqual(['traffic istio is given 3 times; give it once, with all its hosts']);
  });
});

describe('a hostile key', () => {
  const hostile = 'x\n'.repeat(5000);

  test.each(HOSTILE)('of %s is told of in readable lines', (_, key) => {
    const props = { labels: { [key]: 'x' }, podAnnotations: { [key]: 'x' }, nodeSelector: { [key]: 'x' }, config: { [key]: 'x' }, configMaps: { [key]: {} } };
    const problems = problemsOf(props);
    expect(problems.length).toBeGreaterThanOrEqual(5);
    problems.forEach(expectReadable);
  });

  test.each<[string, Props]>([
    ['of a label with a bad value', { labels: { [hostile]: 'a b' } }],
    ['of a node label with a bad value', { nodeSelector: { [hostile]: 'a b' } }],
    ['of a ConfigMap with a bad key', { configMaps: { [hostile]: { 'a b': 'x' } } }],
  ])('%s is told of in readable lines', (_, props) => {
    const problems = problemsOf(props);
    expect(problems).toHaveLength(2);
    problems.forEach(expectReadable);
  });

  test('of a label that contradicts the selector is told of in readable lines', () => {
    problemsOf({ labels: { [hostile]: 'a' }, selector: { [hostile]: 'b' } }).forEach(expectReadable);
  });
});
