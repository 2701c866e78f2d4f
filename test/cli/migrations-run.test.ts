import { join } from 'path';
import { folderWith, run } from './run';
import { ExitCode } from '../../src/cli/exit-code';
import { runMigrations } from '../../src/cli/migrations/run-command';

/** What a run tells when its connection ends with an error at the first statement. */
async function toldOf(error: Error): Promise<{ readonly code: ExitCode; readonly out: string }> {
  class Client {
    readonly on = () => this;
    readonly connect = async () => undefined;
    readonly end = async () => undefined;
    readonly query = async () => Promise.reject(error);
  }
  const path = join(folderWith({ 'changes.yaml': '- addColumn: { table: orders, column: note, type: text }\n' }), 'changes.yaml');
  let out = '';
  const io = { out: (text: string) => { out += text; }, error: () => undefined, stdin: () => '', readFile: () => '', writeFile: () => undefined, isTerminal: false, hasColour: false };
  const load = () => ({ Client }) as unknown as typeof import('pg');
  const code = await runMigrations(path, { database: 'postgresql://somewhere/shop', format: 'text', to: 'ready' }, io, { load, sleep: async () => undefined });
  return { code, out };
}

test.each([
  ['a socket', Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' }), 'the connection was closed (EPIPE)'],
  ['a network', Object.assign(new Error('read ETIMEDOUT'), { code: 'ETIMEDOUT', syscall: 'read' }), 'the connection timed out (ETIMEDOUT)'],
  ['the driver', new Error('Connection terminated unexpectedly'), 'Connection terminated unexpectedly'],
  ['the server', Object.assign(new Error('terminating connection'), { code: '57P01', severity: 'FATAL' }), 'terminating connection (57P01)'],
])('a connection that %s ends is told with what to do', async (_title, error, reason) => {
  const { code, out } = await toldOf(error);
  expect([code, out.trim().split('\n').at(-1)]).toEqual([ExitCode.FOUND, `  failed ${reason}; run it again: it goes on from where it was`]);
});

test('a plan says how each step is run, and what only the database knows', async () => {
  const { out } = await run(['migrations', 'plan', join(folderWith({ 'changes.yaml': '- renameColumn: { table: orders, from: status, to: state }\n- createIndex: { table: orders, index: i, columns: [note] }\n' }), 'changes.yaml')]);
  const lines = out.split('\n');
  expect(lines[lines.indexOf('-- the indexes of status are there for state (each outside of a transaction; which they are, the database knows)') + 1])
    .toBe('-- what holds for status holds for new rows of state (each in a transaction of its own)');
  expect(lines[lines.indexOf('-- what stands on status is looked through') + 1]).toBe('');
  expect(lines[lines.indexOf('-- the index i (outside of a transaction)') + 1]).toBe('CREATE INDEX CONCURRENTLY i ON orders (note);');
});
