import { join } from 'path';
import type { Log } from 'sarif';
import { folderWith, run, runOn } from './run';
import { inside, manifests } from '../verify/verdicts/manifests';

const PROVED = inside({ annotations: '{ zero-downtime/shutdown: drains }' });
const UNKNOWN = inside();
const REFUTED = inside({ preStop: '' });
const NOTHING = manifests();

const other = (yaml: string) => yaml.replaceAll('payments', 'carts');

describe('the exit code', () => {
  test.each([
    ['0 where every workload is proved', PROVED, 0], ['1 where one is refuted', REFUTED, 1], ['3 where one is unknown', UNKNOWN, 3],
    ['1 where one is refuted and another unknown', `${UNKNOWN}---\n${other(REFUTED)}`, 1], ['3 where one is proved and another unknown', `${PROVED}---\n${other(UNKNOWN)}`, 3],
    ['0 where nothing is to be verified', NOTHING, 0], ['2 where the input cannot be read', 'a: [', 2],
    ['2 where a field that only the model reads is of a wrong type', PROVED.replace('replicas: 4', 'replicas: 4\n  strategy: { blueGreen: { scaleDownDelaySeconds: soon } }')
      .replace('apps/v1\nkind: Deployment', 'argoproj.io/v1alpha1\nkind: Rollout'), 2],
    ['2 where an annotation cannot be taken', inside({ annotations: '{ zero-downtime/shutdown: never }' }), 2],
  ])('is %s', async (_, yaml, code) => {
    const result = await runOn(yaml, ['verify']);
    expect(result.code).toBe(code);
    expect(code === 2 ? [result.out, result.error !== ''] : [result.out !== '', result.error]).toEqual(code === 2 ? ['', true] : [true, '']);
  });
});

test('what is given settles what is unknown', async () => {
  expect((await runOn(UNKNOWN, ['verify', '--assume', 'shutdown=drains'])).code).toBe(0);
  expect((await runOn(UNKNOWN, ['verify', '--assume', 'shutdown=exits-at-once'])).code).toBe(1);
  expect((await runOn(UNKNOWN, ['verify', '--assume', 'shop/payments:shutdown=drains'])).code).toBe(0);
  expect((await runOn(UNKNOWN, ['verify', '--assume', 'bounds.yaml'], { files: { 'bounds.yaml': 'workloads: { shop/payments: { shutdown: drains } }' } })).code).toBe(0);
});

describe('text', () => {
  test('says what PROVED means, and what it does not', async () => {
    const { out } = await runOn(PROVED, ['verify']);
    expect(out).toMatch(/^Deployment shop\/payments {2}PROVED\n {2}clusterInternal by Service shop\/payments {2}PROVED\n/);
    expect(out).toContain('shutdown drains  (annotation: Deployment shop/payments)');
    expect(out).toContain('PROVED: in the model and under these assumptions');
    expect(out).toMatch(/\n1 PROVED in 2 objects of 1 file\n$/);
  });

  test('shows how a request is lost, and the remedy', async () => {
    const { out } = await runOn(REFUTED, ['verify']);
    expect(out).toContain('2 s  LOST: a connection is refused');
    expect(out).toContain('remedy: set the preStop sleep to at least 10 s');
    expect(out).not.toContain('Not covered');
  });

  test('says what would settle an unknown', async () => {
    expect((await runOn(UNKNOWN, ['verify'])).out).toContain('UNKNOWN: it depends on shutdown; settle it with --assume shutdown=…');
  });

  test('says what is not judged, and why', async () => {
    expect((await runOn(NOTHING, ['verify'])).out)
      .toBe('not judged: Deployment shop/payments: no Service among these objects sends requests to it\n\nnothing to verify in 1 object of 1 file\n');
  });
});

