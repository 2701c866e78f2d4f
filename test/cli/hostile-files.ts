import { inside } from '../verify/verdicts/manifests';

/** Files that are no manifests, or not what they seem. */
export const HOSTILE_FILES: Readonly<Record<string, string | Buffer>> = {
  'empty.yaml': '',
  'binary.yaml': Buffer.from([0, 255, 254, 1, 2, 3, 200]),
  'utf16.yaml': Buffer.from('\ufeffapiVersion: v1', 'utf16le'),
  'unclosed.yaml': 'a: [1, 2',
  'tabs.yaml': 'a:\n\t- b',
  'bomb.yaml': `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [*a${i === 0 ? '' : i - 1}, *a${i === 0 ? '' : i - 1}]`).join('\n')}`,
  'deep.yaml': `apiVersion: v1\nkind: A\nmetadata: { name: a }\nspec: ${'['.repeat(5000)}`,
  'cycle.yaml': 'a: &a { b: *a }',
  'template.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Values.name }} }',
  'null.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, labels: 7 }\nspec: null',
  'types.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { template: { spec: { containers: 5 } } }',
  'list.yaml': 'apiVersion: v1\nkind: List\nitems: 5',
  'prototype.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n__proto__: { kind: Deployment }\nspec: { __proto__: { selector: 5 }, selector: [] }',
  'huge-numbers.yaml': inside({ spec: 'replicas: 9007199254740991' }),
  'json.json': '{ "apiVersion": "v1", "kind": ',
};
