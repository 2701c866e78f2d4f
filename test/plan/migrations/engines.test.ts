import { migrating, RENAME } from './migrating';
import { nameOf } from '../../../src/expand-contract/phases/name';
import { Env } from '../../../src/spec/env';
import { External } from '../../../src/spec/external';
import type { CommandOptions } from '../../../src/spec/migration/engine-options';
import { Migration } from '../../../src/spec/migration/migration';
import type { PostgresOptions } from '../../../src/spec/migration/postgres-options';
import { Volume } from '../../../src/spec/volume';
import { decided, planned, problemsOf, required } from '../declare';

const engine = (word = 'v2', options: Partial<CommandOptions> = {}) => Migration.command({ image: 'registry.example.com/team/flyway:11.1', command: ['flyway', word], ...options });
const PGROLL = Migration.pgroll({ image: 'pgroll:1', name: '02_state', migration: '{"operations":[{"sql":{"up":"SELECT 1"}}]}' });
const PGROLL_LATER = Migration.pgroll({ image: 'pgroll:1', name: '03_mood', migration: '{"operations":[{"sql":{"up":"SELECT 1"}}]}' });
const schemaOf = (options: Partial<PostgresOptions>) => planned(migrating(options)).planned.schema!;
const namesOf = (options: Partial<PostgresOptions>, field: 'migrations' | 'contracts' = 'migrations') => schemaOf(options).jobs![field].map(({ name }) => name);

describe('the name of a command', () => {
  const [name] = namesOf({ migrations: [engine()] });

  test('is made of its image, its words and its environment', () => {
    expect(name).toMatch(/^run-flyway-[0-9a-f]{8}$/);
    const others = [engine('v3'), engine('v2', { image: 'registry.example.com/team/flyway:11.2' }), engine('v2', { env: { DATABASE_URL: Env.secretKey('orders-database', 'url') } })];
    const names = others.map((other) => namesOf({ migrations: [other] })[0]);
    expect(new Set([name, ...names]).size).toBe(4);
  });

  test('is the same however it is run', () => {
    expect(namesOf({ migrations: [engine('v2', { connections: 9, volumes: { '/sql': Volume.emptyDir() } })] })).toEqual([name]);
    expect(namesOf({ migrations: [Migration.command({ image: 'registry.example.com/team/flyway:11.1', command: ['flyway'], args: ['v2'] })] })).toEqual([name]);
  });

  test('is another one where it lets the old shape go', () => {
    expect(namesOf({ migrations: [], contracts: [engine()] }, 'contracts')).toEqual([expect.stringMatching(/^contract-flyway-[0-9a-f]{8}$/)]);
  });

  test.each([['engine:1', 'run-engine-'], ['localhost:5000/a/engine', 'run-engine-'], [`engine@sha256:${'0'.repeat(64)}`, 'run-engine-'], [`a/b_c.d:1@sha256:${'0'.repeat(64)}`, 'run-b-c-d-']])('of %s is %s…', (image, start) => {
    expect(nameOf({ kind: 'command', image, command: ['a'] })).toMatch(new RegExp(`^${start}[0-9a-f]{8}$`));
  });
});

test('pgroll is one migration in both releases', () => {
  expect(namesOf({ migrations: [PGROLL] })).toEqual(namesOf({ migrations: [], contracts: [PGROLL] }, 'contracts'));
});

describe('pods wait', () => {
  const waited = (options: Partial<PostgresOptions>) => schemaOf(options).wait!.args[2];

  test('for what expands, and for no command that drops', () => {
    expect(waited({ migrations: [RENAME, engine()] })).toBe(`{${namesOf({ migrations: [RENAME, engine()] }).join(',')}}`);
    expect(waited({ migrations: [], contracts: [engine()] })).toBe('{}');
    expect(waited({ migrations: [], contracts: [RENAME, engine(), PGROLL] })).toBe(`{${nameOf(RENAME._spec)},${namesOf({ migrations: [PGROLL] })[0]}}`);
  });
});

