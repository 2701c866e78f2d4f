import { join } from 'path';
import type { Log } from 'sarif';
import { folderWith, run, runOn } from './run';
import { inside } from '../verify/verdicts/manifests';

/** Violates `missing-pre-stop`, an error, `missing-requests`, and others that are less bad. */
const BAD = inside({ preStop: '' });
const MISSING = 'missing-pre-stop';
const SOUND = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

const idsIn = (out: string): string[] => (JSON.parse(out) as { findings: { ruleId: string }[] }).findings.map(({ ruleId }) => ruleId);

describe('the exit code', () => {
  test.each([
    ['0 where nothing is found', SOUND, [], 0], ['1 where something is', BAD, [], 1],
    ['0 where all that is found is less bad than asked for', inside({ spec: 'replicas: 4\n  minReadySeconds: 5' }), ['--severity', 'error'], 0],
    ['2 where the input cannot be read', 'a: [', [], 2], ['2 where a field is of a wrong type', BAD.replace('replicas: 4', 'replicas: "4"'), [], 2],
  ] as const)('is %s', async (_, yaml, options, code) => {
    expect((await runOn(yaml, ['check', ...options, '--assume', 'shutdown=drains'])).code).toBe(code);
  });
});

describe('--severity', () => {
  test('reports what is as bad and worse', async () => {
    const counts = await Promise.all(['error', 'warning', 'info'].map(async (severity) => idsIn((await runOn(BAD, ['check', '--format', 'json', '--severity', severity])).out).length));
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBeGreaterThan(counts[0]);
    expect(counts[2]).toBeGreaterThan(counts[1]);
  });

  test('is warning where nothing is said', async () => {
    const [one, other] = await Promise.all([runOn(BAD, ['check']), runOn(BAD, ['check', '--severity', 'warning'])]);
    expect(one).toEqual(other);
  });

  test('of another name is refused', async () => {
    expect(await runOn(BAD, ['check', '--severity', 'fatal'])).toMatchObject({ code: 2, out: '', error: expect.stringContaining('Allowed choices are error, warning, info') });
  });
});

describe('what is ignored', () => {
  const ignored = async (yaml: string, args: readonly string[]) => {
    const { out, code, error } = await runOn(yaml, ['check', '--format', 'json', '--severity', 'error', ...args]);
    const report = out === '' ? undefined : JSON.parse(out) as { findings: { ruleId: string }[]; ignored: { ruleId: string; ignored: unknown }[] };
    return {
      code, error, found: report?.findings.map(({ ruleId }) => ruleId), ignored: report?.ignored.map(({ ruleId, ignored: why }) => [ruleId, why]),
    };
  };

  test('counts without a reason for it', async () => {
    expect((await ignored(BAD, [])).found).toContain(MISSING);
  });

  test('by an option with a reason is set apart, with the reason', async () => {
    const result = await ignored(BAD, ['--ignore', `${MISSING}=it sleeps = well`]);
    expect(result.found).not.toContain(MISSING);
    expect(result.ignored).toEqual([[MISSING, { reason: 'it sleeps = well', by: 'ignore' }]]);
  });

  test('by an annotation with a reason is set apart, with the annotation', async () => {
    const result = await ignored(inside({ preStop: '', annotations: `{ zero-downtime/accepted.${MISSING}: a batch job }` }), []);
    expect([result.code, result.ignored]).toEqual([0, [[MISSING, { reason: 'a batch job', by: `annotation zero-downtime/accepted.${MISSING}` }]]]);
  });

  test('by an annotation without a reason is not', async () => {
    expect((await ignored(inside({ preStop: '', annotations: `{ zero-downtime/accepted.${MISSING}: "  " }` }), [])).found).toContain(MISSING);
  });

  test.each([
    [MISSING, `ignore: rule "${MISSING}" must be ignored for a reason: write ${MISSING}=why it does not matter here\n`],
    [`${MISSING}=`, `ignore: rule "${MISSING}" must be ignored for a reason: write ${MISSING}=why it does not matter here\n`],
    ['unheard=of', 'ignore: "unheard" is no rule; zero-downtime explain lists them\n'], ['=why', 'ignore: "" is no rule; zero-downtime explain lists them\n'],
  ])('by %j is refused', async (option, error) => {
    expect(await ignored(BAD, ['--ignore', option])).toEqual({ code: 2, error, found: undefined, ignored: undefined });
  });

  test('of a name that shares a word with a rule\'s is refused with the rule', async () => {
    expect((await ignored(BAD, ['--ignore', 'missing-request=why'])).error).toContain('did you mean "missing-requests"?');
  });
});

