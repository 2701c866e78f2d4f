import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

const FOLDER = join(__dirname, '../../docs/api-pulumi');

interface Member {
  readonly of: string;
  readonly name: string;
  readonly description: string;
}

/** The properties that the tables of a page list. */
function membersIn(page: string): Member[] {
  return page.split(/^### /m).slice(1).flatMap((section) => [...section.matchAll(/^\| <a id="[^"]*"><\/a> `([^`]+)` \| (.*) \|$/gm)].map(([, name, rest]) => ({
    of: section.split('\n')[0], name, description: rest.split(' | ').at(-1)!.trim(),
  })));
}

const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md');
const members = pages.flatMap((name) => membersIn(readFileSync(join(FOLDER, name), 'utf8')));

test('there is a page for each entry', () => {
  expect(pages).toEqual(['policy.md', 'pulumi.md']);
});

test('the arguments that may be known later keep the words of those that may not', () => {
  const image = members.find(({ of, name }) => of === 'ZeroDowntimeServiceArgs' && name === 'image');
  expect(image?.description).toBe('The image, with a tag or a digest. A moving tag such as `latest` is warned of.');
});

test('every property is described', () => {
  expect(members.length).toBeGreaterThan(400);
  expect(members.filter(({ description }) => description === '' || description === '-')).toEqual([]);
});

test('every optional property states its default', () => {
  const silent = members.filter(({ name, description }) => name.endsWith('?') && !description.includes('**Default**'));
  // What comes of a declaration is absent rather than defaulted.
  expect(silent.map(({ of, name }) => `${of}.${name}`).filter((name) => !/^(ServicePlan|Shutdown|Warning)\./.test(name))).toEqual([]);
});

test('nothing in it depends on where or when it was made', () => {
  const lines = pages.flatMap((name) => readFileSync(join(FOLDER, name), 'utf8').split('\n'));
  expect(lines.filter((line) => /Defined in|zero-downtime\/blob\/|node_modules/.test(line))).toEqual([]);
});
