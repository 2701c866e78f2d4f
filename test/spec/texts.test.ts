import { HOSTILE, expectReadable } from './hostile';
import { Env, EnvFrom } from '../../src/spec/env';
import { External } from '../../src/spec/external';
import { KubernetesVersion } from '../../src/spec/kubernetes-version';
import { Metric } from '../../src/spec/metric';
import { NetworkPeer } from '../../src/spec/network-peer';
import { Probe } from '../../src/spec/probe';
import { Risk } from '../../src/spec/risk';
import { ServiceAccount } from '../../src/spec/service-account';
import { IstioRetries } from '../../src/spec/traffic/istio';
import { Volume } from '../../src/spec/volume';
import { refusalOf } from '../plan/declare';

const OBJECT = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' };
const SUBDOMAIN = 'must be at most 253 lower-case letters, digits, \'-\' or \'.\', each part starting and ending with a letter or digit';

describe.each<[string, (value: string) => unknown]>([
  ['Env.secretKey secret', (value) => Env.secretKey(value, 'key')],
  ['Env.secretKey key', (value) => Env.secretKey('secret', value)],
  ['Env.configKey config', (value) => Env.configKey(value, 'key')],
  ['Env.configKey key', (value) => Env.configKey('config', value)],
  ['EnvFrom.config config', (value) => EnvFrom.config(value)],
  ['EnvFrom.secret secret', (value) => EnvFrom.secret(value)],
  ['Volume.config config', (value) => Volume.config(value)],
  ['Volume.secret secret', (value) => Volume.secret(value)],
  ['Metric.pods name', (value) => Metric.pods(value, '1')],
  ['Metric.external name', (value) => Metric.external(value, '1')],
  ['Metric.object metric', (value) => Metric.object(value, '1', OBJECT)],
  ['Metric.object apiVersion', (value) => Metric.object('rps', '1', { ...OBJECT, apiVersion: value })],
  ['Metric.object kind', (value) => Metric.object('rps', '1', { ...OBJECT, kind: value })],
  ['Metric.object name', (value) => Metric.object('rps', '1', { ...OBJECT, name: value })],
  ['the reason for accepting single-replica', (value) => Risk.singleReplica(value)],
  ['the reason for accepting moving-image-tag', (value) => Risk.movingImageTag(value)],
  ['the reason for accepting same-probe', (value) => Risk.sameProbe(value)],
  ['the reason for accepting connect-only-readiness', (value) => Risk.connectOnlyReadiness(value)],
  ['the reason for accepting literal-secret', (value) => Risk.literalSecret(value)],
  ['the reason for accepting session-affinity', (value) => Risk.sessionAffinity(value)],
])('%s', (name, give) => {
  test('may be any text', () => {
    expect(() => give('a')).not.toThrow();
  });

  test.each(['', ' \n'])('may not be %j', (value) => {
    expect(refusalOf(() => give(value))).toBe(`${name} must not be empty`);
  });
});

describe.each<[string, (value: string) => unknown]>([
  ['External Secret name', (value) => External.secret(value)],
  ['External ConfigMap name', (value) => External.configMap(value)],
  ['ServiceAccount.existing name', (value) => ServiceAccount.existing(value)],
  ['Volume.claim claim', (value) => Volume.claim(value)],
])('%s', (name, give) => {
  test.each(['a', 'a.b-c', 'a'.repeat(253)])('may be %j', (value) => {
    expect(() => give(value)).not.toThrow();
  });

  test.each(['', 'A', 'a_b', '-a'])('may not be %j', (value) => {
    expect(refusalOf(() => give(value))).toBe(`${name} ${JSON.stringify(value)} ${SUBDOMAIN}`);
  });

  test.each(HOSTILE)('of %s is refused in one readable line', (_, value) => {
    expectReadable(refusalOf(() => give(value)));
  });
});

describe('a metric target', () => {
  const give = (value: string) => Metric.pods('rps', value);

  test.each(['1', '100', '0.5', '250m', '10k', '1Ki', '3Gi', '0.001'])('may be %s', (value) => {
    expect(() => give(value)).not.toThrow();
  });

  test.each(['', '0', '0.0', '0m', '-1', '1e3', '.5', '1.', '1 k', '1K ', '10kk', 'ten', '1\n'])('may not be %j', (value) => {
    expect(refusalOf(() => give(value))).toBe(`metric target ${JSON.stringify(value)} must be a quantity above zero, such as "100", "250m" or "10k"`);
  });

  test.each(['K'])('may not be in the unit %s, which Kubernetes does not know', (unit) => {
    expect(refusalOf(() => give(`1${unit}`))).toContain('metric target');
  });
});

