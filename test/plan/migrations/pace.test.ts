import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { DROP, migrating } from './migrating';
import { type Pace, paced, paceProblems } from '../../../src/expand-contract/run/pace';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../src/expand-contract/run/settings';
import { Env } from '../../../src/spec/env';
import type { MigrationPace } from '../../../src/spec/migration/migration-pace';
import type { PostgresOptions } from '../../../src/spec/migration/postgres-options';
import { errorOf, planned, problemsOf } from '../declare';

function settingsOf(pace: MigrationPace, also: Partial<PostgresOptions> = {}): RunSettings {
  return JSON.parse(planned(migrating({ pace, ...also })).planned.schema!.jobs!.configMap.data['settings.json']) as RunSettings;
}

test('a pace is what the scripts are told', () => {
  const times = { batch: Duration.millis(50), lockTimeout: Duration.seconds(1), replicaLag: Duration.minutes(5) };
  const pace = { ...times, rest: 0.5, lockWaiters: 0, activeSessions: 40 };
  expect(settingsOf(pace)).toMatchObject({
    batchMillis: 50,
    restPerWork: 0.5,
    lockTimeout: '1000ms',
    mostReplicaLag: '300000ms',
    criticalReplicaLag: '3000000ms',
    mostLockWaiters: 0,
    criticalLockWaiters: 10,
    mostActive: 40,
    criticalActive: 400,
  });
});

test('a replica that may be a little behind ends a walk after ten minutes all the same', () => {
  expect(settingsOf({ replicaLag: Duration.seconds(2) })).toMatchObject({ mostReplicaLag: '2000ms', criticalReplicaLag: '600000ms' });
});

test('what is outside its bounds is told with them, all together', () => {
  const times = { batch: Duration.seconds(1), lockTimeout: Duration.millis(1), replicaLag: Duration.hours(2) };
  const pace = { ...times, rest: -1, lockWaiters: 1.5, activeSessions: 0 };
  expect(problemsOf(migrating({ pace }))).toEqual([
    'Database pace batch 1000ms must be from 10ms to 500ms',
    'Database pace rest -1 must be from 0 to 100',
    'Database pace lockTimeout 1ms must be from 10ms to 60000ms',
    'Database pace replicaLag 7200000ms must be from 10ms to 3600000ms',
    'Database pace lockWaiters 1.5 must be a whole number from 0 to 10000',
    'Database pace activeSessions 0 must be a whole number from 1 to 100000',
  ]);
});

test.each([
  [{ batch: 100 }, 'Database pace batch "100" must be a Duration, such as Duration.seconds(30)'],
  [{ rest: '1' }, 'Database pace rest "1" must be a number'],
  [7, 'Database pace'],
])('what is of another type, as plain JavaScript may give it, is refused: %j', (pace, message) => {
  expect(errorOf(() => migrating({ pace: pace as never })).problems[0]).toContain(message);
});

test('what ends a walk is always more than what makes it rest, and a batch with its wait ends before a server looks for deadlocks', () => {
  const within = (least: number, most: number) => fc.option(fc.integer({ min: least, max: most }), { nil: undefined });
  const paces = fc.record<Pace>({
    batch: within(0, 600),
    rest: within(0, 100),
    lockTimeout: within(10, 60_000),
    replicaLag: within(10, 3_600_000),
    lockWaiters: within(0, 10_000),
    activeSessions: within(1, 100_000),
  });
  fc.assert(fc.property(paces, (pace) => {
    fc.pre(paceProblems(pace, String).length === 0);
    const settings = paced(DEFAULT_RUN_SETTINGS, pace);
    const milliseconds = (text: string) => Number.parseInt(text, 10);
    expect(milliseconds(settings.criticalReplicaLag)).toBeGreaterThan(milliseconds(settings.mostReplicaLag));
    expect(settings.criticalLockWaiters).toBeGreaterThan(settings.mostLockWaiters);
    expect(settings.criticalActive).toBeGreaterThan(settings.mostActive);
    expect(settings.batchMillis + milliseconds(settings.batchLockTimeout)).toBeLessThan(1000);
  }));
});

test('the pods may ask with a role of their own', () => {
  const { wait, jobs } = planned(migrating({ waitUrl: Env.secretKey('orders-program', 'url') })).planned.schema!;
  expect([wait?.url._source, jobs?.url._source]).toEqual([
    { kind: 'secret-key', name: 'orders-program', key: 'url' }, { kind: 'secret-key', name: 'orders-database', key: 'url' },
  ]);
  expect(errorOf(() => migrating({ waitUrl: Env.value('postgresql://me:hidden@db/shop') })).problems[0]).toMatch(/^Database waitUrl must be a key of a Secret/);
});

test('a contract waits for somebody to agree where that is asked for', () => {
  const told = (contractsNeedApproval?: boolean) => settingsOf({}, { migrations: undefined, contracts: [DROP], contractsNeedApproval }).needsApproval;
  expect([told(), told(false), told(true)]).toEqual([false, false, true]);
});
