import { execFile, spawn } from 'child_process';
import { join } from 'path';
import { HOSTILE_FILES } from './hostile-files';
import { folderWith } from './run';
import { inside } from '../verify/verdicts/manifests';

const PROGRAM = join(__dirname, '../../bin/zero-downtime');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function program(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], { maxBuffer: 1e8 }, (error, out, errors) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, error: errors });
    });
  });
}

const STACK = /\n\s+at .+:\d+:\d+|Error: .*\n|its own fault/;

describe('the program', () => {
  const folder = folderWith({ 'sound.yaml': inside({ annotations: '{ zero-downtime/shutdown: drains }' }), 'unknown.yaml': inside(), 'refuted.yaml': inside({ preStop: '' }) });

  test.each([
    ['verify', 'sound.yaml', 0], ['check', 'refuted.yaml', 1], ['verify', 'none.yaml', 2], ['verify', 'unknown.yaml', 3],
  ])('%s %s ends with %i', async (command, file, code) => {
    const ended = await program([command, join(folder, file)]);
    expect([ended.code, ended.out === '', ended.error === '']).toEqual([code, code === 2, code !== 2]);
  }, 60_000);

  test('ends in peace where its reader goes away', async () => {
    const script = `${JSON.stringify(process.execPath)} ${JSON.stringify(PROGRAM)} explain --format json | head -1`;
    const ended = await new Promise<Ended>((resolve) => {
      const child = spawn('sh', ['-c', script]);
      const texts = { out: '', error: '' };
      child.stdout.on('data', (text: Buffer) => { texts.out += text.toString(); });
      child.stderr.on('data', (text: Buffer) => { texts.error += text.toString(); });
      child.on('close', (code) => resolve({ code: code ?? -1, ...texts }));
    });
    expect(ended).toEqual({ code: 0, out: '{\n', error: '' });
  }, 60_000);

  test('shows no stack of any hostile input', async () => {
    const hostile = folderWith(HOSTILE_FILES);
    for (const args of [['check', hostile], ['verify', join(hostile, 'huge-numbers.yaml')], ['verify', join(folder, 'refuted.yaml'), '--timeline', hostile]]) {
      const { code, out, error } = await program(args);
      expect([0, 1, 2, 3]).toContain(code);
      expect(`${out}\n${error}`).not.toMatch(STACK);
      expect(code === 2 ? out : error).toBe('');
    }
  }, 120_000);
});
