import { readFileSync } from 'fs';
import { join } from 'path';

const api = readFileSync(join(__dirname, '../../API.md'), 'utf8');

test('API.md documents every public member', () => {
  const undocumented = api.split('\n').filter((line) => line.includes('No description'));
  expect(undocumented).toEqual([]);
});

test('API.md states the default of every optional property of the declaration', () => {
  const sections = api.split(/^##### `/m).slice(1).filter((section) => /<sup>Optional<\/sup>/.test(section.split('\n')[0]));
  const silent = sections.filter((section) => !section.includes('- *Default:*')).map((section) => /id="([^"]+)"/.exec(section)?.[1]);
  // Properties of the objects that are made, and of decisions, are absent rather than defaulted.
  const declared = silent.filter((id) => !/\.(ZeroDowntimeService|RegionChart|ServicePlan|Volume|Spread|Shutdown|External|ServiceAccount|Warning|[A-Za-z]+\.[a-zA-Z]+\.parameter)\./.test(id ?? ''));
  expect(declared).toEqual([]);
});
