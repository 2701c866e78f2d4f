import { covers } from '../../src/release/covers';

test.each([
  ['a default that is added', { a: 1, added: 'x' }, { a: 1 }],
  ['empty values that are left out', {}, { zero: 0, no: false, text: '', list: [], map: {}, nothing: null }],
  ['a quantity in another form', { limits: { cpu: '500m', memory: '1Gi' } }, { limits: { cpu: '0.5', memory: '1024Mi' } }],
  ['lists of the same length', [{ name: 'a', more: 1 }], [{ name: 'a' }]],
])('covers %s', (_, live, manifest) => expect(covers(live, manifest)).toBe(true));

test.each([
  ['another value', { a: 1 }, { a: 2 }],
  ['a value that is not there', {}, { a: 1 }],
  ['a list with more', [1, 2], [1]],
  ['a list in another order', ['a', 'b'], ['b', 'a']],
  ['a text that looks like another quantity elsewhere', { value: '500m' }, { value: '0.5' }],
  ['another quantity', { limits: { cpu: '500m' } }, { limits: { cpu: '0.6' } }],
  ['a value where the manifest has none of it', { a: 'x' }, { a: '' }],
])('does not cover %s', (_, live, manifest) => expect(covers(live, manifest)).toBe(false));
