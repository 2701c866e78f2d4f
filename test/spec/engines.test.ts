import { Size } from 'cdk8s';
import { Env } from '../../src/spec/env';
import type { CommandOptions, PgrollOptions } from '../../src/spec/migration/engine-options';
import { Migration } from '../../src/spec/migration/migration';
import { Security } from '../../src/spec/security';
import { Volume } from '../../src/spec/volume';
import { refusalOf } from '../plan/declare';

const IMAGE = 'registry.example.com/engine:1.0.0';
const FILE = '{"operations":[{"sql":{"up":"SELECT 1"}}]}';
const command = (options: Partial<CommandOptions> = {}) => Migration.command({ image: IMAGE, command: ['engine', 'migrate'], ...options });
const pgroll = (options: Partial<PgrollOptions> = {}) => Migration.pgroll({ image: IMAGE, name: '02_state', migration: FILE, ...options });

test('a command is its image, its words, and where its environment comes from', () => {
  const env = { FLYWAY_URL: Env.secretKey('orders-database', 'jdbc'), FLYWAY_TABLE: Env.value('history') };
  expect(command({ args: ['-x'], env })._spec).toMatchObject({
    kind: 'command',
    image: IMAGE,
    command: ['engine', 'migrate', '-x'],
    env: { FLYWAY_URL: { kind: 'secret-key', name: 'orders-database', key: 'jdbc' }, FLYWAY_TABLE: { kind: 'value', value: 'history' } },
    run: { env, connections: 5 },
  });
});

test('a migration of pgroll is its image, its file, and what that is called', () => {
  expect(pgroll()._spec).toMatchObject({ kind: 'pgroll', image: IMAGE, name: '02_state', schema: 'public', migration: FILE });
});

const PASSWORD = 'holds a password, and whoever reads a manifest would read it; give it by Env.secretKey(…)';
const MIGRATION = 'Migration.pgroll migration must be a migration of pgroll as JSON: an object with a list of operations; convert YAML first';

test.each<[string, () => unknown]>([
  ['Migration.command image "engine" must have a tag or a digest: without one every restart may run another program', () => command({ image: 'engine' })],
  ['Migration.command command must name the program: what the image would run by itself is not known here', () => command({ command: [] })],
  ['Migration.command command "engine" must be a list', () => command({ command: 'engine' as never })],
  ['Migration.command command 2 7 must be a text', () => command({ command: ['engine', 7 as never] })],
  ['Migration.command args 1 must hold no character of number 0: no program is given one', () => command({ args: ['a\0b'] })],
  [`Migration.command args 1 ${PASSWORD}`, () => command({ args: ['--url=postgresql://me:hunter2@db/shop'] })],
  [`Migration.command command 1 ${PASSWORD}`, () => command({ command: ['jdbc:postgresql://me:hunter2@db/shop'] })],
  [`Migration.command env "URL" ${PASSWORD}`, () => command({ env: { URL: Env.value('postgresql://me:hunter2@db/shop') } })],
  ['Migration.command env "URL" "postgresql://db/shop" must be of the class Env, such as Env.secretKey(…)', () => command({ env: { URL: 'postgresql://db/shop' as never } })],
  ['Migration.command volume "/sql" "sql" must be of the class Volume, such as Volume.emptyDir()', () => command({ volumes: { '/sql': 'sql' as never } })],
  ['Migration.command volume path "sql" must be absolute, hold no \':\' and not end with \'/\'', () => command({ volumes: { sql: Volume.emptyDir() } })],
  ['Migration.command env "ZERO_DOWNTIME_A" must not start with ZERO_DOWNTIME_: the library sets those', () => command({ env: { ZERO_DOWNTIME_A: Env.value('a') } })],
  ['Migration.command security "none" must be of the class Security, such as Security.restricted()', () => command({ security: 'none' as never })],
  ['Migration.command connections 0 must be a whole number from 1 to 1000', () => command({ connections: 0 })],
  ['Migration.command connections 1001 must be a whole number from 1 to 1000', () => command({ connections: 1001 })],
  ['Migration.command resources "much" must be an object that holds the settings', () => command({ resources: 'much' as never })],
  ['Migration.command memoryLimit 64Mi must be at least the reserved memory 128Mi', () => command({ resources: { memoryLimit: Size.mebibytes(64) } })],
  ['Migration.pgroll image "pgroll" must have a tag or a digest: without one every restart may run another program', () => pgroll({ image: 'pgroll' })],
  ['Migration.pgroll image undefined must be a text', () => pgroll({ image: undefined })],
  ['Migration.pgroll name must not be empty', () => pgroll({ name: '' })],
  ['Migration.pgroll name "02-state" must hold lower-case letters, digits and \'_\' alone', () => pgroll({ name: '02-state' })],
  ['Migration.pgroll name "../state" must hold lower-case letters, digits and \'_\' alone', () => pgroll({ name: '../state' })],
  ['Migration.pgroll schema "2shop" must hold lower-case letters, digits and \'_\' alone, a digit not first', () => pgroll({ schema: '2shop' })],
  [
    `Migration.pgroll name "${'a'.repeat(57)}" makes the schema "public_${'a'.repeat(57)}" of 64 characters; PostgreSQL keeps 63, so give it a shorter one`,
    () => pgroll({ name: 'a'.repeat(57) }),
  ],
  ['Migration.pgroll name "settings" is that of another file beside it; give it another name', () => pgroll({ name: 'settings' })],
  ['Migration.pgroll migration must not be empty', () => pgroll({ migration: '' })],
  [MIGRATION, () => pgroll({ migration: 'operations:\n- sql:\n    up: SELECT 1' })],
  [MIGRATION, () => pgroll({ migration: '{"operations":[]}' })],
  [MIGRATION, () => pgroll({ migration: '[]' })],
  [MIGRATION, () => pgroll({ migration: 'null' })],
  ['Migration.pgroll migration calls itself "03"; give it the name "02_state", or leave it out', () => pgroll({ migration: '{"name":"03","operations":[{}]}' })],
  ['Migration.pgroll migration holds version_schema, and the program would look for its tables elsewhere; leave it out',
    () => pgroll({ migration: '{"version_schema":"x","operations":[{}]}' })],
  [`Migration.pgroll migration is ${256 * 1024 + 1} bytes long, and at most 262144 fit beside the scripts; make several of it`,
    () => pgroll({ migration: FILE.padEnd(256 * 1024 + 1) })],
  ['Migration.pgroll connections 0 must be a whole number from 1 to 1000', () => pgroll({ connections: 0 })],
])('%s', (sentence, declare) => {
  expect(refusalOf(declare)).toBe(sentence);
});

test('a name may be as long as PostgreSQL keeps the schema that is made of it, and the file as large as fits', () => {
  expect(pgroll({ name: 'a'.repeat(56), migration: FILE.padEnd(256 * 1024) })._spec).toMatchObject({ name: 'a'.repeat(56) });
});

test('a password that a Secret holds may be put into a text by its variable', () => {
  const args = ['--url=jdbc:postgresql://db/shop?user=$(USER)&password=$(PASSWORD)', 'postgresql://$(USER):$(PASSWORD)@db/shop'];
  expect(command({ args, security: Security.restricted() })._spec).toMatchObject({ command: ['engine', 'migrate', ...args] });
});

test('what is wrong with a container is told at once', () => {
  expect(() => command({ image: 'engine', resources: { memoryLimit: Size.mebibytes(64) } })).toThrow(/2 problems in the declaration/);
});
