import * as pulumi from '@pulumi/pulumi';
import { Database, Env, External, Migration, type ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';
import { declare } from './declare';
import { find, objectOf } from './program';

const migrating = (secret: pulumi.Input<string> = 'orders-database'): Partial<ZeroDowntimeServiceArgs> => ({
  namespace: 'shop',
  externals: [External.secret('orders-database')],
  database: Database.postgres({
    poolSize: 5,
    maxConnections: 200,
    url: Env.secretKey(secret, 'url'),
    schemaEpoch: 2,
    migrations: [Migration.renameColumn({ table: 'orders', from: 'status', to: 'state' })],
    contracts: [Migration.dropTable({ table: 'baskets' })],
  }),
});

describe('the resources of migrations', () => {
  test('have types that Pulumi knows, and names that are contracts', async () => {
    const { resources } = await declare(migrating());

    expect(resources.map(({ name, type }) => `${name} ${type}`)).toEqual(expect.arrayContaining([
      'payments-schema-wait kubernetes:core/v1:ConfigMap',
      'payments-migrations kubernetes:core/v1:ConfigMap',
      'payments-expand kubernetes:batch/v1:Job',
      'payments-backfill kubernetes:batch/v1:CronJob',
      'payments-contract kubernetes:batch/v1:CronJob',
    ]));
  });

  test('stand behind their scripts, and in front of what leads to the pods', async () => {
    const ran = await declare(migrating());

    expect([...find(ran, 'payments-expand').dependsOn].sort()).toEqual(['payments-migrations', 'payments-schema-wait', 'payments-service-account']);
    expect(find(ran, 'payments-service').dependsOn).toContain('payments-expand');
  });

  test('are awaited as long as the Job may run, and made anew where it has failed', async () => {
    const ran = await declare(migrating());
    const job = find(ran, 'payments-expand');

    expect(job.timeouts.create).toBe('3660s');
    expect(objectOf(job).metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-1', 'pulumi.com/replaceUnready': 'true' });
    expect(objectOf(find(ran, 'payments-backfill')).metadata).not.toHaveProperty('annotations');
  });

  test('keep scripts that old pods may be restarted with, and call none of them the team\'s', async () => {
    const ran = await declare(migrating());

    expect(['payments-schema-wait', 'payments-migrations'].map((name) => find(ran, name).retainOnDelete)).toEqual([true, true]);
    expect(ran.made.configMaps).toEqual([]);
  });

  test('call the Job by what it holds, also where that is known later', async () => {
    const nameOf = async (secret: pulumi.Input<string>) => objectOf(find(await declare(migrating(secret)), 'payments-expand')).metadata.name;
    const plain = await nameOf('orders-database');

    expect(plain).toMatch(/^payments-expand-[0-9a-f]{8}$/);
    expect(await nameOf(pulumi.output('orders-database'))).toBe(plain);
    expect(await nameOf(pulumi.output('another'))).not.toBe(plain);
  });

  test('run another engine between the scripts, before what leads to the pods', async () => {
    const ran = await declare({
      ...migrating(),
      database: Database.postgres({
        poolSize: 5,
        maxConnections: 200,
        url: Env.secretKey('orders-database', 'url'),
        schemaEpoch: 2,
        migrations: [Migration.command({ image: 'registry.example.com/flyway:11.1.0', command: ['flyway', 'migrate'] })],
        contracts: [Migration.command({ image: 'registry.example.com/flyway:11.1.0', command: ['flyway', 'migrate', '-target=8'] })],
      }),
    });

    const containersOf = (name: string) => {
      const { spec } = objectOf(find(ran, name));
      return (spec.jobTemplate?.spec ?? spec).template.spec.initContainers.map(({ image }: { image: string }) => image);
    };
    const images = ['postgres:18.1-alpine', 'postgres:18.1-alpine', 'registry.example.com/flyway:11.1.0'];
    expect([containersOf('payments-expand'), containersOf('payments-contract')]).toEqual([images, images]);
    expect(find(ran, 'payments-service').dependsOn).toContain('payments-expand');
    expect(objectOf(find(ran, 'payments-contract')).metadata).not.toHaveProperty('annotations');
  });
});
