import { readFileSync } from 'fs';
import { join } from 'path';
import { messageOf, MISTAKES } from './mistakes';
import { ROLLOUT_MISTAKES } from './rollout-mistakes';

const table = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');
const rows = new Map([...table.matchAll(/^\| (.+?) \| `(.+)` \|$/gm)].map((match) => [match[1], match[2]]));

const ALL = [...MISTAKES, ...ROLLOUT_MISTAKES];

test.each(ALL)('%s is refused with the documented message', (title, mistake) => {
  expect(messageOf(mistake)).toBe(rows.get(title));
});

test('the documentation lists no mistake that is not tried', () => {
  const tried = ALL.map(([title]) => title);
  const documented = [...rows.keys()].filter((title) => !title.startsWith('`'));
  expect(documented.filter((title) => !tried.includes(title))).toEqual([]);
});
