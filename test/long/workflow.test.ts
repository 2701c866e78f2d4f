import { writeFileSync } from 'fs';
import { join } from 'path';
import { attempt, describeUnless } from './command';
import { goInstall, whyNoGo } from './go-tool';
import { scratchFolder } from './scratch';
import { findShellcheck } from './shellcheck';
import { RELEASED, workflowText } from '../pipeline/services';

const FOLDER = scratchFolder('workflow');
const OPTIONS = {
  contract: ['npm run contract'],
  expand: ['npm run expand'],
  alert: [{ run: 'echo failed' }],
  permissions: { 'id-token': 'write' },
  analysisEnv: { ZERO_DOWNTIME_PROMETHEUS_TOKEN: '${{ secrets.PROMETHEUS_TOKEN }}' },
};

/** Writes the workflow of one service for the tools to read. */
function written(name: keyof typeof RELEASED): string {
  const file = join(FOLDER, `${name}.yml`);
  writeFileSync(file, workflowText([RELEASED[name]()], OPTIONS));
  return file;
}

describeUnless(whyNoGo(), 'actionlint', () => {
  let actionlint: string;
  let shellcheck: string[];

  beforeAll(async () => {
    actionlint = await goInstall('github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.7', FOLDER);
    // Without any, only GitHub's part is judged.
    shellcheck = [`-shellcheck=${await findShellcheck(FOLDER) ?? ''}`];
  }, 600_000);

  test.each(Object.keys(RELEASED) as Array<keyof typeof RELEASED>)('finds nothing in the workflow of %s, nor shellcheck in its scripts', async (name) => {
    expect(await attempt(actionlint, ['-pyflakes=', ...shellcheck, written(name)])).toMatchObject({ status: 0, stdout: '' });
  });

  test('finds an expression that GitHub does not know', async () => {
    const broken = join(FOLDER, 'broken.yml');
    writeFileSync(broken, workflowText([RELEASED.rolling()], OPTIONS).replace('steps.apply.outputs.before', 'steps.aply.outputs.before'));
    expect((await attempt(actionlint, ['-shellcheck=', '-pyflakes=', broken])).status).toBe(1);
  });
});
