import { readText } from '../../src/reading/read-text';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';

function namesIn(text: string): unknown[] {
  return readText('a.yaml', text).objects.map(({ value }) => (value.metadata as { name: unknown }).name);
}

function problemsOf(text: string, limits = {}): string[] {
  return readText('a.yaml', text, limits).problems.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);
}

describe('documents', () => {
  test.each([['', 0], ['\n\n', 0], ['# a comment\n', 0], ['---\n', 1], ['---\n---\n# b\n', 2], ['null\n', 1], ['text', 1], ['- a\n', 1], ['replicas: 3\n', 1],
    ['apiVersion: v2\nname: chart\n', 1], ['kind: Kustomization\nresources: []\n', 1], ['apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n', 1]])('%j holds no object, and %d documents are passed over', (text, passedOver) => {
    expect(readText('a.yaml', text)).toEqual({ objects: [], passedOver, problems: [] });
  });

  test('are read in their order, values as Kubernetes has them', () => {
    expect(namesIn(`${POD}---\n${POD.replace('name: a', 'name: b')}--- # comment\n${POD.replace('name: a', 'name: "c"')}`)).toEqual(['a', 'b', 'c']);
  });

  test('may end lines as Windows and old Macs do, and begin with byte order marks', () => {
    const text = `\ufeff${POD}\ufeff---\n${POD}`;
    expect([namesIn(text.replaceAll('\n', '\r\n')), namesIn(text.replaceAll('\n', '\r'))]).toEqual([['a', 'a'], ['a', 'a']]);
  });

  test('are JSON too, with tabs and slashes escaped', () => {
    expect(namesIn('{\n\t"apiVersion": "apps\\/v1",\n\t"kind": "Deployment",\n\t"metadata": { "name": "\\ud83d\\ude00" }\n}')).toEqual(['😀']);
  });

  test('are told by the name that the user gave the text', () => {
    expect(readText('dir/a.yaml', POD).objects[0].source.name).toBe('dir/a.yaml');
  });

  test('that are broken hide none of the others', () => {
    const text = `${POD}---\na: [1\n---\nb: "x\n---\n${POD}---\na: *x\n`;
    expect(namesIn(text)).toEqual(['a', 'a']);
    expect(readText('a.yaml', text).problems.map(({ position }) => position?.line)).toEqual([7, 9, 15]);
  });
});

describe('lists', () => {
  test('give their items, and positions within them', () => {
    const { objects } = readText('a.yaml', 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n');
    expect(objects.map(({ value }) => value.kind)).toEqual(['Pod']);
    expect(objects[0].source.position(['metadata', 'name'])).toEqual({ line: 7, column: 5 });
    expect(objects[0].source.position([])).toEqual({ line: 4, column: 3 });
  });

  test('of one kind give items that need not repeat it', () => {
    const { objects } = readText('a.yaml', 'apiVersion: apps/v1\nkind: DeploymentList\nitems: [{ metadata: { name: a } }]\n');
    expect(objects.map(({ value }) => ({ ...value }))).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } }]);
  });

  test('may hold lists and nothing', () => {
    const list = (items: string) => `{ apiVersion: v1, kind: List, items: [${items}] }`;
    expect(namesIn(list(list('{ apiVersion: v1, kind: Pod, metadata: { name: a } }')))).toEqual(['a']);
    expect(readText('a.yaml', list('null'))).toEqual({ objects: [], passedOver: 1, problems: [] });
    expect(readText('a.yaml', 'apiVersion: v1\nkind: List\n')).toEqual({ objects: [], passedOver: 0, problems: [] });
  });

  test('whose kind only ends so are objects', () => {
    expect(namesIn('apiVersion: example.com/v1\nkind: AllowList\nmetadata: { name: a }\n')).toEqual(['a']);
  });

  test('must have a list of items', () => {
    expect(problemsOf('apiVersion: v1\nkind: List\nitems: {}\n')).toEqual(['3:1 items of a List must be a list; put "-" before each item']);
  });

  test('keep sound items beside one without a name', () => {
    const text = 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n';
    expect([namesIn(text), problemsOf(text)]).toEqual([['b'], ['4:3 kind "Pod" must have a metadata.name; add it']]);
  });
});

