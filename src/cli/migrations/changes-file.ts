import type { Node } from 'yaml';
import { YamlFile } from './yaml-file';
import type { Change, ChangeKind } from '../../expand-contract/phases/change';
import { sqlTextProblem } from '../../migrations/declared/sql-text';
import type { SqlParser } from '../../migrations/sql/sql-parser';
import type { SqlSort } from '../../sql/declared-sql';

/** PostgreSQL keeps no more of a name. */
const LONGEST_NAME = 63;

type Read = (file: YamlFile, value: Node, name: string, parser: SqlParser) => unknown;

const name: Read = (file, value, title) => {
  const text = file.textOf(value, title);
  return Buffer.byteLength(text) > LONGEST_NAME ? file.refuse(value, `${title} must have at most ${LONGEST_NAME} bytes: PostgreSQL cuts what is longer`) : text;
};
const names: Read = (file, value, title, parser) => {
  const items = file.itemsOf(value, title);
  return items.length === 0 ? file.refuse(value, `${title} must name at least one column`) : items.map((item) => name(file, item, `an item of ${title}`, parser));
};
const sql = (sort: SqlSort): Read => (file, value, title, parser) => {
  const written = file.textOf(value, title);
  const problem = sqlTextProblem(sort, written, parser);
  return problem === undefined ? written : file.refuse(value, `${title} ${problem}`);
};
/** An expression that both ways of a change work out: the same row must give the same value. */
const steady = sql('steady');
const expression = sql('expression');
const type = sql('type');
const flag: Read = (file, value, title) => file.wordOf(value, title, ['true', 'false']) === 'true';
const target: Read = (file, value, title, parser) => fieldsOf(file, value, title, { table: name, columns: names }, { schema: name }, parser);

const text: Read = (file, value, title) => file.textOf(value, title);
const statement = sql('statement');
const statements: Read = (file, value, title, parser) =>
  file.itemsOf(value, title).map((item) => statement(file, item, `an item of ${title}`, parser));
const table = sql('table');
const tables: Read = (file, value, title, parser) => file.itemsOf(value, title).map((item) => table(file, item, `an item of ${title}`, parser));
const backfill: Read = (file, value, title, parser) =>
  fieldsOf(file, value, title, { table, assignments: sql('assignments'), condition: expression }, {}, parser);
const verify: Read = (file, value, title, parser) => fieldsOf(file, value, title, { table, isRight: expression }, {}, parser);

const labels: Read = (file, value, title, parser) => file.itemsOf(value, title).map((item) => name(file, item, `an item of ${title}`, parser));
const mapping: Read = (file, value, title, parser) =>
  Object.fromEntries(file.entriesOf(value, title).map((entry) => [entry.key, name(file, entry.value, `${title}.${entry.key}`, parser)]));
const parts: Read = (file, value, title, parser) => severalOf(file, value, title).map((item) =>
  fieldsOf(file, item, `an item of ${title}`, { column: name, type, up: steady }, { notNull: flag }, parser));
const sources: Read = (file, value, title, parser) => severalOf(file, value, title).map((item) =>
  fieldsOf(file, item, `an item of ${title}`, { column: name, down: steady }, {}, parser));

function severalOf(file: YamlFile, value: Node, title: string): readonly Node[] {
  const items = file.itemsOf(value, title);
  return items.length < 2 ? file.refuse(value, `${title} must have at least two columns`) : items;
}

interface Fields {
  readonly required: Readonly<Record<string, Read>>;
  readonly optional?: Readonly<Record<string, Read>>;
}

const KINDS: { readonly [K in ChangeKind]: Fields } = {
  addColumn: { required: { column: name, type }, optional: { default: expression, value: expression, notNull: flag } },
  renameColumn: { required: { from: name, to: name } },
  changeColumnType: { required: { from: name, to: name, type, up: steady, down: steady }, optional: { default: expression } },
  splitColumn: { required: { from: name, into: parts, down: steady } },
  mergeColumns: { required: { from: sources, to: name, type, up: steady }, optional: { notNull: flag } },
  changeEnum: { required: { from: name, to: name, type: name, values: labels }, optional: { up: mapping, down: mapping } },
  setNotNull: { required: { column: name }, optional: { value: expression } },
  addCheck: { required: { constraint: name, check: steady } },
  addForeignKey: { required: { constraint: name, columns: names, references: target } },
  addUnique: { required: { constraint: name, columns: names } },
  createIndex: { required: { index: name, columns: names }, optional: { where: steady, unique: flag } },
  dropColumn: { required: { column: name } },
  dropTable: { required: {} },
  renameTable: { required: { to: name } },
  fullTextSearch: { required: { column: name, columns: names, configuration: name } },
  sql: {
    required: { title: text },
    optional: { tables, expand: statements, backfill, verify, complete: statements, contract: statements, abort: statements },
  },
};

/** The kinds that are about no one table. */
const OF_NO_TABLE: readonly string[] = ['sql'];

/** The changes of a file, in its order: a list of maps, each with the kind of a change as its only key. */
export function readChanges(path: string, parser: SqlParser): readonly Change[] {
  const file = YamlFile.read(path);
  const items = file.root === undefined ? file.refuse(undefined, 'the file must hold a list of changes') : file.itemsOf(file.root, 'the file');
  return items.map((item) => changeOf(file, item, parser));
}

/** What an engine of its own image does. */
const OF_JOBS: readonly string[] = ['command', 'pgroll'];

function changeOf(file: YamlFile, item: Node, parser: SqlParser): Change {
  const [only] = file.entriesOf(item, 'a change');
  if (only !== undefined && OF_JOBS.includes(only.key)) {
    return file.refuse(only.place, `${only.key} is run by the Jobs of a declaration, as Migration.${only.key}; leave it out, and run the engine by itself`);
  }
  const entries = file.entriesOf(item, 'a change', Object.keys(KINDS));
  const [entry, another] = entries;
  if (entry === undefined || another !== undefined) {
    return file.refuse(another?.place ?? item, `a change must be one of ${Object.keys(KINDS).join(', ')}`);
  }
  const { required, optional = {} } = KINDS[entry.key as ChangeKind];
  const [ofTable, ofSchema] = OF_NO_TABLE.includes(entry.key) ? [{}, {}] : [{ table: name }, { schema: name }];
  const fields = fieldsOf(file, entry.value, entry.key, { ...ofTable, ...required }, { ...ofSchema, ...optional }, parser);
  return { kind: entry.key, ...fields } as unknown as Change;
}

function fieldsOf(
  file: YamlFile, value: Node, title: string, required: Readonly<Record<string, Read>>, optional: Readonly<Record<string, Read>>, parser: SqlParser,
): Readonly<Record<string, unknown>> {
  const reads = { ...required, ...optional };
  const entries = file.entriesOf(value, title, Object.keys(reads));
  const missing = Object.keys(required).find((key) => !entries.some((entry) => entry.key === key));
  if (missing !== undefined) {
    return file.refuse(value, `${title} must have a ${missing}`);
  }
  return Object.fromEntries(entries.map((entry) => [entry.key, reads[entry.key](file, entry.value, `${title}.${entry.key}`, parser)]));
}
