import { Database } from '../../src/spec/database';
import { Env } from '../../src/spec/env';
import { Health } from '../../src/spec/health';
import { KedaTrigger } from '../../src/spec/keda-trigger';
import { Migration } from '../../src/spec/migration/migration';
import { Probe } from '../../src/spec/probe';
import { Security } from '../../src/spec/security';
import { ServiceAccount } from '../../src/spec/service-account';
import { Volume } from '../../src/spec/volume';
import { refusalOf } from '../plan/declare';

const URL = Env.secretKey('orders', 'url');
const TABLE = { table: 'orders' };
const POOL = { poolSize: 5, maxConnections: 100 };

/** Each flag, and what is declared with it. */
const FLAGS: Readonly<Record<string, (flag: never) => unknown>> = {
  'Volume readOnly': (readOnly) => Volume.claim('data', { readOnly }),
  'ServiceAccount.create automountToken': (automountToken) => ServiceAccount.create({ automountToken }),
  'probe tls': (tls) => Probe.http('/', { tls }),
  'Security.restricted writableRootFilesystem': (writableRootFilesystem) => Security.restricted({ writableRootFilesystem }),
  'KedaTrigger "kafka" authenticationRef clusterWide': (clusterWide) => KedaTrigger.of('kafka', { topic: 'a' }, { authenticationRef: { name: 'a', clusterWide } }),
  'Database contractsNeedApproval': (contractsNeedApproval) => Database.postgres({ ...POOL, url: URL, schemaEpoch: 2, contractsNeedApproval }),
  'Database ignoresNamelessSessions': (ignoresNamelessSessions) => Database.postgres({ ...POOL, url: URL, schemaEpoch: 2, ignoresNamelessSessions }),
  'Migration.addColumn notNull': (notNull) => Migration.addColumn({ ...TABLE, column: 'a', type: 'text', notNull }),
  'Migration.createIndex unique': (unique) => Migration.createIndex({ ...TABLE, index: 'a', columns: ['a'], unique }),
  'Migration.splitColumn into[0] notNull': (notNull) =>
    Migration.splitColumn({ ...TABLE, from: 'a', into: [{ column: 'b', type: 'text', up: 'a', notNull }, { column: 'c', type: 'text', up: 'a' }], down: 'b' }),
  'Migration.mergeColumns notNull': (notNull) =>
    Migration.mergeColumns({ ...TABLE, from: [{ column: 'a', down: 'c' }, { column: 'b', down: 'c' }], to: 'c', type: 'text', up: 'a || b', notNull }),
};

describe.each(Object.entries(FLAGS))('%s', (name, declare) => {
  test.each([['false', '"false"'], ['yes', '"yes"'], [0, '0'], [{}, '(an object)']])('is not %p, which plain JavaScript may give', (value, told) => {
    expect(refusalOf(() => declare(value as never))).toBe(`${name} ${told} must be true or false`);
  });

  test.each([true, false, undefined])('may be %p', (value) => {
    expect(() => declare(value as never)).not.toThrow();
  });
});

test('a flag of Health.http is that of its probes', () => {
  expect(refusalOf(() => Health.http({ readiness: '/', tls: 'false' as never }))).toBe('probe tls "false" must be true or false');
});
