import type { CaseGroup } from './corpus';

/** A column of each type, filled; and to what it is changed. */
const COLUMNS: readonly { readonly name: string; readonly type: string; readonly value: string; readonly to: readonly string[] }[] = [
  { name: 'small', type: 'smallint', value: 'n', to: ['integer', 'bigint', 'numeric', 'text'] },
  { name: 'whole', type: 'integer', value: 'n', to: ['bigint', 'smallint', 'numeric(10,2)', 'text', 'oid', 'integer', 'double precision', 'free', 'positive'] },
  { name: 'big', type: 'bigint', value: 'n', to: ['integer', 'numeric', 'text'] },
  { name: 'short', type: 'varchar(20)', value: '\'s\' || n', to: ['varchar(40)', 'varchar(20)', 'varchar(10)', 'varchar', 'text', 'char(20)', 'label', 'varchar(30) COLLATE "C"'] },
  { name: 'free_length', type: 'varchar', value: '\'v\' || n', to: ['text', 'varchar(50)'] },
  { name: 'words', type: 'text', value: '\'w\' || n', to: ['varchar', 'varchar(50)', 'char(20)', 'label', 'checked_label', 'text COLLATE "C"'] },
  { name: 'padded', type: 'char(10)', value: '\'p\'', to: ['char(20)', 'char(5)', 'text', 'varchar(20)', 'varchar'] },
  { name: 'price', type: 'numeric(10,2)', value: 'n', to: ['numeric(12,2)', 'numeric(12,4)', 'numeric(8,2)', 'numeric', 'bigint', 'double precision', 'numeric(10,2)'] },
  { name: 'free_price', type: 'numeric', value: 'n', to: ['numeric(10,2)', 'numeric'] },
  { name: 'precise', type: 'double precision', value: 'n', to: ['real', 'numeric'] },
  { name: 'at', type: 'timestamp', value: 'now()', to: ['timestamptz', 'timestamp(3)', 'timestamp(6)', 'date'] },
  { name: 'rough', type: 'timestamp(3)', value: 'now()', to: ['timestamp', 'timestamp(6)', 'timestamp(0)', 'timestamptz', 'timestamptz(3)'] },
  { name: 'zoned', type: 'timestamptz', value: 'now()', to: ['timestamp', 'timestamptz(0)', 'timestamptz(6)', 'date'] },
  { name: 'day', type: 'date', value: 'now()', to: ['timestamp', 'timestamptz'] },
  { name: 'spell', type: 'interval(3)', value: '\'1 day\'', to: ['interval', 'interval(6)', 'interval(0)', 'interval day'] },
  { name: 'span', type: 'interval', value: '\'1 day\'', to: ['interval(3)', 'interval', 'interval day to second'] },
  { name: 'clock', type: 'time(3)', value: '\'10:00\'', to: ['time', 'time(0)', 'time(6)'] },
  { name: 'net', type: 'cidr', value: '\'10.0.0.0/8\'', to: ['inet'] },
  { name: 'host', type: 'inet', value: '\'10.0.0.1\'', to: ['cidr'] },
  { name: 'doc', type: 'json', value: '\'{}\'', to: ['jsonb', 'text'] },
  { name: 'docb', type: 'jsonb', value: '\'{}\'', to: ['json', 'text'] },
  { name: 'tags', type: 'text[]', value: '\'{a}\'', to: ['varchar[]', 'varchar(5)[]'] },
  { name: 'marks', type: 'varchar(5)[]', value: '\'{a}\'', to: ['varchar(10)[]', 'varchar[]', 'varchar(5)[]', 'text'] },
  { name: 'bits', type: 'varbit(8)', value: '\'1010\'', to: ['varbit(16)', 'varbit(4)', 'varbit'] },
  { name: 'feel', type: 'mood', value: '\'ok\'', to: ['text', 'varchar(20)'] },
  { name: 'named', type: 'free', value: 'n', to: ['integer', 'bigint'] },
  { name: 'known', type: 'xml', value: '\'<a/>\'', to: ['text'] },
];

const MADE = `
  CREATE TYPE mood AS ENUM ('ok', 'bad');
  CREATE DOMAIN free AS integer;
  CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
  CREATE DOMAIN label AS text;
  CREATE DOMAIN checked_label AS text CHECK (VALUE <> '');`;