describe('the formats', () => {
  test('text tells the place, the rule and the remedy of each, and a summary', async () => {
    const { out, error } = await runOn(BAD, ['check', '--severity', 'error']);
    expect(out).toMatch(new RegExp(`^<stdin>:\\d+:\\d+ error ${MISSING}\n {2}Deployment shop/payments: .+\n {2}spec\\.template\\..+\n {2}fix: .+`, 'm'));
    expect(out).toMatch(/\d+ errors? in 2 objects of 1 file\n$/);
    expect(error).toBe('');
  });

  test('json has every field of a finding, and what was judged', async () => {
    const { findings, ...rest } = JSON.parse((await runOn(BAD, ['check', '--severity', 'error', '--format', 'json'])).out) as Record<string, Record<string, unknown>[]>;
    expect(rest).toEqual({ command: 'check', ignored: [], judged: { files: 1, objects: 2, unknown: 0, passedOver: 0 } });
    expect(findings.find(({ ruleId }) => ruleId === MISSING)).toEqual({
      ruleId: MISSING,
      severity: 'error',
      object: 'Deployment shop/payments',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'payments',
      source: '<stdin>',
      path: expect.stringContaining('spec.template'),
      line: expect.any(Number),
      column: expect.any(Number),
      message: expect.any(String),
      fix: expect.any(String),
      ...Object.fromEntries(['actual', 'required'].filter((key) => key in (findings.find(({ ruleId }) => ruleId === MISSING) ?? {})).map((key) => [key, expect.any(String)])),
    });
  });

  test('sarif is a log of one run', async () => {
    const log = JSON.parse((await runOn(BAD, ['check', '--format', 'sarif', '--ignore', `${MISSING}=why not`])).out) as Log;
    expect([log.version, log.runs.length]).toEqual(['2.1.0', 1]);
    expect(log.runs[0].results?.find(({ ruleId }) => ruleId === MISSING)?.suppressions).toEqual([{ kind: 'external', justification: 'why not' }]);
  });

  test('github is one command a line', async () => {
    const { out } = await runOn(BAD, ['check', '--format', 'github']);
    out.trimEnd().split('\n').forEach((line) => expect(line).toMatch(/^::(error|warning|notice) file=<stdin>,line=\d+,col=\d+,title=[a-z-]+::Deployment shop\/payments: /));
  });

  test('of another name is refused', async () => {
    expect(await runOn(BAD, ['check', '--format', 'xml'])).toMatchObject({ code: 2, out: '', error: expect.stringContaining('Allowed choices are text, json, sarif, github') });
  });

  test('are painted only where that is asked for', async () => {
    const [plain, painted] = await Promise.all([runOn(BAD, ['check']), runOn(BAD, ['check'], { hasColour: true })]);
    expect([plain.out.includes('\u001b'), painted.out.includes('\u001b[31merror\u001b[0m')]).toEqual([false, true]);
    // eslint-disable-next-line no-control-regex
    expect(painted.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
  });
});

describe('assumptions', () => {
  const longest = async (args: readonly string[], files = {}) => runOn(inside({ grace: 30 }), ['check', '--format', 'json', '--severity', 'error', ...args], { files });

  test('change what is found', async () => {
    expect(idsIn((await longest([])).out)).not.toContain('grace-too-short');
    expect(idsIn((await longest(['--assume', 'longest-request-seconds=60'])).out)).toContain('grace-too-short');
    expect(idsIn((await longest(['--assume', 'shop/payments:longest-request-seconds=60'])).out)).toContain('grace-too-short');
    expect(await longest(['--assume', 'shop/cart:longest-request-seconds=60'])).toMatchObject({
      code: 2, out: '', error: '--assume: "shop/cart" is no workload among the objects; did you mean "shop/payments"?\n',
    });
  });

  test('may stand in a file, before or after pairs', async () => {
    const files = { 'bounds.yaml': 'longest-request-seconds: 60\n' };
    expect(idsIn((await longest(['--assume', 'bounds.yaml'], files)).out)).toContain('grace-too-short');
    expect(idsIn((await longest(['--assume', 'bounds.yaml', '--assume', 'longest-request-seconds=10'], files)).out)).not.toContain('grace-too-short');
  });

  test.each([
    ['a file that is not there', 'none.yaml', '--assume: "none.yaml" must be key=value, or a file that can be read\n'],
    ['a file that is no map', 'list.yaml', 'list.yaml: must hold one map of keys to values\n'], ['an empty file', 'empty.yaml', 'empty.yaml: must hold one map of keys to values\n'],
    ['a file of no YAML', 'bad.yaml', /^bad\.yaml:1:\d+: .+\n$/], ['a key that is none', 'node=3', '--assume: "node" is nothing that can be assumed; did you mean "nodes"?\n'],
    ['a value that is none', 'nodes=three', '--assume: nodes "three" must be a whole number from 1 to 1000000\n'],
  ])('of %s are refused', async (_, given, error) => {
    const result = await longest(['--assume', given], { 'list.yaml': '- a\n', 'empty.yaml': '', 'bad.yaml': 'a: [' });
    expect([result.code, result.out]).toEqual([2, '']);
    expect(result.error).toMatch(typeof error === 'string' ? new RegExp(`^${error.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : error);
  });

  test('that are wrong in several ways are all told, with whatever else is wrong', async () => {
    const { error } = await longest(['--assume', 'nodes=0', '--assume', 'evictions=x', '--kubernetes-version', '2', '--ignore', 'no-spread']);
    expect(error.trimEnd().split('\n').map((line) => line.split(':')[0])).toEqual(['--assume', '--assume', 'Kubernetes version', 'ignore']);
  });

  test('of an annotation that cannot be taken are the manifest\'s fault', async () => {
    expect(await runOn(inside({ annotations: '{ zero-downtime/nodes: many }' }), ['check'])).toMatchObject({
      code: 2, out: '', error: '<stdin>:3:61: Deployment shop/payments: annotation zero-downtime/nodes "many" must be a whole number from 1 to 1000000\n',
    });
  });
});

describe('the Kubernetes version', () => {
  test.each(['1.20', '1.34', 'v1.31.2', '1.30.0-eks-a5ec690', '1.33+k3s1'])('may be %s', async (version) => {
    expect((await runOn(SOUND, ['check', '--kubernetes-version', version])).code).toBe(0);
  });

  test.each(['1.19', '1', '2.1', 'latest', '', '1.100', '1.3 4'])('may not be %j', async (version) => {
    expect(await runOn(SOUND, ['check', '--kubernetes-version', version])).toEqual({
      code: 2, out: '', written: {}, error: `Kubernetes version: "${version}" must be a version such as 1.34, from 1.20 on\n`,
    });
  });
});

describe('paths', () => {
  test('are files, folders and patterns, each read once', async () => {
    const folder = folderWith({ 'a.yaml': BAD, 'b.yaml': SOUND, 'notes.txt': 'a: [' });
    const { out } = await run(['check', folder, join(folder, 'a.yaml'), join(folder, '*.yaml'), '--format', 'json']);
    expect((JSON.parse(out) as { judged: object }).judged).toEqual({ files: 2, objects: 3, unknown: 0, passedOver: 0 });
  });

  test('name the file of each finding', async () => {
    const path = join(folderWith({ 'a.yaml': BAD }), 'a.yaml');
    expect((await run(['check', path, '--severity', 'error'])).out).toContain(`${path}:`);
  });

  test.each([
    ['that are none', ['check'], /missing required argument 'paths'/], ['that are not there', ['check', '/nowhere/a.yaml'], /^\/nowhere\/a\.yaml: no such file or folder; correct the path\n$/],
    ['that match nothing', ['check', '/nowhere/*.yaml'], /^\/nowhere\/\*\.yaml: the pattern matches no/], ['with an unknown option', ['check', '-', '--verbose'], /unknown option '--verbose'/],
  ])('%s are refused', async (_, args, error) => {
    const result = await run(args);
    expect([result.code, result.out, result.written]).toEqual([2, '', {}]);
    expect(result.error).toMatch(error);
  });

  test('of several bad files are all told', async () => {
    const folder = folderWith({ 'a.yaml': 'a: [', 'b.yaml': BAD.replace('replicas: 4', 'replicas: many') });
    const { code, error } = await run(['check', folder]);
    expect([code, error.trimEnd().split('\n').map((line) => line.slice(folder.length + 1).split(':')[0])]).toEqual([2, ['a.yaml', 'b.yaml']]);
    expect(error).toContain('b.yaml:9:3: spec.replicas "many" must be a whole number, not a text');
  });
});

test('--namespace is where objects go that name none', async () => {
  const yaml = BAD.replaceAll(', namespace: shop', '');
  expect((await runOn(yaml, ['check', '--severity', 'error'])).out).toContain('Deployment default/payments');
  expect((await runOn(yaml, ['check', '--severity', 'error', '-n', 'pay'])).out).toContain('Deployment pay/payments');
});

test('objects of unknown kinds and documents that are no objects are counted, and judged no further', async () => {
  expect((await runOn(`${SOUND}---\napiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\n---\na: 1\n`, ['check'])).out)
    .toBe('nothing found in 2 objects of 1 file, 1 of kinds that no rule reads; 1 document passed over\n');
});
