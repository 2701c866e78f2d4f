import { Duration } from 'cdk8s';
import { expectDefault, manifestsOf, objectOf, podOf, Proofs } from './proof';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import { judgeSql } from '../../../src/migrations/declared/judge-sql';
import { Database } from '../../../src/spec/database';
import { Env } from '../../../src/spec/env';
import type { CommandOptions } from '../../../src/spec/migration/engine-options';
import { Migration } from '../../../src/spec/migration/migration';
import type { PostgresOptions } from '../../../src/spec/migration/postgres-options';
import { StartsAfter } from '../../../src/spec/migration/starts-after';
import { Security } from '../../../src/spec/security';
import { decided, errorOf, planned, problemsOf } from '../../plan/declare';
import { DROP, migrating, RENAME } from '../../plan/migrations/migrating';

const POOL = { poolSize: 5, maxConnections: 200 };
const TABLE = { table: 'orders' };
const phases = (migration: Migration) => phasesOf('a', migration._spec);
/** The statements before the new version starts; which indexes come along, the database knows. */
const stepsOf = (migration: Migration) => phases(migration).complete.filter(({ sql }) => sql !== '').length;
const statements = (migration: Migration) => JSON.stringify(phases(migration));
const judgedProblems = (options: Partial<PostgresOptions>) => problemsOf(migrating(options), 'payments', judgeSql);
const engine = (options: Partial<CommandOptions> = {}) => Migration.command({ image: 'engine:1', command: ['engine'], ...options });
/** The container in which it runs. */
const engineOf = (migration: Migration) =>
  objectOf('Job', migrating({ migrations: [migration] })).spec.template.spec.initContainers.find(({ image }: { image: string }) => image === 'engine:1');
/** How the scripts are told to run. */
const settingsOf = (options: Parameters<typeof planned>[0]) => JSON.parse(planned(options).planned.schema?.jobs?.configMap.data['settings.json'] ?? '') as unknown;
const refused = (give: () => unknown) => errorOf(give).problems[0];

