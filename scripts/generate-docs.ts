import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { generatedDocs } from './generated-docs';

const ROOT = join(__dirname, '..');
const docs = generatedDocs();

// Pages of rules that are gone go with them.
for (const folder of ['docs/rules', 'docs/migrations/rules']) {
  const pages = join(ROOT, folder);
  mkdirSync(pages, { recursive: true });
  readdirSync(pages).filter((name) => !docs.has(`${folder}/${name}`)).forEach((name) => rmSync(join(pages, name)));
}
for (const [path, text] of docs) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
process.stdout.write(`${docs.size} files written\n`);
