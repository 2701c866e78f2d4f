import { writeFileSync } from 'fs';
import { join } from 'path';
import { judgePage, type JudgedVersion } from './judge-page';
import { Squawk } from './squawk';
import { loadSqlParser } from '../src/migrations/sql/sql-parser';
import { CORPUS } from '../test/support/migrations/corpus';
import { pairsOf } from '../test/support/migrations/corpus-pairs';
import { judge } from '../test/support/migrations/judge';
import { RECORDED, recordedText } from '../test/support/migrations/recorded';
import { RELEASES } from '../test/support/postgres/binaries';
import { PostgresServer } from '../test/support/postgres/server';

/** Holds verdicts against servers of the named versions, or of all, newest first, and writes what comes of it: the page, and what the tests hold verdicts against. */
async function main(majors: readonly number[]): Promise<void> {
  const parser = await loadSqlParser();
  const squawk = Squawk.install();
  const versions: JudgedVersion[] = [];
  for (const major of majors) {
    process.stderr.write(`PostgreSQL ${major}\n`);
    const server = await PostgresServer.start(major);
    try {
      const judged = await judge(server, [...CORPUS, ...pairsOf(CORPUS)], parser);
      versions.push({ release: RELEASES[major].replace(/-.*/, ''), major, judged, squawk: await squawk.hazardsOf(judged, major) });
    } finally {
      await server.stop();
    }
  }
  const page = judgePage(versions);
  process.stdout.write(page);
  if (majors.length === Object.keys(RELEASES).length) {
    writeFileSync(join(__dirname, '../docs/migrations-judge.md'), page);
    writeFileSync(RECORDED, recordedText(versions));
  }
}

const named = process.argv.slice(2).map(Number);
main(named.length > 0 ? named : Object.keys(RELEASES).map(Number).reverse()).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