describe('NetworkPeer.cidr', () => {
  test.each(['10.0.0.0/16', '0.0.0.0/0', '10.0.0.1/32', '255.255.255.255/32', '::/0', 'fd00::/8', '2001:db8::1/128'])('may be %s', (value) => {
    expect(() => NetworkPeer.cidr(value)).not.toThrow();
  });

  test.each([
    '', '/', '10.0.0.0', '10.0.0.0/', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/-1', '10.0.0.0/08', '10.0.0.0/8/8', '010.0.0.0/8', 'a.b.c.d/8', '10.0.0.0/16 ',
    'example.com/8', '256.0.0.0/8', '999.1.1.1/32', '::/129', '::/1000', ':/8', '1:2:3:4:5:6:7:8:9/64', ':::/8',
  ])('may not be %j', (value) => {
    expect(refusalOf(() => NetworkPeer.cidr(value))).toBe(`NetworkPeer.cidr ${JSON.stringify(value)} must be a range of addresses such as "10.0.0.0/16"`);
  });

  test('may not name the zone of an address, which Kubernetes refuses', () => {
    expect(() => NetworkPeer.cidr('fe80::1%eth0/128')).toThrow('must be a range of addresses');
  });
});

describe('NetworkPeer.namespace', () => {
  test.each(['a', '1', 'kube-system', 'a'.repeat(63)])('may be %j', (name) => {
    expect(() => NetworkPeer.namespace(name)).not.toThrow();
  });

  test.each(['', 'A', 'a.b', 'a_b', '-a', 'a-', 'a'.repeat(64)])('may not be %j', (name) => {
    expect(refusalOf(() => NetworkPeer.namespace(name))).toBe(
      `NetworkPeer.namespace name ${JSON.stringify(name)} must be at most 63 lower-case letters, digits or '-', starting and ending with a letter or digit`);
  });
});

describe('ServiceAccount.create annotations', () => {
  const create = (key: string) => ServiceAccount.create({ annotations: { [key]: 'any text: goes' } });

  test.each(['role', 'eks.amazonaws.com/role-arn'])('may have the key %s', (key) => {
    expect(() => create(key)).not.toThrow();
  });

  test.each(['', 'a b', '/a', 'a/', 'a/b/c'])('may not have the key %j', (key) => {
    expect(refusalOf(() => create(key))).toBe(
      `ServiceAccount.create annotations key ${JSON.stringify(key)} must be at most 63 letters, digits, '-', '_' or '.', with an optional DNS prefix and '/'`);
  });
});

describe('probes', () => {
  test.each(['', 'ready', '/a b'])('may not ask the path %j', (path) => {
    expect(refusalOf(() => Probe.http(path)))
      .toBe(`probe path ${JSON.stringify(path)} must start with '/' and hold no white space or control characters`);
  });

  test('may not run nothing', () => {
    expect(refusalOf(() => Probe.exec([]))).toBe('probe command must name a program');
  });

  test('keep the command that they were given', () => {
    const command = ['check'];
    const probe = Probe.exec(command);
    command.push('--force');
    expect(probe._action).toEqual({ kind: 'exec', command: ['check'] });
  });
});

describe('KubernetesVersion.of', () => {
  test.each([['1.27', 27], ['v1.30', 30], ['1.31.4', 31], ['v1.32.1-eks-123', 32], ['1.33+', 33], ['1.36', 36]])('reads %s', (version, minor) => {
    expect(KubernetesVersion.of(version).minor).toBe(minor);
  });

  test.each(['1.26', '1.37', '2.0', '1', '', 'latest', '1.30.', 'v 1.30', '1.030.x', '1.30\n'])('refuses %j', (version) => {
    expect(refusalOf(() => KubernetesVersion.of(version))).toBe(`kubernetesVersion ${JSON.stringify(version)} must be from 1.27 to 1.36`);
  });

  test('has a constant for every version that it reads', () => {
    for (let minor = 27; minor <= 36; minor += 1) {
      const constant = KubernetesVersion[`V1_${minor}` as 'V1_27'];
      expect(constant).toEqual(KubernetesVersion.of(`1.${minor}`));
      expect(String(constant)).toBe(`1.${minor}`);
    }
  });

  test.each(HOSTILE)('refuses %s in one readable line', (_, version) => {
    expectReadable(refusalOf(() => KubernetesVersion.of(version)));
  });
});

describe('IstioRetries', () => {
  test('of idempotent requests add conditions to the safe ones, each once', () => {
    expect(IstioRetries.idempotent({ on: ['5xx', 'connect-failure', '5xx'] }).conditions)
      .toEqual(['connect-failure', 'refused-stream', 'reset-before-request', '5xx']);
  });

  test('of idempotent requests want a condition', () => {
    expect(refusalOf(() => IstioRetries.idempotent({ on: [] })))
      .toBe('IstioRetries.idempotent on must name a condition such as "gateway-error"; IstioRetries.safe() needs none');
  });

  test.each(['', 'GATEWAY', '5xx,reset', 'a b'])('of idempotent requests refuse the condition %j', (condition) => {
    expect(refusalOf(() => IstioRetries.idempotent({ on: ['5xx', condition] })))
      .toBe(`IstioRetries.idempotent on ${JSON.stringify(condition)} must be one of Envoy's conditions, such as "gateway-error"`);
  });
});

describe('a hostile text is shortened', () => {
  const long = 'x '.repeat(5000);

  test.each<[string, () => unknown]>([
    ['in a metric target', () => Metric.pods('rps', long)],
    ['in a range of addresses', () => NetworkPeer.cidr(long)],
    ['in a retry condition', () => IstioRetries.idempotent({ on: [long] })],
  ])('%s', (_, give) => {
    expectReadable(refusalOf(give));
  });
});
