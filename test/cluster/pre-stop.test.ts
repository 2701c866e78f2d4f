import { execFileSync } from 'child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { fieldOf } from './read';
import { preStopOf } from '../../src/cluster/pre-stop';

function sleepOf(command: readonly string[]): number | undefined {
  return preStopOf(fieldOf(JSON.stringify({ exec: { command } })))?.sleepSeconds;
}

const sh = (script: string): string[] => ['sh', '-c', script];

type Row = readonly [command: readonly string[], seconds: number];

/** Each is run by a real shell below, with a sleep that only writes down what it was asked for. */
const READABLE: readonly Row[] = [
  [['sleep', '10'], 10], [['sleep', '10s'], 10], [['sleep', '1m'], 60], [['sleep', '0.5'], 0], [['sleep', '1.9'], 1], [['sleep', '1h'], 3600],
  [['sleep', '1m', '30s'], 90], [['sleep', '0.5', '0.5'], 1], [sh('sleep 10'), 10], [sh('  sleep   10  '), 10], [sh('sleep 10;'), 10],
  [sh('sleep 5; sleep 5'), 10], [sh('sleep 5 && sleep 5'), 10], [sh('sleep 5\nsleep 7\n'), 12], [sh('sleep 10 && nginx -s quit'), 10],
  [sh('nginx -s quit; sleep 10'), 10], [sh('sleep 3; nginx -s quit; sleep 4'), 7], [sh('sleep 3 && nginx -s quit; sleep 4'), 7],
  [sh('echo bye; sleep 10'), 10], [sh('echo "going down"; sleep 10'), 10], [sh('echo \'going down\' && nginx -s quit; sleep 2'), 2],
  [sh('# wait\nsleep 10'), 10], [sh('sleep 10 # wait; sleep 5'), 10], [sh('echo a # ; sleep 5\nsleep 1'), 1],
  [['bash', '-c', 'sleep 10'], 10], [['sh', '-xc', 'sleep 10'], 10], [['sh', '-u', '-c', 'sleep 10'], 10],
  [['bash', '-o', 'pipefail', '-c', 'sleep 10'], 10], [['sh', '-c', 'sleep 10', 'ignored', '5'], 10],
  [['busybox', 'sleep', '10'], 10], [['busybox', 'sh', '-c', 'sleep 10'], 10],
];

const UNREADABLE: readonly (readonly string[])[] = [
  [], ['sleep'], ['sleep', 'infinity'], ['sleep', '$X'], ['sleep', '-5'], ['sleep', '1e3'], ['sleep', '10', '&&', 'nginx'], ['/shutdown.sh'],
  ['sh', '-c'], sh(''), sh('sleep'), sh('sleep $X'), sh('sleep "$X"'), sh('sleep ${X:-5}'), sh('sleep $(cat /x)'), sh('sleep `cat /x`'),
  sh('while true; do sleep 1; done'), sh('for i in 1 2 3; do sleep 5; done'), sh('until false; do sleep 1; done'),
  sh('if [ -f /x ]; then sleep 10; fi'), sh('[ -f /x ] && sleep 10'), sh('test -f /x && sleep 10'), sh('nginx -s quit && sleep 10'),
  sh('false && sleep 10'), sh('sleep 10 || sleep 5'), sh('case $1 in a) sleep 5;; esac'), sh('sleep 10 &'), sh('sleep 10 & wait'),
  sh('exit 0; sleep 10'), sh('kill 1; sleep 10'), sh('exec nginx; sleep 10'), sh('set -e; false; sleep 10'), sh('trap : EXIT; sleep 10'),
  sh('echo \'a; sleep 10; b\''), sh('echo "a; sleep 10; b"'), sh('echo a \\\nsleep 10'), sh('cat <<E\nsleep 10\nE'), sh('echo \'\nsleep 10\n\''),
  sh('sleep() { :; }; sleep 10'), sh('sleep 10\r'), sh('sleep 10\r\n'), sh('; sleep 10'), sh('sleep 10 &&'), sh('sleep 10 && && sleep 5'),
  sh('sleep 5; sleep abc'), sh('echo sleep 10'), sh('sleep\u00a010'), sh('! sleep 10'), sh('eval sleep 10'), sh('. /x; sleep 10'),
  ['sh', '-e', '-c', 'false; sleep 10'], ['sh', '-ec', 'false; sleep 10'], ['sh', '/x.sh', '-c', 'sleep 10'], ['sh', '-n', '-c', 'sleep 10'],
  ['python', '-c', 'sleep 10'], ['busybox', '-c', 'sleep 10'],
];

describe('the length of a command', () => {
  test.each(READABLE)('%j is %p s', (command, seconds) => {
    expect(sleepOf(command)).toBe(seconds);
  });

  test.each(UNREADABLE.map((command) => [command] as const))('%j cannot be read', (command) => {
    expect(sleepOf(command)).toBeUndefined();
  });

  test.each([['/bin/sleep', '10'], ['/usr/bin/sleep', '10'], ['/bin/sh', '-c', '/bin/sleep 10'], ['/bin/busybox', 'sleep', '10']])('%s is known by its path as well', (...command) => {
    expect(sleepOf(command)).toBe(10);
  });
});

describe('a real shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-sleep-'));
  const record = join(folder, 'slept');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function program(name: string, script: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  /** What a command sleeps where every other program succeeds, or where it fails. */
  function slept([name, ...rest]: readonly string[], others: 'succeed' | 'fail'): number {
    program('sleep', `for length; do echo "$length" >> ${record}; done`);
    program('nginx', others === 'fail' ? 'exit 1' : 'exit 0');
    program('busybox', 'exec "$@"');
    writeFileSync(record, '');
    execFileSync(name, rest, { env: { PATH: `${folder}${delimiter}${process.env.PATH}` }, stdio: 'ignore' });
    const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
    const lengths = readFileSync(record, 'utf8').split('\n').filter((line) => line !== '');
    return Math.floor(lengths.reduce((sum, length) => sum + parseFloat(length) * (units[length.slice(-1)] ?? 1), 0));
  }

  test.each(READABLE)('sleeps in %j as long as is read: %p s', (command, seconds) => {
    expect(slept(command, 'succeed')).toBe(seconds);
  });

  test.each(READABLE.filter(([command]) => command.some((word) => word.includes('nginx'))).filter(([command]) => !command[2].endsWith('quit')))(
    'sleeps in %j for %p s even where the other command fails', (command, seconds) => {
      expect(slept(command, 'fail')).toBe(seconds);
    });
});

describe('a hook', () => {
  test.each([
    ['{ sleep: { seconds: 10 } }', 'sleep', 10, 'spec.sleep.seconds'], ['{ sleep: {} }', 'sleep', 0, 'spec.sleep.seconds'],
    ['{ exec: { command: [sleep, "5"] } }', 'exec', 5, 'spec.exec.command'], ['{ httpGet: { path: /stop, port: 80 } }', 'httpGet', undefined, 'spec'],
    ['{}', 'none', undefined, 'spec'],
  ] as const)('%s is of kind %s and lasts %p s', (written, kind, seconds, length) => {
    const hook = preStopOf(fieldOf(written));
    expect([hook?.kind, hook?.sleepSeconds, hook?.lengthField.text]).toEqual([kind, seconds, length]);
  });

  test.each(['null', '~'])('that is %s is none', (written) => {
    expect(preStopOf(fieldOf(written))).toBeUndefined();
  });
});
