import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { compareTables } from './compare-tables';
import { withSection } from './markdown-table';

const PAGE = join(__dirname, '../docs/survey.md');

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('name the folder that holds the sets of manifests: ts-node -P examples/tsconfig.json scripts/compare.ts FOLDER\n');
  process.exitCode = 2;
} else {
  writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), 'compare', compareTables(folder)));
  process.stdout.write(`${PAGE} written\n`);
}