test('the program finds pgroll\'s schema in both releases, and is told so', () => {
  expect([schemaOf({ migrations: [PGROLL] }).searchPath, schemaOf({ migrations: [], contracts: [PGROLL] }).searchPath, schemaOf({}).searchPath])
    .toEqual(['public_02_state', 'public_02_state', undefined]);
  expect(required('program', migrating({ migrations: [PGROLL] }))).toContain('it finds its tables by the search path public_02_state: PGOPTIONS says so, and a driver '
    + 'that does not read it, such as JDBC\'s, is told in its URL');
});

test('a command is required to be safe to run again', () => {
  const [name] = namesOf({ migrations: [engine()] });
  expect(required('program', migrating({ migrations: [engine()] }))).toContain(`the command ${name} may be ended at any moment, and run again`);
});

test('the connections of the engine that has most are counted, of each Job, beside the one that fills in rows', () => {
  const extra = (options: Partial<PostgresOptions>) => decided('connections', migrating(options)).value - decided('connections', migrating({ migrations: [] })).value;
  expect(extra({ migrations: [RENAME] })).toBe(2);
  expect(extra({ migrations: [RENAME, engine('a', { connections: 7 }), engine('b', { connections: 3 })] })).toBe(8);
  expect(extra({ migrations: [], contracts: [engine('a', { connections: 7 })] })).toBe(7);
  expect(extra({ migrations: [engine()], contracts: [engine('drop', { connections: 1 })] })).toBe(7);
});

describe('what cannot be', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => engine(`v${index}`));

  test.each<[string, Partial<PostgresOptions>]>([
    ['Database migrations hold 11 commands of other engines; a Job holds at most 10, so let one engine run several of them', { migrations: many(11) }],
    ['Database contracts hold 11 commands of other engines; a Job holds at most 10, so let one engine run several of them', { migrations: [], contracts: many(11) }],
    ['Database migrations and contracts hold 2 migrations of pgroll, which has one under way at a time; declare one in a release, and contract it in the next',
      { migrations: [PGROLL_LATER], contracts: [PGROLL] }],
    ['Database migrations and contracts hold 2 migrations of pgroll, which has one under way at a time; declare one in a release, and contract it in the next',
      { migrations: [PGROLL, PGROLL_LATER] }],
    [`Database contracts hold the command "${namesOf({ migrations: [engine()] })[0]}", which is among migrations too; what drops the old shape is another command`,
      { migrations: [engine()], contracts: [engine()] }],
    [`Database migrations hold "${namesOf({ migrations: [engine()] })[0]}" twice; declare it once`, { migrations: [engine(), engine()] }],
  ])('%s', (problem, options) => {
    expect(problemsOf(migrating(options))).toEqual([problem]);
  });

  test('is no problem up to there', () => {
    expect(problemsOf(migrating({ migrations: many(10), contracts: [engine('drop'), PGROLL] }))).toEqual([]);
  });

  test('is a setting of a ConfigMap that is made after the Job', () => {
    const own = { configMaps: { flags: { a: 'b' } }, externals: [External.secret('orders-database', ['url']), External.configMap('sql', ['a'])] };
    const problem = (usedBy: string) => `Migration.command ${usedBy} is of configMaps "flags", which is made after the Job; give the value by Env.value, or a ConfigMap of External.configMap`;
    const of = (options: Partial<CommandOptions>) => problemsOf(migrating({ migrations: [engine('v2', options)] }, own));
    expect(of({ env: { A: Env.configKey('flags', 'a') } })).toEqual([problem('env "A"')]);
    expect(of({ volumes: { '/sql': Volume.config('flags') } })).toEqual([problem('volume "/sql"')]);
    expect(of({ volumes: { '/sql': Volume.config('sql') }, env: { A: Env.configKey('sql', 'a') } })).toEqual([]);
  });

  test('is a key that a Secret does not have', () => {
    expect(problemsOf(migrating({ migrations: [engine('v2', { env: { URL: Env.secretKey('orders-database', 'jdbc') } })] })))
      .toEqual(['Migration.command env URL refers to key "jdbc" of Secret "orders-database", which does not exist; it has url']);
  });
});
