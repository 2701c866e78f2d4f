import { spawn } from 'child_process';
import { join } from 'path';
import { folderWith } from './run';
import { configMap, documentText } from '../analysis/documents';
import { answerWith, serverOf, type Handler } from '../analysis/servers';

const PROGRAM = join(__dirname, '../../bin/zero-downtime');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the program until it ends by itself, or by a signal as soon as its output holds a text. */
async function program(handler: Handler, args: readonly string[], { signal, at = '' }: { signal?: NodeJS.Signals; at?: string } = {}): Promise<Ended> {
  const server = await serverOf(handler);
  const text = documentText({ source: { kind: 'prometheus', address: server.address }, initialDelaySeconds: 0, intervalSeconds: 3600 });
  const child = spawn(process.execPath, [PROGRAM, 'analyze', join(folderWith({ 'a.yaml': configMap(text) }), 'a.yaml'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', error: '' };
  let isSent = false;
  child.stderr.on('data', (part: Buffer) => { texts.error += part.toString(); });
  child.stdout.on('data', (part: Buffer) => {
    texts.out += part.toString();
    if (signal !== undefined && !isSent && texts.out.includes(at)) {
      isSent = true;
      child.kill(signal);
    }
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts })));
}

test('ends by itself, with nothing left that keeps it', async () => {
  expect(await program((response) => answerWith(response, '0'), [])).toMatchObject({ code: 0, error: '', out: expect.stringContaining('analysis: Successful') });
}, 60_000);

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s ends it with %i, and what is known is told', async (signal, code) => {
  const ended = await program((response) => answerWith(response, '0'), ['--watch'], { signal, at: 'p99         0 s' });
  expect(ended).toMatchObject({ code, error: '', out: expect.stringMatching(/error-rate {2}0 [^]+undecided: the analysis ended before all was measured \(1 Successful\)[^]+: interrupted\n$/) });
}, 60_000);

test('a signal while a server does not answer ends it at once', async () => {
  const server = await serverOf(() => undefined);
  const text = documentText({ source: { kind: 'prometheus', address: server.address }, initialDelaySeconds: 0 });
  const child = spawn(process.execPath, [PROGRAM, 'analyze', '-', '--timeout', '600', '--format', 'json'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => { out += part.toString(); });
  child.stdin.end(text);
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (server.asked.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(JSON.parse(out)).toMatchObject({ phase: null, isInterrupted: true, measurements: [] });
}, 60_000);
