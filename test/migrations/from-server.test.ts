import { parser } from './checking';
import { catalogFromServer, type ServerRows } from '../../src/migrations/catalog/from-server';
import { serverQueries } from '../../src/migrations/catalog/server-queries';
import { typeText } from '../../src/migrations/catalog/sql-type';
import { effectsOf } from '../../src/migrations/effects/effects-of';

const RELATION = { persistence: 'p', is_partition: false, bound: null, method: 'heap', tablespace: null, parents: [], triggers: [] };
const COLUMN = { not_null: false, not_null_name: null, not_null_validated: null, identity: false, generated: '', expression: null };

/** What PostgreSQL 18 returned for two tables and a view, shortened. */
const ROWS: ServerRows = {
  relations: [
    { ...RELATION, oid: '1', schema: 'public', name: 'customers', kind: 'r' },
    { ...RELATION, oid: '2', schema: 'public', name: 'Order', kind: 'r', persistence: 'u', tablespace: 'fast', triggers: [{ name: 'audit', function: 'public.audited' }] },
    { ...RELATION, oid: '3', schema: 'public', name: 'noted', kind: 'v', method: null },
    { ...RELATION, oid: '4', schema: 'public', name: 'rest', kind: 'r', is_partition: true, bound: 'DEFAULT', parents: ['2'] },
  ],
  columns: [
    { ...COLUMN, oid: '1', name: 'id', type: 'bigint', not_null: true, identity: true },
    { ...COLUMN, oid: '2', name: 'id', type: 'bigint', not_null: true, not_null_name: 'Order_id_not_null', not_null_validated: true },
    { ...COLUMN, oid: '2', name: 'status', type: 'character varying(20)', not_null: true, not_null_name: 'given', not_null_validated: false },
    { ...COLUMN, oid: '2', name: 'mood', type: 'mood', expression: '\'ok\'::mood' },
    { ...COLUMN, oid: '2', name: 'twice', type: 'numeric(10,2)[]', generated: 's', expression: '(id * 2)' },
  ],
  constraints: [
    { oid: '2', name: 'Order_pkey', kind: 'p', validated: true, columns: ['id'], expression: null, referenced: null, referenced_columns: null },
    { oid: '2', name: 'positive', kind: 'c', validated: false, columns: ['id'], expression: '(id > 0)', referenced: null, referenced_columns: null },
    { oid: '2', name: 'of', kind: 'f', validated: true, columns: ['id'], expression: null, referenced: '1', referenced_columns: ['id'] },
  ],
  indexes: [{ oid: '2', name: 'Order_pkey', unique: true, plain: true, has_expressions: false, method: 'btree', columns: ['id'], constraint: 'Order_pkey' }],
  reads: [{ oid: '3', read: '2', columns: ['status'] }],
  types: [
    { schema: 'public', name: 'mood', kind: 'e', base: null, not_null: false, labels: ['ok', 'bad'], constraints: [] },
    { schema: 'public', name: 'positive', kind: 'd', base: 'integer', not_null: false, labels: [], constraints: [{ name: 'c', validated: true }] },
  ],
  functions: [
    { schema: 'public', name: 'steady', volatility: 'immutable', definition: null },
    {
      schema: 'public',
      name: 'audited',
      volatility: 'volatile',
      definition: 'CREATE OR REPLACE FUNCTION public.audited() RETURNS trigger LANGUAGE plpgsql AS $function$ BEGIN NEW.status := \'x\'; RETURN NEW; END $function$\n',
    },
  ],
};

describe('the catalog of a server', () => {
  test('has its tables, with what verdicts depend on', () => {
    const catalog = catalogFromServer(ROWS, parser());
    const order = catalog.tryFind('public."Order"');
    expect(order?.columns.map(({ name, type, notNull }) => `${name} ${typeText(type)} ${notNull}`)).toEqual([
      'id bigint yes', 'status varchar(20) not valid', 'mood public.mood no', 'twice numeric(10,2)[] no',
    ]);
    expect(order).toMatchObject({ isKnown: true, persistence: 'unlogged', tablespace: 'fast', triggers: [{ name: 'audit', function: 'public.audited' }] });
    expect(order?.columns.map(({ generated, default: value }) => generated ?? (value === undefined ? '' : 'default'))).toEqual(['', '', 'default', 'stored']);
    expect(order?.constraints.map(({ name, kind, isValidated, references }) => [name, kind, isValidated, references?.relation])).toEqual([
      ['Order_pkey', 'PRIMARY KEY', true, undefined], ['positive', 'CHECK', false, undefined], ['of', 'FOREIGN KEY', true, 'public.customers'],
    ]);
    expect(catalog.readersOf('public."Order"', 'status').map(({ id }) => id)).toEqual(['public.noted']);
    expect(catalog.tryFind('public.rest')).toMatchObject({ parents: ['public."Order"'], isDefaultPartition: true });
    expect([catalog.tryFindType('mood')?.labels, catalog.tryFindType('positive')?.isConstrained]).toEqual([['ok', 'bad'], true]);
  });

  test('decides as a replayed one does', () => {
    const catalog = catalogFromServer(ROWS, parser());
    const surroundings = { catalog, version: 18, isInTransaction: true, isComplete: true };
    const said = (sql: string) => parser().parse(sql).flatMap((node) => effectsOf(node, surroundings));
    expect(said('ALTER TABLE "Order" ALTER COLUMN status TYPE varchar(30)')[0]).toMatchObject({ work: [], refusal: { sqlstate: '0A000' } });
    expect(said('ALTER TABLE "Order" ADD COLUMN n integer DEFAULT steady()')[0].work).toEqual([]);
    expect(said('ALTER TABLE missing ADD COLUMN n integer')[0].refusal?.sqlstate).toBe('42P01');
  });

  test('is asked for what its version has', () => {
    expect(serverQueries(18).columns).toContain('contype = \'n\'');
    expect(serverQueries(11).columns).not.toContain('attgenerated');
    // Read, and nothing else.
    expect(Object.values(serverQueries(17)).every((query) => parser().parse(query).every((node) => 'SelectStmt' in node))).toBe(true);
  });
});
