import type { Case } from '../case';
import { given, KEYS, traffic, type Table } from '../traffic';

const STATUS: Table = { columns: 'status varchar(40) NOT NULL', column: 'status', value: (v) => `'s' || (${v})` };

/** A column of a table is called otherwise. */
function renamed(name: string, table: Table, to: string, more: Partial<Case> = {}, omitted?: string): Case {
  return {
    name: `the column of ${name} is renamed`,
    rule: 'rename-column',
    given: given(table),
    change: `ALTER TABLE ${table.name ?? 'orders'} RENAME COLUMN ${table.column} TO ${to}`,
    old: traffic(table, { omitted }),
    next: traffic(table, { column: to, omitted }),
    agrees: `(${table.column})::text IS NOT DISTINCT FROM (${to})::text`,
    ...more,
  };
}

/** Renames by way of a second column. */
export const RENAMED_COLUMNS: readonly Case[] = [
  renamed('a plain table', STATUS, 'state'),
  renamed('a table whose key is a uuid', { ...STATUS, key: KEYS.uuid }, 'state'),
  renamed('a table whose key is a text', { ...STATUS, key: KEYS.text, columns: 'status varchar(40)' }, 'state'),
  renamed('a table whose key has two columns', { ...STATUS, key: KEYS.composite }, 'state'),
  renamed('a partitioned table', { ...STATUS, partitions: true }, 'state'),
  renamed('a table with quoted names', {
    ...STATUS, name: '"Order Lines"', key: KEYS.quoted, columns: '"Status of ""it""" varchar(40) NOT NULL', column: '"Status of ""it"""',
  }, '"select"'),
  renamed('a table with a default', { ...STATUS, columns: 'status varchar(40) NOT NULL DEFAULT \'new\'' }, 'state', {}, '\'new\''),
  renamed('JSON, of which no two are equal,', { columns: 'body json NOT NULL', column: 'body', value: (v) => `json_build_object('v', ${v})` }, 'document'),
  renamed('a table whose names PL/pgSQL reserves', { columns: 'begin bigint NOT NULL', column: 'begin', value: (v) => v, key: KEYS.reserved }, 'loop'),
  renamed('a table whose rows are changed by another trigger', {
    ...STATUS,
    columns: 'status varchar(40), seen integer DEFAULT 0',
    beside: `CREATE FUNCTION count_seen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.seen := NEW.seen + 1; RETURN NEW; END $$;
      CREATE TRIGGER a_first BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE PROCEDURE count_seen();
      CREATE TRIGGER z_last BEFORE UPDATE ON orders FOR EACH ROW EXECUTE PROCEDURE count_seen();`,
  }, 'state'),
  renamed('numbers that are equal and not the same', {
    columns: 'rate numeric NOT NULL', column: 'rate', value: (v) => `round(1.5, (${v})::integer % 5 + 1)`,
  }, 'share'),
  {
    ...renamed('a table with indexes and conditions', {
      ...STATUS,
      columns: 'status varchar(40) NOT NULL UNIQUE CHECK (status <> \'\' AND length(status) < 30)',
      beside: 'CREATE INDEX orders_n_status_idx ON orders (n, status);',
    }, 'state'),
    holds: `SELECT (SELECT array_agg(conname::text ORDER BY conname) @> '{orders_pkey,orders_status_check,orders_status_key}' FROM pg_constraint WHERE conrelid = 'orders'::regclass)
      AND (SELECT pg_get_indexdef('orders_n_status_idx'::regclass) LIKE '%(n, state)')`,
  },
  {
    ...renamed('a table by which others are told apart', {
      columns: 'slug text NOT NULL UNIQUE', column: 'slug', value: (v) => `'s' || (${v})`,
    }, 'handle'),
    next: traffic({ columns: '', column: 'handle', value: (v) => `'s' || (${v})` }, { onConflict: 'ON CONFLICT (handle) DO NOTHING' }),
    holds: 'SELECT count(*) = 1 FROM pg_constraint WHERE conname = \'orders_slug_key\'',
  },
];
