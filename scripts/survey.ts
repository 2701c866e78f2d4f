import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { withSection } from './markdown-table';
import { surveyTables } from './survey-tables';

const PAGE = join(__dirname, '../docs/survey.md');

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('name the folder that holds the sets of manifests: npm run survey -- FOLDER\n');
  process.exitCode = 2;
} else {
  writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), 'survey', surveyTables(folder)));
  process.stdout.write(`${PAGE} written\n`);
}
