import { BadInput } from '../bad-input';
import { contentsOf } from './input';
import { YamlFile } from './yaml-file';
import { queriesOf, type Query } from '../../migrations/application/application';
import type { SqlParser } from '../../migrations/sql/sql-parser';
import { qualifiedName, quoteIdentifier } from '../../sql/quote';

/** What a version of the program sends: the statements of a SQL file, or what a list of tables says that it reads and writes. */
export function readQueries(path: string, parser: SqlParser): readonly Query[] {
  return /\.(ya?ml|json)$/i.test(path) ? listed(YamlFile.read(path), parser) : written(path, parser);
}

function written(path: string, parser: SqlParser): readonly Query[] {
  const contents = contentsOf(path);
  if ('message' in contents) {
    throw BadInput.of(path, contents.message);
  }
  const { queries, problems } = queriesOf(path, contents.text, parser);
  if (problems.length > 0) {
    throw new BadInput(problems);
  }
  return queries;
}

/** `orders: { reads: [id, status], writes: [status] }`: as good as a query of those columns, and an update of these. */
function listed(file: YamlFile, parser: SqlParser): readonly Query[] {
  return file.entriesOf(file.root, 'the list of tables').flatMap(({ key, place, value }) => {
    const table = qualifiedName(key.split('.'));
    return file.entriesOf(value, key, ['reads', 'writes']).flatMap((entry) => {
      const columns = file.itemsOf(entry.value, `${key}.${entry.key}`).map((item) => quoteIdentifier(file.textOf(item, `a column of ${key}`)));
      const sql = entry.key === 'reads'
        ? `SELECT ${columns.join(', ')} FROM ${table}`
        : `UPDATE ${table} SET ${columns.map((column) => `${column} = NULL`).join(', ')}`;
      return columns.length === 0 ? [] : parser.parse(sql).map((node): Query => ({
        source: file.source, position: file.positionOf(place), line: `${key}: ${entry.key} ${columns.join(', ')}`, node,
      }));
    });
  });
}
