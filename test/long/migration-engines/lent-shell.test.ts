import { mkdirSync, writeFileSync } from 'fs';
import { COMMAND_FILES } from '../../../src/expand-contract/job/job-files';
import { attempt, describeUnless, type Outcome, run, works } from '../command';
import { scratchFolder } from '../scratch';

const FOLDER = scratchFolder('lent-shell');
const ROOT = `${FOLDER}/root`;
const SHARED = `${ROOT}/zero-downtime-shared`;
const isRoot = process.getuid?.() === 0 && works('chroot', ['/', 'true']);
const missing = !isRoot ? 'only root may give a process another root' : works('cc', ['--version']) ? undefined : 'cc is not there';

/** Says what it was called with, and what it finds of a file system. */
const ENGINE = `#include <stdio.h>
#include <unistd.h>
int main(int count, char **words) {
  for (int i = 1; i < count; i++) printf("[%s]", words[i]);
  printf(" shell: %d, process: %d\\n", access("/bin/sh", F_OK), (int) getpid());
  return 7;
}
`;

describeUnless(missing, 'an image that holds one program and nothing else', () => {
  beforeAll(async () => {
    ['usr/bin', 'zero-downtime', 'zero-downtime-shared', 'tmp'].forEach((folder) => mkdirSync(`${ROOT}/${folder}`, { recursive: true }));
    writeFileSync(`${FOLDER}/engine.c`, ENGINE);
    await run('cc', ['-static', '-o', `${ROOT}/usr/bin/engine`, `${FOLDER}/engine.c`]);
    Object.entries(COMMAND_FILES).forEach(([name, text]) => writeFileSync(`${ROOT}/zero-downtime/${name}`, text));
  });

  beforeEach(() => run('sh', [`${ROOT}/zero-downtime/lend.sh`], { env: { ZD_SHARED: SHARED } }));

  function inImage(...args: string[]): Promise<Outcome> {
    const shared = '/zero-downtime-shared';
    return attempt('chroot', [
      '--userspec=65534:65534', ROOT, `${shared}/loader`, '--library-path', `${shared}/lib`, `${shared}/sh`, ...args,
    ], { env: { ZD_SHARED: shared, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } });
  }

  test('runs it in place of the shell, where it is due, with its arguments as they are', async () => {
    writeFileSync(`${SHARED}/due/it`, '');
    const { status, stdout } = await inImage('/zero-downtime/command.sh', 'it', 'engine', 'a b', '$HOME', '"');
    expect({ status, stdout }).toEqual({ status: 7, stdout: expect.stringMatching(/^\[a b\]\[\$HOME\]\["\] shell: -1, process: \d+\n$/) });
  });

  test('runs nothing where it is not, which is a success', async () => {
    writeFileSync(`${SHARED}/due/other`, '');
    expect(await inImage('/zero-downtime/command.sh', 'it', 'engine')).toEqual({ status: 0, stderr: '', stdout: '{"level":"info","migration":"it","note":"is not due"}\n' });
  });

  test('fails where it does not hold the program', async () => {
    writeFileSync(`${SHARED}/due/it`, '');
    expect(await inImage('/zero-downtime/command.sh', 'it', 'flyway')).toMatchObject({ status: 127, stderr: expect.stringContaining('flyway') });
  });

  test('runs the script of pgroll, which needs no program but pgroll', async () => {
    expect(await inImage('/zero-downtime/pgroll.sh', 'it', 'start', '02_state')).toMatchObject({ status: 0, stdout: expect.stringContaining('is not due') });
    writeFileSync(`${SHARED}/due/it`, '');
    expect(await inImage('/zero-downtime/pgroll.sh', 'it', 'start', '02_state')).toMatchObject({ status: 127, stderr: expect.stringContaining('pgroll') });
  });

  test('is lent nothing that was due before', async () => {
    writeFileSync(`${SHARED}/due/it`, '');
    writeFileSync(`${SHARED}/halted`, '');
    await run('sh', [`${ROOT}/zero-downtime/lend.sh`], { env: { ZD_SHARED: SHARED } });
    expect((await run('ls', [SHARED, `${SHARED}/due`])).split('\n')).toEqual(expect.not.arrayContaining(['halted', 'it']));
  });
});