test.each([
  ['kind: Pod\n', '1:1 kind "Pod" must have an apiVersion beside it; add it'],
  ['apiVersion: 1\nkind: Pod\n', '1:1 apiVersion must be a text such as apps/v1; put it in quotes'],
  ['apiVersion: v1\nkind: yes\n', '2:1 kind must be a text such as Deployment; give it one'],
  ['apiVersion: v1\nkind: Pod\n', '1:1 kind "Pod" must have a metadata.name; add it'],
  ['apiVersion: v1\nkind: Pod\nmetadata: {}\n', '3:1 kind "Pod" must have a metadata.name; add it'],
  ['apiVersion: v1\nkind: Pod\nmetadata: { name: 1 }\n', '3:13 metadata.name must be a text; put it in quotes'],
  ['apiVersion: v1\nkind: Pod\nmetadata: a\n', '3:1 metadata must be a map; give it a name'],
])('%j is a problem', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('a name that the API server makes up is a name', () => {
  expect(readText('a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }\n').objects).toHaveLength(1);
});

test.each([
  ['a: b: c', '5:4 is not valid YAML: a second key follows on one line; put it on a line of its own, or put a text with ": " in quotes'],
  ['a:\n\tb: c', '6:1 is not valid YAML: a tab indents this line, where YAML takes spaces alone; replace it'],
  ['spec:\n    a: b\n  c: d', '7:1 is not valid YAML: this line is indented neither like those before it nor deeper; align it'],
  ['a: @b', '5:4 is not valid YAML: plain value cannot start with reserved character @'],
  ['a: "\\q"', '5:5 is not valid YAML: invalid escape sequence'],
  ['a: *b', '5:4 is not valid YAML: an alias has no anchor before it; define it with "&", or put a text that begins with "*" in quotes'],
  ['a: &a [*a]', '5:8 is not valid YAML: an alias stands for something that contains it; write the value out'],
  ['b: c\n...\nd: e', '7:1 kubectl passes over what follows "..." without a "---"; write "---" before it'],
  ['kind: Pod', '5:1 key "kind" is given twice, and Kubernetes silently takes the last; remove one'],
  ['a: { 1: b, "1": c }', '5:12 key "1" is given twice, and Kubernetes silently takes the last; remove one'],
  ['<<: 3', '5:1 a merge key must stand for a map or a list of maps; give it an alias of one'],
  ['a: {{ .Values.a }}', '5:5 a key must be a text; write a text before the ":"; if the {{ belongs to a Helm template, render it first with helm template'],
  ['{{- if .Values.a }}', '5:1 is not valid YAML: a key runs over several lines; is a ":" missing after it?'
    + '; if the {{ belongs to a Helm template, render it first with helm template'],
])('%j in an object is refused', (line, problem) => {
  expect(problemsOf(`${POD}${line}\n`)).toEqual([problem]);
});

test('many keys given twice are not all told', () => {
  const problems = problemsOf(`${POD}a: b\n${'a: b\n'.repeat(1000)}`);
  expect([problems.length, problems[19], problems[20]]).toEqual([
    21, '25:1 key "a" is given twice, and Kubernetes silently takes the last; remove one',
    '26:1 more is wrong with this document; mend what is told and try again',
  ]);
});

test('what is wrong with a document that is no object matters to nobody', () => {
  expect(readText('values.yaml', 'a: 1\na: 2\nb: !Ref x\nc: .inf\n')).toEqual({ objects: [], passedOver: 1, problems: [] });
});

describe('keys that JavaScript knows', () => {
  test('are plain data', () => {
    const [{ value }] = readText('a.yaml', `${POD}__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n<<: { __proto__: 2 }\n`).objects;
    expect(Object.keys(value)).toEqual(['apiVersion', 'kind', 'metadata', '__proto__', 'constructor']);
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toBe(2);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('are absent unless written', () => {
    expect(readText('a.yaml', POD).objects[0].value.constructor).toBeUndefined();
  });
});

test('aliases and merge keys stand for values, later keys and merges winning as in kubectl', () => {
  const [{ value }] = readText('a.yaml', `${POD}x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nalias: *x\nmerged: { a: 0, <<: [*x, *y], c: 3 }\n`).objects;
  expect([value.alias, value.merged]).toEqual([{ a: 1, b: 1 }, { a: 1, b: 1, c: 3 }]);
});

test.each([
  ['text', 'a\0b', '1:2 the text holds a NUL byte, so it is binary; name manifests alone'],
  ['UTF-16 read as UTF-8', '\ufffd\ufffda\0b\0', '1:1 the text is encoded as UTF-16; save it as UTF-8'],
  ['bytes', 'a: \ufffd', '1:4 the text holds the sign for a byte that is not UTF-8 (U+FFFD), so it is binary or in another encoding; save it as UTF-8'],
  ['control', 'a: \u0007', '1:4 control character U+0007 is not allowed in YAML; write it as an escape in double quotes'],
  ['separator', 'a: b\u2028c', '1:5 U+2028 ends a line for Kubernetes alone; write it as an escape in double quotes'],
])('%s that no YAML may hold is refused', (_, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

describe('limits', () => {
  test('a text is refused one byte above', () => {
    expect(problemsOf(POD, { bytes: POD.length })).toEqual([]);
    expect(problemsOf(POD, { bytes: POD.length - 1 })).toEqual([`1:1 the text has more than ${POD.length - 1} bytes; split it into several files`]);
    expect(problemsOf('a: é', { bytes: 4 })).toEqual(['1:1 the text has more than 4 bytes; split it into several files']);
  });

  test('documents above the bound are refused, and those before them kept', () => {
    expect(problemsOf('---\n---\n', { documents: 2 })).toEqual([]);
    expect(readText('a', `${POD}---\n---\n`, { documents: 2 })).toMatchObject({ objects: [{}], passedOver: 1, problems: [{ position: { line: 6, column: 1 } }] });
  });

  test('depth is refused one level above', () => {
    expect(problemsOf('[[[a]]]', { depth: 3 })).toEqual([]);
    expect(problemsOf('[[[[a]]]]', { depth: 3 })).toEqual(['1:4 lists and maps within each other must be at most 3 deep; flatten them']);
  });

  test('aliases make nothing deeper', () => {
    const text = `${POD}a: &a [x]\nb: &b [*a]\nc: &c [*b]\n`;
    expect(problemsOf(text, { depth: 5 })).toEqual([]);
    expect(problemsOf(text, { depth: 3 })).toEqual(['7:8 aliases must keep lists and maps at most 3 deep within each other; flatten them']);
  });

  test('tokens are bounded', () => {
    expect(problemsOf(POD, { tokens: 10 })).toEqual(['1:1 one document must have at most 10 words and signs; split it at ---']);
  });

  test('aliases together stand for a bounded number of values', () => {
    const text = `${POD}a: &a [x, y]\nb: [*a, *a]\n`;
    expect(problemsOf(text, { aliased: 6 })).toEqual([]);
    expect(problemsOf(text, { aliased: 5 })).toEqual(['6:9 aliases and merge keys must stand for at most 5 values; write fewer']);
  });
});
