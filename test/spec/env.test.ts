import { HOSTILE, expectReadable } from './hostile';
import { Env, EnvFrom } from '../../src/spec/env';
import { refusalOf } from '../plan/declare';

describe('Env.field', () => {
  test.each([
    'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.labels[\'app\']', 'metadata.annotations[\'example.com/owner\']', 'spec.nodeName',
    'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs',
  ])('may be %s', (path) => {
    expect(Env.field(path)._source).toEqual({ kind: 'field', path });
  });

  test.each([
    '', ' \n', 'metadata', 'metadata.labels', 'metadata.labels[app]', 'metadata.Name', 'metadata.name\n', ' metadata.name', 'spec.replicas',
    'status.phase', 'status.podIPs[0]', 'limits.memory',
  ])('may not be %j', (path) => {
    expect(refusalOf(() => Env.field(path)))
      .toBe(`Env.field path ${JSON.stringify(path)} must be a field that the downward API offers, such as "metadata.name" or "status.podIP"`);
  });

  test('may not be a label that no pod can have, which Kubernetes refuses', () => {
    expect(() => Env.field('metadata.labels[\'a b\']')).toThrow('Env.field key "a b" must be at most 63 letters');
  });
});

describe('Env.resource', () => {
  const UNITS = 'must be "1" or "1m" for CPU, and "1" with a unit such as "1Mi" for others';

  test.each(['limits.cpu', 'limits.memory', 'limits.ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.ephemeral-storage'])('may be %s', (resource) => {
    expect(Env.resource(resource)._source).toEqual({ kind: 'resource', resource, divisor: undefined });
  });

  test.each(['', ' \n', 'memory', 'limits', 'limits.', 'limits.disk', 'limit.memory', 'limits.memory\n', 'Limits.memory'])('may not be %j', (resource) => {
    expect(refusalOf(() => Env.resource(resource)))
      .toBe(`Env.resource ${JSON.stringify(resource)} must be limits or requests of cpu, memory or ephemeral-storage, such as "limits.memory"`);
  });

  test.each(['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'])('of memory may be given in %s', (divisor) => {
    expect(Env.resource('limits.memory', divisor)._source).toMatchObject({ divisor });
  });

  test.each(['1', '1m'])('of a CPU may be given in %s', (divisor) => {
    expect(Env.resource('requests.cpu', divisor)._source).toMatchObject({ divisor });
  });

  describe.each(['limits.memory', 'requests.ephemeral-storage'])('of %s', (resource) => {
    test.each(['', '0', '2', '10', '1m', '2Mi', '1K', '1ki', '1mi', '1 Mi', '1.0', '-1', '1Mi\n'])('may not be given in %j', (divisor) => {
      expect(refusalOf(() => Env.resource(resource, divisor))).toBe(`Env.resource divisor ${JSON.stringify(divisor)} ${UNITS}`);
    });
  });

  describe.each(['limits.cpu', 'requests.cpu'])('of %s', (resource) => {
    test.each(['', '0', '2', '10m', '1k', '1M', '1Ki', '1Mi', '1.0', '-1', '1m\n'])('may not be given in %j', (divisor) => {
      expect(refusalOf(() => Env.resource(resource, divisor))).toBe(`Env.resource divisor ${JSON.stringify(divisor)} ${UNITS}`);
    });
  });
});

describe.each<[string, (prefix?: string) => EnvFrom]>([
  ['EnvFrom.config', (prefix) => EnvFrom.config('flags', prefix)],
  ['EnvFrom.secret', (prefix) => EnvFrom.secret('db', prefix)],
])('the prefix of %s', (_, give) => {
  test.each([undefined, '', 'A', '_', 'DB_', 'a1'])('may be %j', (prefix) => {
    expect(give(prefix)._source).toMatchObject({ prefix });
  });

  test.each(['1', 'A-', 'A.', 'A B', ' ', 'Ä', 'A\n', 'A='])('may not be %j', (prefix) => {
    expect(refusalOf(() => give(prefix))).toBe(`EnvFrom prefix ${JSON.stringify(prefix)} must be letters, digits or '_', not starting with a digit`);
  });
});

describe.each<[string, (value: string) => unknown]>([
  ['the path of Env.field', (value) => Env.field(value)],
  ['the resource of Env.resource', (value) => Env.resource(value)],
  ['the divisor of Env.resource', (value) => Env.resource('limits.memory', value)],
  ['the prefix of EnvFrom', (value) => EnvFrom.config('flags', value)],
])('%s', (_, give) => {
  test.each(HOSTILE)('of %s is refused in one readable line', (__, value) => {
    expectReadable(refusalOf(() => give(value)));
  });
});
