import { RDS_RULES } from '../../../src/policy/rds/rules';
import { UNKNOWN, type Violation } from '../engine';
import { violationsOf } from '../stack';

/** An instance of which nothing is told. */
const SOUND = {
  engine: 'postgres',
  engineVersion: '16.3',
  blueGreenUpdate: { enabled: true },
  backupRetentionPeriod: 7,
  multiAz: true,
  deletionProtection: true,
  autoMinorVersionUpgrade: false,
  password: 'hunter2',
};
const OFF = { blueGreenUpdate: { enabled: false } };

function violations(changes: object, type = 'aws:rds/instance:Instance'): Promise<readonly Violation[]> {
  return violationsOf([{ type, name: 'orders', props: { ...SOUND, ...changes } }]);
}

async function found(changes: object): Promise<readonly string[]> {
  return (await violations(changes)).map(({ policy }) => policy);
}

test('nothing is told of an instance whose updates are switches', async () => {
  expect(await found({})).toEqual([]);
});

test.each<[string, object, string | undefined]>([
  ['no blue/green update', { blueGreenUpdate: undefined }, 'rds-blue-green-update'],
  ['one that is switched off', OFF, 'rds-blue-green-update'],
  ['one that is a text', { blueGreenUpdate: 'yes' }, 'rds-blue-green-update'],
  ['one that is not possible: Oracle', { ...OFF, engine: 'oracle-ee' }, undefined],
  ['one that is not possible: a replica', { ...OFF, replicateSourceDb: 'orders' }, undefined],
  ['no backups', { backupRetentionPeriod: 0 }, 'rds-blue-green-backups'],
  ['backups that nobody asked for', { backupRetentionPeriod: undefined }, 'rds-blue-green-backups'],
  ['backups of a day', { backupRetentionPeriod: 1 }, undefined],
  ['backups of a day, in quotes', { backupRetentionPeriod: '1' }, undefined],
  ['backups of no number', { backupRetentionPeriod: 'week' }, 'rds-blue-green-backups'],
  ['an engine that cannot be copied', { engine: 'sqlserver-se' }, 'rds-blue-green-engine'],
  ['MariaDB', { engine: 'mariadb' }, undefined],
  ['MySQL', { engine: 'mysql' }, undefined],
  ['an engine that a snapshot decides', { engine: undefined, snapshotIdentifier: 'orders-1' }, undefined],
  ['a replica that is to be copied', { replicateSourceDb: 'orders' }, 'rds-blue-green-replica'],
  ['a password that RDS manages', { manageMasterUserPassword: true }, 'rds-blue-green-password'],
  ['a major upgrade with the default parameters', { allowMajorVersionUpgrade: true }, 'rds-logical-replication'],
  ['a major upgrade with the default parameters, by name', { allowMajorVersionUpgrade: true, parameterGroupName: 'default.postgres16' }, 'rds-logical-replication'],
  ['a major upgrade with parameters of its own', { allowMajorVersionUpgrade: true, parameterGroupName: 'orders' }, undefined],
  ['a major upgrade of MySQL', { allowMajorVersionUpgrade: true, engine: 'mysql' }, undefined],
  ['changes at once, of a copy', { applyImmediately: true }, undefined],
  ['minor versions of AWS', { autoMinorVersionUpgrade: undefined }, 'rds-auto-minor-version-upgrade'],
  ['a single zone', { multiAz: false }, 'rds-multi-az'],
  ['a replica in a single zone', { ...OFF, multiAz: false, replicateSourceDb: 'orders' }, undefined],
  ['no protection', { deletionProtection: undefined }, 'rds-deletion-protection'],
])('an instance with %s', async (_, changes, policy) => {
  expect(await found(changes)).toEqual(policy === undefined ? [] : [policy]);
});

test('changes at once and in place are told as both', async () => {
  expect(await found({ ...OFF, applyImmediately: true })).toEqual(['rds-apply-immediately', 'rds-blue-green-update']);
});

test('only what is refused in the middle of a release fails', async () => {
  const levels = await violations({ backupRetentionPeriod: 0, multiAz: false });
  expect(levels.map(({ policy, level }) => [policy, level])).toEqual([['rds-blue-green-backups', 'mandatory'], ['rds-multi-az', 'advisory']]);
});

test('a message says what is so and what to write, and no password', async () => {
  const [{ message, urn }] = await violations({ backupRetentionPeriod: 0 });
  expect(urn).toBe('urn:pulumi:dev::shop::aws:rds/instance:Instance::orders');
  expect(message).toBe('A database that is updated by way of a copy has automated backups.\n'
    + 'backupRetentionPeriod is 0, and must be at least 1 for blueGreenUpdate; fix: backupRetentionPeriod: 7');
  expect(JSON.stringify(await violations({ ...OFF, multiAz: false, deletionProtection: false, applyImmediately: true }))).not.toContain('hunter2');
});

test('what is not known yet is told, and fails nothing', async () => {
  const unknown = await violations({ backupRetentionPeriod: UNKNOWN });
  expect(unknown.map(({ policy, level }) => [policy, level])).toEqual([['rds-blue-green-backups', 'advisory']]);
  expect(unknown[0].message).toMatch(/can't run policy 'rds-blue-green-backups'.* during preview: string value at \.backupRetentionPeriod can't be known/);
});

test('what a rule does not look at may be unknown', async () => {
  expect(await found({ endpoint: UNKNOWN, password: UNKNOWN, parameterGroupName: UNKNOWN })).toEqual([]);
});

test('clusters of Aurora are not concerned', async () => {
  expect(await violations({ backupRetentionPeriod: 0 }, 'aws:rds/cluster:Cluster')).toEqual([]);
});

describe.each(RDS_RULES)('$id', ({ id, title, why, sources }) => {
  test('says what, why and where from', () => {
    expect(id).toMatch(/^rds-[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(why.length).toBeGreaterThan(60);
    sources.forEach((source) => expect(source).toMatch(/^https:\/\//));
  });
});
