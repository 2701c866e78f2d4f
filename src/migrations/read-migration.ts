import type { MigrationFile } from './migration-file';
import type { Embedded } from './sql/embedded';
import { piecesOf } from './sql/pieces';
import { opaqueStatement, readScript, statementsOf, type Script, type SqlStatement } from './sql/read-script';
import type { SqlParser } from './sql/sql-parser';
import { TextPlace } from './sql/text-place';
import type { InputProblem } from '../reading/input-problem';

/** Reads a migration: as psql does where it is a script, and what it sends where it is a program. */
export function readMigration({ source, text, embedded }: MigrationFile, parser: SqlParser): Script {
  return embedded === undefined ? readScript(source, text, parser) : readProgram(source, text, embedded, parser);
}

function readProgram(source: string, program: string, embedded: readonly Embedded[], parser: SqlParser): Script {
  const place = new TextPlace(program);
  const problems: InputProblem[] = [];
  const statements = embedded.flatMap((sent) => {
    if ('opaque' in sent) {
      const line = place.line(place.position(sent.start).line).trim();
      return [opaqueStatement(sent.opaque, line, sent.start, sent.comments)];
    }
    const sql = { source, place, text: sent.text, offsetOf: sent.offsetOf };
    return piecesOf(sent.text, 'server').flatMap((piece, index) => piece.kind === 'statement'
      ? withComments(statementsOf(piece, sql, parser, problems), index === 0 ? sent.comments : [])
      : []);
  });
  return { source, place, statements, problems };
}

/** Comments of the program are said of the first statement of a call, as well as those of the SQL. */
function withComments(statements: readonly SqlStatement[], comments: Embedded['comments']): readonly SqlStatement[] {
  return comments.length === 0 ? statements : statements.map((statement) => ({ ...statement, comments: [...comments, ...statement.comments] }));
}
