import fc from 'fast-check';
import { stringify } from 'yaml';
import { readText } from '../../src/reading/read-text';
import type { FieldPath } from '../../src/reading/source';

const HEAD = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: { name: &name app, labels: { app: *name } }
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: app # the app
          command: ["sh", '-c', |
            sleep 1]
          env: [{ name: A, value: "b" }, { <<: &b { name: B }, value: "1" }]
---
apiVersion: v1
kind: Service
metadata:
  name: app
`;

/** Characters that no YAML text may hold as they are, and halves of pairs, which UTF-8 cannot hold. */
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffd-\uffff]|\p{Cs}/u;
const text = fc.string({ unit: 'binary' }).filter((value) => !UNWRITABLE.test(value));
const values = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n || 0),
    text, fc.constantFrom('yes', '017', '0o7', '1_0', '<<', '~', '*a', '&a', '{{ x }}', '__proto__', '2001-01-01'), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'a')), tie('value'), { maxKeys: 4, noNullPrototype: false }),
})).value;

/** Every path of a value with the key or item that is written there. */
function* pathsOf(value: unknown, path: FieldPath = []): Generator<{ path: FieldPath; written: unknown }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield { path: [...path, index], written: item };
      yield* pathsOf(item, [...path, index]);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, field] of Object.entries(value)) {
      yield { path: [...path, key], written: key };
      yield* pathsOf(field, [...path, key]);
    }
  }
}

function expectSound(written: string): void {
  const { objects, problems } = readText('a.yaml', written);
  const lines = written.split(/\r\n|\r|\n/);
  for (const { source, position, message } of problems) {
    expect(source).toBe('a.yaml');
    expect(message).toMatch(/^[^\n]+$/);
    expect(position?.line).toBeLessThanOrEqual(lines.length);
    expect(position?.column).toBeGreaterThan(0);
  }
  for (const { source, value } of objects) {
    for (const { path } of pathsOf(value)) {
      expect(source.position(path)?.line).toBeLessThanOrEqual(lines.length);
    }
  }
}

describe('whatever is written, nothing is thrown and every problem has its place', () => {
  test('for arbitrary texts', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectSound), { numRuns: 500 });
  });

  test('for arbitrary bytes read as UTF-8', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectSound(Buffer.from(bytes).toString('utf8'))), { numRuns: 500 });
  });

  test('for arbitrary signs of YAML', () => {
    const sign = fc.constantFrom(...'-:?[]{},&*!|>\'"%@`#~=<\\ \n\t\r.0a'.split(''), '<<: ', '*a', '&a ', '---\n', '...\n', '\n  ', '!!int ', 'kind: A\n', 'apiVersion: v1\n');
    fc.assert(fc.property(fc.array(sign, { maxLength: 40 }), (signs) => expectSound(signs.join(''))), { numRuns: 3000 });
  });

  test('for manifests of which parts are replaced', () => {
    const part = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('', '\t', '  ', '\n', '[', '{', '"', '*name', '<<: *name', '- ', ': ', '---\n'));
    const change = fc.tuple(fc.nat(MANIFEST.length), fc.nat(20), part);
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      expectSound(changes.reduce((manifest, [at, length, inserted]) => manifest.slice(0, at) + inserted + manifest.slice(at + length), MANIFEST));
    }), { numRuns: 1500 });
  });
});

describe.each([
  // YAML 1.1 is what kubectl reads, so what is written as 1.2 would mean something else.
  ['YAML', (value: unknown) => stringify(value, { version: '1.1', aliasDuplicateObjects: false, compat: 'core' })],
  ['JSON', (value: unknown) => JSON.stringify(value)],
  ['indented JSON', (value: unknown) => JSON.stringify(value, null, '\t')],
])('any value written as %s', (form, write) => {
  test('is read as it was', () => {
    fc.assert(fc.property(values.filter((value) => form !== 'YAML' || !/"0o7"|"1_0"/.test(JSON.stringify(value))), (value) => {
      const { objects, problems } = readText('a', write({ ...HEAD, value }));
      expect(problems).toEqual([]);
      expect(JSON.parse(JSON.stringify(objects[0].value.value))).toEqual(JSON.parse(JSON.stringify(value)));
    }), { numRuns: 500 });
  });

  test('has positions that are where its keys and items are', () => {
    fc.assert(fc.property(values, (value) => {
      const written = write({ ...HEAD, value });
      const [object] = readText('a', written).objects;
      const lines = written.split('\n');
      for (const { path, written: expected } of pathsOf(value, ['value'])) {
        const position = object.source.position(path);
        const at = lines[(position?.line ?? 0) - 1].slice((position?.column ?? 0) - 1);
        expect(at.slice(0, 1)).toMatch(startOf(expected));
      }
    }), { numRuns: 300 });
  });
});

/** How a key or item may begin: a text by its quote or first character, a collection by its bracket or first member. */
function startOf(value: unknown): RegExp {
  if (typeof value === 'string') {
    const first = [...value][0]?.charAt(0) ?? '"';
    return new RegExp(`^(["'|>?]|${first.replace(/[^\w]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)})`);
  }
  return typeof value === 'object' && value !== null ? /^./ : new RegExp(`^${String(value).charAt(0).replace(/\W/, '\\$&')}`);
}
