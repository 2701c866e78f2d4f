import { writeFileSync } from 'fs';
import { join } from 'path';
import { judgePage } from './judge-page';
import type { JudgedVersion } from './judged-version';
import { installedLinters, otherVerdictsOf } from './linters/installation';
import { LINTERS } from './linters/linters';
import { loadSqlParser, type SqlParser } from '../src/migrations/sql/sql-parser';
import { CORPUS } from '../test/support/migrations/corpus';
import { pairsOf } from '../test/support/migrations/corpus-pairs';
import { judge, judgeAgain, type Judged } from '../test/support/migrations/judge';
import { RECORDED, recordedOn, recordedText } from '../test/support/migrations/recorded';
import { RELEASES } from '../test/support/postgres/binaries';
import { PostgresServer } from '../test/support/postgres/server';

const GROUPS = [...CORPUS, ...pairsOf(CORPUS)];
const ALL = Object.keys(RELEASES).map(Number).reverse();

/**
 * Holds verdicts against servers of the named versions, or of all, newest first, and writes what comes of it: the page, and what the tests
 * hold verdicts against. With `--recorded` it takes what was measured before, and writes the page alone; a server then starts for no more
 * than a linter that reads its catalog.
 */
async function main(args: readonly string[]): Promise<void> {
  const parser = loadSqlParser();
  const linters = installedLinters(LINTERS);
  const isRecorded = args.includes('--recorded');
  const named = args.map(Number).filter((major) => ALL.includes(major));
  const versions: JudgedVersion[] = [];
  for (const major of named.length > 0 ? named : ALL) {
    process.stderr.write(`PostgreSQL ${major}\n`);
    const judged = isRecorded ? judgeAgain(major, GROUPS, recordedOn(major), parser) : await measured(major, parser);
    versions.push({ release: RELEASES[major].replace(/-.*/, ''), major, judged, others: await otherVerdictsOf(linters, judged, major) });
  }
  const page = judgePage(versions, linters);
  process.stdout.write(page);
  if (named.length === 0) {
    writeFileSync(join(__dirname, '../docs/migrations-judge.md'), page);
    if (!isRecorded) {
      writeFileSync(RECORDED, recordedText(versions));
    }
  }
}

async function measured(major: number, parser: SqlParser): Promise<readonly Judged[]> {
  const server = await PostgresServer.start(major);
  try {
    return await judge(server, GROUPS, parser);
  } finally {
    await server.stop();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
