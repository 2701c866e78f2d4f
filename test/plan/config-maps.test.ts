import { planned, problemsOf, Props } from './declare';
import { quoted } from '../../src/spec/values';

const mapsOf = (props: Props) => planned(props).planned.configMaps;
const namesOf = (props: Props) => mapsOf(props).map(({ name }) => name);

describe('config', () => {
  test('is one ConfigMap with a hash of its content in its name', () => {
    expect(mapsOf({ config: { LOG_LEVEL: 'info' } })).toEqual([
      { localName: undefined, name: expect.stringMatching(/^payments-config-[0-9a-f]{10}$/), data: { LOG_LEVEL: 'info' } },
    ]);
  });

  test('is no object where it is empty', () => {
    expect(mapsOf({ config: {} })).toEqual([]);
  });

  test('has the same name whatever the order of its keys', () => {
    expect(namesOf({ config: { A: '1', B: '2' } })).toEqual(namesOf({ config: { B: '2', A: '1' } }));
  });

  test.each([
    ['a value', { A: '2' }], ['a key', { B: '1' }], ['a further key', { A: '1', B: '' }], ['a space', { A: '1 ' }],
  ])('has another name where %s changes', (_, config: Record<string, string>) => {
    expect(namesOf({ config })).not.toEqual(namesOf({ config: { A: '1' } }));
  });

  test.each(['', '1A', 'A-B', 'A B', 'Ä', 'A\n', 'A\u0000B'])('is refused under the name %j', (name) => {
    expect(problemsOf({ config: { [name]: 'x' } }))
      .toEqual([`config name ${JSON.stringify(name)} must be letters, digits or '_', not starting with a digit`]);
  });

  test('is refused under a name that the library sets', () => {
    expect(problemsOf({ config: { ZERO_DOWNTIME_PORT: '1' } }))
      .toEqual(['config "ZERO_DOWNTIME_PORT" must not start with ZERO_DOWNTIME_: the library sets those']);
    expect(problemsOf({ config: { ZERO_DOWNTIMES: '1' } })).toEqual([]);
  });

  test('is refused under the name "constructor", which cdk8s cannot render', () => {
    expect(problemsOf({ config: { constructor: 'x' } as never })).toEqual(['config name "constructor" cannot be written; give it another name']);
    expect(problemsOf({ config: { CONSTRUCTOR: 'x' } })).toEqual([]);
  });

  test.each([[8080, 'number'], [true, 'boolean'], [null, 'null'], [undefined, 'undefined'], [{}, 'object']])('is refused with %j for a value', (value, type) => {
    expect(problemsOf({ config: { A: value as never } })).toEqual([`config "A" must be a text, not ${type}`]);
  });

  test('may hold one mebibyte of names and values, and no more', () => {
    expect(problemsOf({ config: { AB: 'x'.repeat(1024 * 1024 - 2) } })).toEqual([]);
    expect(problemsOf({ config: { AB: 'x'.repeat(1024 * 1024 - 1) } }))
      .toEqual(['config holds 1048577 bytes; a ConfigMap takes at most 1048576, so mount a volume instead']);
  });

  test('is counted in bytes, not in characters', () => {
    expect(problemsOf({ config: { A: 'ü'.repeat(600_000) } }))
      .toEqual(['config holds 1200001 bytes; a ConfigMap takes at most 1048576, so mount a volume instead']);
  });
});

describe('configMaps', () => {
  test('are named after the service, their own name and their content, and follow config', () => {
    expect(mapsOf({ config: { A: '1' }, configMaps: { rules: { 'rules.json': '{}' }, empty: {} } })).toEqual([
      expect.objectContaining({ localName: undefined }),
      { localName: 'rules', name: expect.stringMatching(/^payments-rules-[0-9a-f]{10}$/), data: { 'rules.json': '{}' } },
      { localName: 'empty', name: expect.stringMatching(/^payments-empty-[0-9a-f]{10}$/), data: {} },
    ]);
  });

  test('never share a name with config: theirs may not be that', () => {
    const problem = 'configMaps name "config" is that of the settings in config; give it another name';
    expect(problemsOf({ config: { A: '1' }, configMaps: { config: { A: '1' } } })).toEqual([problem]);
    expect(problemsOf({ configMaps: { config: {} } })).toEqual([problem]);
    expect(problemsOf({ configMaps: { 'configs': {}, 'config-2': {} } })).toEqual([]);
  });

  test('take a name of 63 characters beside a service name of 52', () => {
    expect(problemsOf({ configMaps: { ['a'.repeat(63)]: {} } }, 'b'.repeat(52))).toEqual([]);
  });

  test('are refused the key "constructor", which cdk8s cannot render', () => {
    expect(problemsOf({ configMaps: { rules: { constructor: 'x' } as never } }))
      .toEqual(['configMaps "rules" key "constructor" cannot be written; give it another name']);
    expect(problemsOf({ configMaps: { rules: { 'Constructor': 'x', 'constructor.js': 'x', 'toString': 'x' } as never } })).toEqual([]);
  });

  test.each(['', 'Rules', 'a_b', '-a', 'a'.repeat(64)])('are refused under the name %j', (name) => {
    expect(problemsOf({ configMaps: { [name]: {} } })).toEqual([
      `configMaps name ${JSON.stringify(name)} must be at most 63 lower-case letters, digits or '-', starting and ending with a letter or digit`,
    ]);
  });

  test('take a name of 63 characters', () => {
    expect(problemsOf({ configMaps: { ['a'.repeat(63)]: {} } })).toEqual([]);
  });

  test.each(['', '.', '..', '..a', 'a b', 'a/b', 'ä', 'a'.repeat(254)])('are refused a key %j', (key) => {
    expect(problemsOf({ configMaps: { rules: { [key]: 'x' } } })).toEqual([
      `configMaps "rules" key ${quoted(key)} must be at most 253 letters, digits, '-', '_' or '.', and not start with '..'`,
    ]);
  });

  test.each(['a', '.a', 'a..b', '-', '_', 'A.b-c_d', 'a'.repeat(253)])('take a key %j', (key) => {
    expect(problemsOf({ configMaps: { rules: { [key]: 'x' } } })).toEqual([]);
  });

  test('are refused a value that is no text, without showing it', () => {
    expect(problemsOf({ configMaps: { rules: { size: 17 as never } } })).toEqual(['configMaps "rules" "size" must be a text, not number']);
  });

  test('are counted each on its own', () => {
    const half = 'x'.repeat(600_000);
    expect(problemsOf({ configMaps: { a: { k: half }, b: { k: half } } })).toEqual([]);
    expect(problemsOf({ configMaps: { a: { k: half, l: half } } }))
      .toEqual(['configMaps "a" holds 1200002 bytes; a ConfigMap takes at most 1048576, so mount a volume instead']);
  });
});
