import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { generatedDocs } from '../../scripts/generated-docs';

const ROOT = join(__dirname, '../..');
const docs = generatedDocs();

test.each([...docs.keys()])('%s is what the sources say (npm run docs:generate)', (path) => {
  expect(existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : 'absent').toBe(docs.get(path));
});

test('no page of a rule is left that is gone', () => {
  expect(readdirSync(join(ROOT, 'docs/rules')).filter((name) => !docs.has(`docs/rules/${name}`))).toEqual([]);
});