test('json has every verdict with its ways, answers and assumptions, and no infinity', async () => {
  const { out } = await runOn(REFUTED, ['verify', '--format', 'json']);
  const { command, workloads, notJudged, judged } = JSON.parse(out) as Record<string, Record<string, unknown>[]>;
  expect([command, notJudged, judged]).toEqual(['verify', [], { files: 1, objects: 2, unknown: 0, passedOver: 0 }]);
  expect(workloads).toEqual([expect.objectContaining({
    workload: 'Deployment shop/payments', kind: 'Deployment', namespace: 'shop', name: 'payments', source: '<stdin>', line: 3, column: 13, verdict: 'REFUTED', fewestReady: 2, replicas: 4,
  })]);
  expect(workloads[0].ways).toEqual([expect.objectContaining({ path: 'clusterInternal', through: 'Service shop/payments', verdict: 'REFUTED', missing: [] })]);
});

test.each([
  ['a refuted way', REFUTED, 'release-loses-requests', 'error'], ['an unknown way', UNKNOWN, 'release-undecided', 'note'],
])('sarif has %s as a result of its own rule', async (_, yaml, ruleId, level) => {
  const { runs: [{ results, tool }] } = JSON.parse((await runOn(yaml, ['verify', '--format', 'sarif'])).out) as Log;
  const region = { startLine: 3, startColumn: 13 };
  expect(results?.map((result) => [result.ruleId, result.level, result.locations?.[0].physicalLocation?.region])).toEqual([[ruleId, level, region]]);
  expect(tool.driver.rules?.map(({ id }) => id)).toEqual([ruleId]);
});

test('sarif and github have nothing to tell of what is proved', async () => {
  const { runs: [{ results }] } = JSON.parse((await runOn(PROVED, ['verify', '--format', 'sarif'])).out) as Log;
  expect([results, (await runOn(PROVED, ['verify', '--format', 'github'])).out]).toEqual([[], '']);
});

test('github is one command, however many lines the timeline has', async () => {
  const { out } = await runOn(REFUTED, ['verify', '--format', 'github']);
  expect(out).toMatch(/^::error file=<stdin>,line=3,col=13,title=REFUTED%3A clusterInternal::Deployment shop\/payments, clusterInternal by Service shop\/payments%0A.+\n$/);
  expect((await runOn(UNKNOWN, ['verify', '--format', 'github'])).out)
    .toBe('::notice file=<stdin>,line=3,col=13,title=UNKNOWN%3A clusterInternal::Deployment shop/payments, clusterInternal by Service shop/payments: it depends on shutdown\n');
});

describe('--timeline', () => {
  test('draws the counterexample, beside the result', async () => {
    const { code, written, out } = await runOn(REFUTED, ['verify', '--timeline', 'lost.svg']);
    expect([code, Object.keys(written)]).toEqual([1, ['lost.svg']]);
    expect(written['lost.svg']).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(out).toBe((await runOn(REFUTED, ['verify'])).out);
  });

  test('that cannot be written is bad input, and nothing else is said', async () => {
    expect(await runOn(REFUTED, ['verify', '--timeline', '/root/lost.svg'], { unwritable: 'EACCES' }))
      .toEqual({ code: 2, out: '', error: '--timeline: /root/lost.svg cannot be written: EACCES; name a file in a folder that can be written to\n', written: {} });
  });

  test('of nothing is bad input, and nothing is written', async () => {
    expect(await runOn(NOTHING, ['verify', '--timeline', 'lost.svg'])).toMatchObject({ code: 2, out: '', written: {}, error: expect.stringMatching(/^--timeline: there is no/) });
  });

  test('is not written where the input is bad', async () => {
    expect(await runOn('a: [', ['verify', '--timeline', 'lost.svg'])).toMatchObject({ code: 2, written: {} });
  });
});

test('progress is shown on a terminal alone, and wiped away', async () => {
  const { error } = await runOn(PROVED, ['verify'], { isTerminal: true });
  expect(error).toBe('\r\u001b[K1/1 Deployment shop/payments\r\u001b[K');
  expect((await runOn(PROVED, ['verify'])).error).toBe('');
});

test('severities are no option of verify', async () => {
  expect(await runOn(PROVED, ['verify', '--severity', 'error'])).toMatchObject({ code: 2, out: '', error: expect.stringContaining('unknown option') });
});

test('files are told by name', async () => {
  const path = join(folderWith({ 'b.yaml': REFUTED }), 'b.yaml');
  expect((await run(['verify', path, '--format', 'github'])).out).toContain(`file=${path},line=3`);
});