function filled(extra: (column: typeof COLUMNS[number]) => string): string {
  return `${MADE}
    CREATE TABLE t (id bigint PRIMARY KEY, ${COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ')});
    INSERT INTO t SELECT n, ${COLUMNS.map(({ value, type }) => `(${value})::${type}`).join(', ')} FROM generate_series(1, 300) n;
    ${COLUMNS.map(extra).join('\n')}`;
}

function changes(columns: readonly (typeof COLUMNS)[number][]): string[] {
  return columns.flatMap(({ name, to }) => to.map((type) => `ALTER TABLE t ALTER COLUMN ${name} TYPE ${type}`));
}

const INDEXABLE = COLUMNS.filter(({ type }) => !['json', 'jsonb', 'xml'].includes(type));

export const TYPE_CASES: readonly CaseGroup[] = [
  { name: 'types of bare columns', given: filled(() => ''), statements: changes(COLUMNS) },
  {
    name: 'types of indexed columns',
    given: filled(({ name }) => INDEXABLE.some((column) => column.name === name) ? `CREATE INDEX t_${name}_idx ON t (${name});` : ''),
    statements: changes(INDEXABLE.filter(({ name }) => !['known', 'doc', 'docb'].includes(name))),
  },
  {
    name: 'types of checked columns',
    given: filled(({ name, type }) => type === 'json' ? '' : `ALTER TABLE t ADD CONSTRAINT t_${name}_given CHECK (${name} IS NOT NULL);`),
    statements: changes(COLUMNS.filter(({ name }) => ['short', 'price', 'net', 'zoned', 'whole', 'words', 'free_length'].includes(name))),
  },
  {
    name: 'types with USING',
    given: filled(() => ''),
    statements: [
      'ALTER TABLE t ALTER COLUMN short TYPE text USING short::text',
      'ALTER TABLE t ALTER COLUMN short TYPE text USING short',
      'ALTER TABLE t ALTER COLUMN short TYPE text USING upper(short)',
      'ALTER TABLE t ALTER COLUMN whole TYPE bigint USING whole::bigint',
      'ALTER TABLE t ALTER COLUMN short TYPE varchar(40) USING short::varchar(40)',
      'ALTER TABLE t ALTER COLUMN short TYPE text USING trim(short)',
      'ALTER TABLE t ALTER COLUMN words TYPE integer USING length(words)',
      'ALTER TABLE t ALTER COLUMN zoned TYPE timestamp USING zoned AT TIME ZONE \'UTC\'',
      'ALTER TABLE t ALTER COLUMN missing TYPE text',
      'ALTER TABLE t ALTER COLUMN words SET DATA TYPE text',
      'ALTER TABLE t ALTER COLUMN short TYPE text, ALTER COLUMN price TYPE numeric(14,2)',
      'ALTER TABLE t ALTER COLUMN short TYPE text, ALTER COLUMN whole TYPE bigint',
    ],
  },
  {
    name: 'types of keys and of columns that others use',
    given: `
      CREATE TABLE parent (id integer PRIMARY KEY, code varchar(10) UNIQUE, free varchar(20));
      CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES parent, code varchar(10) REFERENCES parent (code), free varchar(20));
      INSERT INTO parent SELECT n, 'c' || n, 'f' FROM generate_series(1, 300) n;
      INSERT INTO child SELECT n, n, 'c' || n, 'f' FROM generate_series(1, 300) n;
      CREATE VIEW v AS SELECT id, free FROM child;`,
    statements: [
      'ALTER TABLE parent ALTER COLUMN id TYPE bigint',
      'ALTER TABLE child ALTER COLUMN parent_id TYPE bigint',
      'ALTER TABLE parent ALTER COLUMN code TYPE varchar(20)',
      'ALTER TABLE child ALTER COLUMN code TYPE varchar(20)',
      'ALTER TABLE child ALTER COLUMN code TYPE text',
      'ALTER TABLE child ALTER COLUMN free TYPE text',
      'ALTER TABLE parent ALTER COLUMN free TYPE text',
    ],
  },
];
