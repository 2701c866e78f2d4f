import { join } from 'path';
import fc from 'fast-check';
import { HOSTILE_FILES } from './hostile-files';
import { MUTATED_MANIFESTS, SOUND_MANIFESTS } from './mutations';
import { folderWith, run, runOn, type Ran } from './run';

const FORMAT = fc.constantFrom('text', 'json', 'sarif', 'github');

function expectJudged({ code, out, error }: Ran, codes: readonly number[]): void {
  expect(codes).toContain(code);
  expect(`${out}${error}`).not.toMatch(/\n +at .+:\d+:\d+\)?\n|\bNaN\b|(?<![-\w])undefined|\[object Object\]/);
  if (code === 2) {
    expect([out, error]).toEqual(['', expect.stringMatching(/^(<stdin>(:\d+:\d+)?: .+\n)+$/s)]);
  } else {
    expect(error).toBe('');
  }
}

test.each(SOUND_MANIFESTS.map((yaml) => [yaml]))('the manifests that are changed below are judged as they are: %#', async (yaml) => {
  expectJudged(await runOn(yaml, ['check']), [0, 1]);
  expectJudged(await runOn(yaml, ['verify']), [0, 1, 3]);
});

test('check answers whatever stands in a field', async () => {
  await fc.assert(fc.asyncProperty(MUTATED_MANIFESTS, FORMAT, async (yaml, format) => {
    expectJudged(await runOn(yaml, ['check', '--severity', 'info', '--format', format]), [0, 1, 2]);
  }), { numRuns: 400 });
}, 120_000);

test('verify answers whatever stands in a field', async () => {
  await fc.assert(fc.asyncProperty(MUTATED_MANIFESTS, FORMAT, async (yaml, format) => {
    expectJudged(await runOn(yaml, ['verify', '--format', format, '--assume', 'shutdown=drains', '--assume', 'starts-after-seconds=1']), [0, 1, 2, 3]);
  }), { numRuns: 200 });
}, 120_000);

test('any text is judged or refused', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
    expectJudged(await runOn(text, ['check']), [0, 2]);
    expectJudged(await runOn(text, ['verify']), [0, 2]);
  }));
});

describe('a file that is hostile', () => {
  const folder = folderWith(HOSTILE_FILES);

  test.each(Object.keys(HOSTILE_FILES))('%s is judged or refused with its name', async (name) => {
    const path = join(folder, name);
    for (const command of ['check', 'verify']) {
      const { code, out, error } = await run([command, path]);
      expect([0, 1, 2, 3]).toContain(code);
      expect(code === 2 ? error.split('\n').slice(0, -1).filter((line) => !line.startsWith(`${path}:`)) : error).toEqual(code === 2 ? [] : '');
      expect(code === 2 ? out : '').toBe('');
    }
  });

  test('is refused as a file of assumptions', async () => {
    for (const name of Object.keys(HOSTILE_FILES)) {
      const text = HOSTILE_FILES[name].toString();
      const { code, out, error } = await runOn('', ['check', '--assume', name], { files: { [name]: text } });
      expect([code, out, error !== '']).toEqual([2, '', true]);
    }
  });
});
