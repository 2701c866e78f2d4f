import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import { checkMigrations } from '../../../src/migrations/check-migrations';
import { Migration } from '../../../src/spec/migration/migration';
import { migration, parser } from '../../migrations/checking';

const TABLE = { table: 'orders' };
const GIVEN = `CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status text NOT NULL, quantity integer NOT NULL, note text);`;

const MIGRATIONS: readonly Migration[] = [
  Migration.addColumn({ ...TABLE, column: 'large', type: 'boolean', defaultValue: 'false', value: 'quantity > 3', notNull: true }),
  Migration.renameColumn({ ...TABLE, from: 'status', to: 'state' }),
  Migration.changeColumnType({ ...TABLE, from: 'quantity', to: 'amount', type: 'bigint', up: 'quantity::bigint', down: 'amount::integer' }),
  Migration.notNull({ ...TABLE, column: 'note', value: '\'\'' }),
  Migration.addCheck({ ...TABLE, constraint: 'counted', check: 'quantity >= 0' }),
  Migration.addForeignKey({ ...TABLE, constraint: 'of_customer', columns: ['customer_id'], references: { table: 'customers', columns: ['id'] } }),
  Migration.addUnique({ ...TABLE, constraint: 'once', columns: ['id', 'status'] }),
  Migration.createIndex({ ...TABLE, index: 'by_status', columns: ['status'] }),
  Migration.dropColumn({ ...TABLE, column: 'note' }),
];

// Each unit is a transaction of its own, and whoever runs it sets its timeout for locks.
test.each(MIGRATIONS.map((each) => [each._spec.kind, each] as const))('what expands by %s is found right by `zero-downtime migrations check`', (_, { _spec }) => {
  const { variables, expand } = phasesOf('a', _spec);
  const files = expand.map(({ sql }, index) => {
    const text = variables.reduce((whole, { name }) => whole.split(`{{${name}}}`).join('text'), sql);
    return migration(`SET lock_timeout = '500ms';\n${text}${text.trimEnd().endsWith(';') ? '' : ';'}`, { source: `${index}.sql` });
  });
  const given = migration(GIVEN, { source: 'given.sql', isHistory: true });
  const { findings, problems } = checkMigrations([given, ...files], { version: 18, accepted: [] }, parser());
  expect(problems).toEqual([]);
  expect(findings.filter(({ severity }) => severity === 'error').map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});
