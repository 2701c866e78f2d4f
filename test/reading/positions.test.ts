import { readText } from '../../src/reading/read-text';
import { FieldPath } from '../../src/reading/source';

function placeOf(text: string, path: FieldPath): string {
  const position = readText('a.yaml', text).objects[0].source.position(path);
  return text.split('\n')[(position?.line ?? 0) - 1].slice((position?.column ?? 0) - 1);
}

const TEXT = `# first
---
apiVersion: v1
kind: Pod
metadata: { name: a, "labels": { app: x } }
base: &base
  first: 1
  both: base
other: &other { second: 2, both: other }
alias: *base
merged:
  <<: [*base, *other]
  own: 3
later: { own: 4, <<: *base }
items:
  - name: x
  - *base
  - [deep, { key: v }]
`;

test.each<[FieldPath, string]>([
  [[], 'apiVersion: v1'],
  [['kind'], 'kind: Pod'],
  [['metadata', 'labels'], '"labels": { app: x } }'],
  [['metadata', 'labels', 'app'], 'app: x } }'],
  [['alias'], 'alias: *base'],
  [['alias', 'first'], 'first: 1'],
  [['merged', 'first'], 'first: 1'],
  [['merged', 'second'], 'second: 2, both: other }'],
  [['merged', 'both'], 'both: base'],
  [['merged', 'own'], 'own: 3'],
  [['later', 'both'], 'both: base'],
  [['later', 'own'], 'own: 4, <<: *base }'],
  [['items', 0], 'name: x'],
  [['items', 0, 'name'], 'name: x'],
  [['items', 1], '*base'],
  [['items', 1, 'first'], 'first: 1'],
  [['items', 2, 1, 'key'], 'key: v }]'],
])('%j is at %j', (path, text) => {
  expect(placeOf(TEXT, path)).toBe(text);
});

test.each<[FieldPath, string]>([
  [['none'], 'apiVersion: v1'],
  [['merged', 'none', 'deeper'], 'merged:'],
  [['items', 9, 'name'], 'items:'],
  [['items', 'name'], 'items:'],
  [['kind', 'deeper'], 'kind: Pod'],
  [['metadata', 0], 'metadata: { name: a, "labels": { app: x } }'],
])('%j is not written, and its nearest ancestor is at %j', (path, text) => {
  expect(placeOf(TEXT, path)).toBe(text);
});

test('places are found in any of many documents, in any order', () => {
  const text = Array.from({ length: 30 }, (_, index) => `---\napiVersion: v1\nkind: Pod\nmetadata: { name: a${index} }\n`).join('');
  const { objects } = readText('a.yaml', text);
  const lines = [29, 0, 15, 29, 3, 0].map((index) => objects[index].source.position(['metadata', 'name']));
  expect(lines).toEqual([29, 0, 15, 29, 3, 0].map((index) => ({ line: 4 * index + 4, column: 13 })));
});
