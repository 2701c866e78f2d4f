import { Duration } from 'cdk8s';
import { migrating, RENAME, DROP } from './migrating';
import { nameOf } from '../../../src/expand-contract/phases/name';
import { Env } from '../../../src/spec/env';
import { External } from '../../../src/spec/external';
import { StartsAfter } from '../../../src/spec/migration/starts-after';
import { assumed, decided, planned, problemsOf, required } from '../declare';

const NAME = nameOf(RENAME._spec);
const schemaOf = (...args: Parameters<typeof migrating>) => planned(migrating(...args)).planned.schema;

describe('the schema', () => {
  test('is not planned where nothing is said of it', () => {
    expect(planned().planned.schema).toBeUndefined();
  });

  test('is only told apart by sessions where there is an epoch alone', () => {
    expect(schemaOf({ url: undefined, migrations: [] })).toEqual({ sessionName: 'payments@2' });
  });

  test('is waited for where there is an address and nothing to migrate, so that no older version starts later on', () => {
    const wait = expect.objectContaining({ args: ['payments', '2', '{}', 'false'] });
    expect(schemaOf({ migrations: [] })).toEqual({ sessionName: 'payments@2', wait });
  });

  test('is waited for by the names of migrations and of contracts', () => {
    expect(schemaOf({ contracts: [DROP], startsAfter: StartsAfter.EXPANDED })?.wait?.args)
      .toEqual(['payments', '2', `{${NAME},${nameOf(DROP._spec)}}`, 'true']);
  });

  test('is changed by files whose names and contents are those of the migrations', () => {
    const data = schemaOf()?.jobs?.configMap.data ?? {};
    expect(Object.keys(data)).toEqual(['run.sh', 'step.sql', 'install.sql', 'settings.json', `${NAME}.sql`]);
    expect(JSON.parse(data['settings.json'])).toMatchObject({ quiet: '3600s', service: 'payments', epoch: 2 });
    expect(data[`${NAME}.sql`]).toMatch(new RegExp(`^SELECT zero_downtime\\.declare\\('${NAME}', '[0-9a-f]{16}', E?'.*'::jsonb\\) AS phase \\\\gset\\n$`));
  });

  test('is changed by other objects when a migration or a setting is another', () => {
    const options = [{}, { schemaEpoch: 3 }, { quiet: Duration.hours(2) }, { migrations: [DROP] }];
    const names = options.map((each) => schemaOf(each)?.jobs?.configMap.name);
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toMatch(/^payments-migrations-[0-9a-f]{10}$/);
  });

  test('is waited for by the same script whatever the migrations are, because another one would roll the pods', () => {
    expect(schemaOf({ migrations: [DROP], schemaEpoch: 3 })?.wait?.configMap).toEqual(schemaOf()?.wait?.configMap);
  });
});

describe('migratesWithin', () => {
  test('is an hour by default, and assumed', () => {
    expect(assumed('migratesWithin', migrating())).toMatchObject({ value: 3600, unit: 's', origin: 'default' });
    expect(assumed('migratesWithin', migrating({ migratesWithin: Duration.hours(2) }))).toMatchObject({ value: 7200, origin: 'declared' });
  });

  test('is part of the progress deadline', () => {
    expect(decided('progressDeadline', migrating())).toEqual({
      value: 3978,
      unit: 's',
      origin: 'derived',
      inequalities: [
        '> schedulingAndPull 300s + migratesWithin 3600s + startupProbe.failureThreshold 31 × startupProbe.period 2s + minReady 15s',
      ],
    });
  });

  test('is no part of it without migrations', () => {
    expect(decided('progressDeadline', migrating({ migrations: [] }))).toEqual(decided('progressDeadline'));
  });

  test('bounds the Job that expands from below', () => {
    expect(decided('expandDeadline', migrating())).toEqual({ value: 3600, unit: 's', origin: 'derived', inequalities: ['≥ migratesWithin 3600s'] });
    expect(decided('expandDeadline', migrating({ migratesWithin: Duration.minutes(1) }))).toMatchObject({ value: 900, origin: 'preferred' });
  });
});

describe('connections', () => {
  test('are one more for each Job', () => {
    expect(decided('connections', migrating()).inequalities[0]).toBe('= poolSize 5 × peakPods 7 pods + migrations 2');
    expect(decided('connections', migrating({ contracts: [DROP] })).inequalities[0]).toBe('= poolSize 5 × peakPods 7 pods + migrations 3');
    expect(decided('connections', migrating({ migrations: [], contracts: [DROP] })).inequalities[0]).toBe('= poolSize 5 × peakPods 7 pods + migrations 1');
    expect(decided('connections', migrating({ migrations: [] })).inequalities[0]).toBe('= poolSize 5 × peakPods 7 pods');
  });

  test('are refused one above, with the pool and the limit that work', () => {
    expect(problemsOf(migrating({ maxConnections: 39 }))).toEqual([
      'connections poolSize 5 × peakPods 7 pods + migrations 2 = 37 connections must be at most maxConnections 39 − reservedConnections 3 = 36 connections; '
      + 'poolSize at most 4, or maxConnections at least 40, or fewer replicas',
    ]);
    expect(problemsOf(migrating({ maxConnections: 39, poolSize: 4 }))).toEqual([]);
    expect(problemsOf(migrating({ maxConnections: 40 }))).toEqual([]);
  });
});

describe('a declaration is refused', () => {
  test('that contracts in the release that expands', () => {
    expect(problemsOf(migrating({ contracts: [RENAME] }))).toEqual([
      `Database contracts "${NAME}" is among migrations too; contract it in a later release, when no version needs the old shape`,
    ]);
  });

  test('that holds the same twice', () => {
    expect(problemsOf(migrating({ migrations: [RENAME, DROP, RENAME] }))).toEqual([`Database migrations hold "${NAME}" twice; declare it once`]);
  });

  test('whose CronJobs would have names that Kubernetes refuses', () => {
    expect(problemsOf(migrating(), 'p'.repeat(43))).toEqual([]);
    expect(problemsOf(migrating(), 'p'.repeat(44))).toEqual([
      `name "${'p'.repeat(44)}" must be at most 43 characters with migrations: Kubernetes takes 52 in the name of a CronJob`,
    ]);
  });

  test('that has a container of the waiting one\'s name', () => {
    const sidecars = [{ name: 'schema-wait', image: 'registry.example.com/proxy:1.0.0' }];
    expect(problemsOf(migrating({}, { sidecars }))).toEqual(['container name "schema-wait" is that of the container that waits for migrations; give it another name']);
  });

  test('whose URL is a key that the Secret does not have', () => {
    const externals = [External.secret('orders-database', ['host'])];
    expect(problemsOf(migrating({}, { externals }))).toEqual([
      'Database url refers to key "url" of Secret "orders-database", which does not exist; it has host',
    ]);
  });
});

test('the app must resolve the Secret of the URL where nothing says that it is there', () => {
  expect(planned(migrating({ url: Env.secretKey('other', 'url') })).planned.openReferences)
    .toEqual([{ kind: 'Secret', name: 'other', key: 'url', usedBy: 'Database url' }]);
});

test('what the manifests cannot see to is asked of others', () => {
  expect(required('program', migrating())).toContain(
    'its sessions are called payments@2 (application_name): PGAPPNAME says so, and a driver that does not read it, such as JDBC\'s, is told in its URL');
  expect(required('cluster', migrating())).toContain(
    'the Secret of the database\'s URL is there before the Jobs: with Argo CD in a sync wave of -2 or before, or from elsewhere');
});
