import { Duration } from 'cdk8s';
import { Database } from '../../src/spec/database';
import { Metric } from '../../src/spec/metric';
import { Pods } from '../../src/spec/pods';
import { Probe } from '../../src/spec/probe';
import { Replicas } from '../../src/spec/replicas';
import { Rollout } from '../../src/spec/rollout/rollout';
import { Security } from '../../src/spec/security';
import { Shutdown } from '../../src/spec/shutdown';
import { Spread } from '../../src/spec/spread';
import { IstioRetries } from '../../src/spec/traffic/istio';
import { refusalOf } from '../plan/declare';

const POOL = { poolSize: 1, maxConnections: 100 };

/** Every whole number that is refused where it is given: its name in messages, its bounds, and how it is given. */
const NUMBERS: Array<[string, number, number, (value: number) => unknown]> = [
  ['Pods.count', 0, 10_000, (count) => Pods.count(count)],
  ['Pods.percent', 0, 100, (percent) => Pods.percent(percent)],
  ['Replicas.fixed count', 1, 10_000, (count) => Replicas.fixed(count)],
  ['Replicas.autoscaled min', 1, 10_000, (min) => Replicas.autoscaled({ min, max: 10_000 })],
  ['Replicas.autoscaled max', 1, 10_000, (max) => Replicas.autoscaled({ min: 1, max })],
  ['Metric.cpu percent', 1, 1000, (percent) => Metric.cpu(percent)],
  ['Metric.memory percent', 1, 1000, (percent) => Metric.memory(percent)],
  ['Metric.cpu percent', 1, 1000, (cpuPercent) => Replicas.autoscaled({ min: 1, max: 2, cpuPercent })],
  ['Metric.memory percent', 1, 1000, (memoryPercent) => Replicas.autoscaled({ min: 1, max: 2, memoryPercent })],
  ['Spread zones', 1, 100, (zones) => Spread.preferred({ zones })],
  ['Spread zones', 1, 100, (zones) => Spread.required({ zones })],
  ['Database poolSize', 1, 100_000, (poolSize) => Database.postgres({ ...POOL, poolSize })],
  ['Database maxConnections', 1, 1_000_000, (maxConnections) => Database.mysql({ ...POOL, maxConnections })],
  ['Database reservedConnections', 0, 1_000_000, (reservedConnections) => Database.postgres({ ...POOL, reservedConnections })],
  ['IstioRetries attempts', 1, 10, (attempts) => IstioRetries.safe({ attempts })],
  ['IstioRetries attempts', 1, 10, (attempts) => IstioRetries.idempotent({ attempts, on: ['5xx'] })],
  ['probe port', 1, 65_535, (port) => Probe.http('/ready', { port })],
  ['probe port', 1, 65_535, (port) => Probe.grpc({ port })],
  ['probe port', 1, 65_535, (port) => Probe.tcp({ port })],
];

describe.each(NUMBERS)('%s from %d to %d', (name, min, max, give) => {
  test.each([min, max])('is taken at %d', (value) => {
    expect(() => give(value)).not.toThrow();
  });

  test.each([min - 1, max + 1, min + 0.5, NaN, Infinity])('is refused at %d', (value) => {
    expect(refusalOf(() => give(value))).toBe(`${name} ${value} must be a whole number from ${min} to ${max}`);
  });
});

// Kubernetes takes 0 to 2147483647 (IsValidUserID, IsValidGroupID).
describe.each<[string, (value: number) => unknown]>([
  ['Security.restricted user', (user) => Security.restricted({ user })],
  ['Security.restricted group', (group) => Security.restricted({ group })],
])('%s', (name, give) => {
  test('is taken from 1, because root is not restricted', () => {
    expect(() => give(1)).not.toThrow();
    expect(refusalOf(() => give(0))).toBe(`${name} 0 must be a whole number from 1 to 2147483647`);
  });

  test('is taken up to the largest that Kubernetes takes', () => {
    expect(() => give(2_147_483_647)).not.toThrow();
  });

  test('is refused above what Kubernetes takes', () => {
    expect(refusalOf(() => give(2_147_483_648))).toBe(`${name} 2147483648 must be a whole number from 1 to 2147483647`);
  });
});

describe('Shutdown.drains within', () => {
  test.each([1, 86_400])('is taken at %d seconds', (within) => {
    expect(Shutdown.drains({ within: Duration.seconds(within) }).withinSeconds).toBe(within);
  });

  test.each([0, 86_401])('is refused at %d seconds', (within) => {
    expect(refusalOf(() => Shutdown.drains({ within: Duration.seconds(within) })))
      .toBe(`Shutdown.drains within ${within}s must be from 1s to 86400s`);
  });
});

describe('Replicas.autoscaled', () => {
  test('takes as many replicas at most as at least', () => {
    const { min, max, isAutoscaled } = Replicas.autoscaled({ min: 4, max: 4 });
    expect([min, max, isAutoscaled]).toEqual([4, 4, true]);
  });

  test('refuses fewer at most than at least', () => {
    expect(refusalOf(() => Replicas.autoscaled({ min: 4, max: 3 }))).toBe('Replicas.autoscaled max 3 must be at least min 4');
  });
});

describe.each(['maxSurge', 'maxUnavailable'])('Rollout.rolling %s', (name) => {
  test.each([undefined, Pods.count(1), Pods.percent(25)])('may be %s', (pods) => {
    expect(() => Rollout.rolling({ [name]: pods })).not.toThrow();
  });

  test.each([0, 1, '25%', null, {}, true])('may not be %j, which plain JavaScript lets through', (pods) => {
    expect(refusalOf(() => Rollout.rolling({ [name]: pods as never }))).toBe(`Rollout.rolling ${name} must be Pods.count(…) or Pods.percent(…)`);
  });
});

test('a number of pods is told in the notation of Kubernetes', () => {
  expect(String(Pods.count(2))).toBe('2');
  expect(String(Pods.percent(25))).toBe('25%');
});