/** How the schema of a database changes with a release. */
export const MIGRATION_PROOFS: Proofs = {
  'PostgresOptions.url': () => {
    expect(Database.postgres({ ...POOL, schemaEpoch: 1 })._schema?.url).toBeUndefined();
    expect(refused(() => Database.postgres({ ...POOL, schemaEpoch: 1, migrations: [RENAME] }))).toContain('need url');
  },
  'PostgresOptions.migrations': () => {
    expectDefault(migrating({ migrations: undefined }), migrating({ migrations: [] }), migrating());
    expect(manifestsOf(migrating({ migrations: undefined })).map(({ kind }) => kind)).not.toContain('Job');
  },
  'PostgresOptions.contracts': () => expectDefault(migrating(), migrating({ contracts: [] }), migrating({ contracts: [DROP] })),
  'PostgresOptions.schemaEpoch': () => {
    expect(Database.postgres(POOL)._schema).toBeUndefined();
    expect(refused(() => migrating({ schemaEpoch: undefined }))).toContain('need schemaEpoch');
  },
  'PostgresOptions.migratesWithin': () => expectDefault(migrating(), migrating({ migratesWithin: Duration.hours(1) }), migrating({ migratesWithin: Duration.hours(2) })),
  'PostgresOptions.startsAfter': () => {
    expectDefault(migrating(), migrating({ startsAfter: StartsAfter.READY }), migrating({ startsAfter: StartsAfter.EXPANDED }));
    expect(podOf(migrating()).initContainers[0].args[3]).toBe('false');
  },
  'PostgresOptions.quiet': () => expectDefault(migrating(), migrating({ quiet: Duration.hours(1) }), migrating({ quiet: Duration.hours(2) })),
  'PostgresOptions.contractsNeedApproval': () => {
    const contracting = (options: object = {}) => migrating({ migrations: undefined, contracts: [DROP], ...options });
    expectDefault(contracting(), contracting({ contractsNeedApproval: false }), contracting({ contractsNeedApproval: true }));
  },
  'PostgresOptions.ignoresNamelessSessions': () => {
    const contracting = (options: object = {}) => migrating({ migrations: undefined, contracts: [DROP], ...options });
    expectDefault(contracting(), contracting({ ignoresNamelessSessions: false }), contracting({ ignoresNamelessSessions: true }));
    expect(settingsOf(contracting())).toMatchObject({ namelessIsOld: true });
  },
  'PostgresOptions.pace': () => {
    const times = { batch: Duration.millis(100), lockTimeout: Duration.millis(500), replicaLag: Duration.millis(1500) };
    expect(settingsOf(migrating({ pace: { ...times, rest: 0, lockWaiters: 10, activeSessions: 1000 } }))).toEqual(settingsOf(migrating()));
  },
  ...Object.fromEntries(Object.entries({
    batch: [Duration.millis(100), Duration.millis(50)],
    rest: [0, 1],
    lockTimeout: [Duration.millis(500), Duration.seconds(1)],
    replicaLag: [Duration.millis(1500), Duration.seconds(1)],
    lockWaiters: [10, 11],
    activeSessions: [1000, 1001],
  }).map(([key, [usual, other]]) => [`MigrationPace.${key}`, () => {
    expect(settingsOf(migrating({ pace: { [key]: usual } }))).toEqual(settingsOf(migrating({ pace: {} })));
    expect(settingsOf(migrating({ pace: { [key]: other } }))).not.toEqual(settingsOf(migrating()));
  }])),
  'PostgresOptions.waitUrl': () => {
    const url = Env.secretKey('orders-database', 'url');
    expectDefault(migrating({ url }), migrating({ url, waitUrl: url }), migrating({ url, waitUrl: Env.secretKey('orders-database', 'program') }));
  },
  'PostgresOptions.accept': () => {
    const json = { migrations: [Migration.addColumn({ ...TABLE, column: 'a', type: 'json' })] };
    expect(judgedProblems(json)).toEqual(judgedProblems({ ...json, accept: {} }));
    expect(judgedProblems(json)).toEqual([expect.stringContaining('breaks add-column-json')]);
    expect(judgedProblems({ ...json, accept: { 'add-column-json': 'nobody compares it' } })).toEqual([]);
  },
  'PostgresOptions.migrationImage': () =>
    expectDefault(migrating(), migrating({ migrationImage: 'postgres:18.1-alpine' }), migrating({ migrationImage: 'postgres:17.7' })),
  'TableOptions.schema': () => {
    expect(Migration.dropTable(TABLE)._spec).toEqual({ kind: 'dropTable', table: 'orders' });
    expect(statements(Migration.dropTable(TABLE))).toContain('DROP TABLE orders;');
  },
  'AddColumnOptions.defaultValue': () => expect(statements(Migration.addColumn({ ...TABLE, column: 'note', type: 'text' }))).not.toContain('DEFAULT'),
  'AddColumnOptions.value': () => {
    expect(phases(Migration.addColumn({ ...TABLE, column: 'large', type: 'boolean', defaultValue: 'false' })).backfill?.assignments).toBe('large = (false)');
    expect(phases(Migration.addColumn({ ...TABLE, column: 'large', type: 'boolean' })).backfill).toBeUndefined();
  },
  'AddColumnOptions.notNull': () => {
    expect(phases(Migration.addColumn({ ...TABLE, column: 'note', type: 'text' })).complete).toEqual([]);
    expect(statements(Migration.addColumn({ ...TABLE, column: 'a', type: 'text', notNull: false }))).toBe(statements(Migration.addColumn({ ...TABLE, column: 'a', type: 'text' })));
  },
  ...Object.fromEntries(['tables', 'expand', 'complete', 'contract', 'abort'].map((phase) => [`SqlMigrationOptions.${phase}`, () => {
    expect(Migration.sql({ title: 'a', [phase]: [] })).toEqual(Migration.sql({ title: 'a' }));
    expect(phases(Migration.sql({ title: 'a' }))).toMatchObject({ expand: [], complete: [], contract: [], abort: [] });
  }])),
  'SqlMigrationOptions.backfill': () => expect(phases(Migration.sql({ title: 'a' })).backfill).toBeUndefined(),
  'SqlMigrationOptions.verify': () => expect(phases(Migration.sql({ title: 'a' })).verify).toBeUndefined(),
  'ChangeColumnTypeOptions.defaultValue': () => {
    const change = (defaultValue?: string) => Migration.changeColumnType({ ...TABLE, from: 'a', to: 'b', type: 'bigint', up: 'a', down: 'b::integer', defaultValue });
    expect(statements(change())).toContain('zero_downtime.carry_default');
    expect(statements(change())).toContain('zero_downtime.require_default');
    expect(statements(change('7'))).toContain('SET DEFAULT 7;');
  },
  'SplitPart.notNull': () => {
    const split = (notNull?: boolean) => {
      const into = ['first', 'last'].map((column) => ({ column, type: 'text', up: 'name', notNull }));
      return Migration.splitColumn({ ...TABLE, from: 'name', into, down: 'first' });
    };
    expect(split(false)).toEqual(split());
    expect([stepsOf(split()), stepsOf(split(true))]).toEqual([0, 8]);
  },
  'MergeColumnsOptions.notNull': () => {
    const from = ['first', 'last'].map((column) => ({ column, down: 'name' }));
    const merge = (notNull?: boolean) => Migration.mergeColumns({ ...TABLE, from, to: 'name', type: 'text', up: 'first', notNull });
    expect(merge(false)).toEqual(merge());
    expect([stepsOf(merge()), stepsOf(merge(true))]).toEqual([0, 4]);
  },
  ...Object.fromEntries(['up', 'down'].map((way) => [`ChangeEnumOptions.${way}`, () => {
    const change = (called: object) => Migration.changeEnum({ ...TABLE, from: 'state', to: 'mood', type: 'order_mood', values: ['good'], ...called });
    expect(change({ [way]: {} })).toEqual(change({}));
    expect(statements(change({}))).not.toContain('CASE');
    expect(statements(change({ [way]: { ok: 'good' } }))).toContain('WHEN \'ok\' THEN \'good\'');
  }])),
  'NotNullOptions.value': () => expect(phases(Migration.notNull({ ...TABLE, column: 'note' }))).toMatchObject({ expand: [], backfill: undefined }),
  'EngineOptions.resources': () => expect(engineOf(engine()).resources).toEqual({ requests: { cpu: '100m', memory: '128Mi' } }),
  'EngineOptions.connections': () => {
    const jobs = (migration: Migration) => decided('connections', migrating({ migrations: [migration] }));
    expect(jobs(engine({ connections: 5 }))).toEqual(jobs(engine()));
    expect(jobs(engine({ connections: 6 })).value).toBe(jobs(engine()).value + 1);
  },
  'CommandOptions.args': () => expect(engine({ args: [] })).toEqual(engine()),
  'CommandOptions.env': () => expect(engineOf(engine()).env).toContainEqual({ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'orders-database', key: 'url' } } }),
  'CommandOptions.volumes': () => {
    expect(engineOf(engine()).volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(['/zero-downtime', '/zero-downtime-shared', '/tmp']);
    const writable = engine({ security: Security.restricted({ user: 1337, group: 1337, writableRootFilesystem: true }) });
    expect(engineOf(writable).volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).not.toContain('/tmp');
  },
  'CommandOptions.security': () => {
    const of = (options: object) => migrating({ migrations: [engine(options)] });
    expectDefault(of({}), of({ security: Security.restricted({ user: 1337, group: 1337 }) }), of({ security: Security.restricted() }));
  },
  'PgrollOptions.schema': () => {
    const change = (schema?: string) => Migration.pgroll({ image: 'pgroll:1', name: '02_state', migration: '{"operations":[{}]}', schema });
    expect(change('public')).toEqual(change());
    expect(change('shop')).not.toEqual(change());
  },
  'CreateIndexOptions.where': () => expect(statements(Migration.createIndex({ ...TABLE, index: 'i', columns: ['a'] }))).not.toContain('WHERE'),
  'CreateIndexOptions.unique': () => {
    const index = { ...TABLE, index: 'i', columns: ['a'] };
    expect(statements(Migration.createIndex(index))).not.toContain('UNIQUE');
    expect(Migration.createIndex({ ...index, unique: false })).toEqual(Migration.createIndex(index));
    expect(planned(migrating({ migrations: [Migration.createIndex({ ...index, unique: true })] })).planned.schema?.jobs?.configMap.data)
      .not.toEqual(planned(migrating({ migrations: [Migration.createIndex(index)] })).planned.schema?.jobs?.configMap.data);
  },
};
