import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'cdk8s';
import { ReleaseWorkflow, Rollout } from 'zero-downtime';
import { ACCESS, ISTIO, RELEASED, service, stepOf, workflow, workflowText } from './services';

const rolling = workflow([RELEASED.rolling()]);

describe('a workflow', () => {
  test('releases one at a time, and never cancels one that goes on', () => {
    expect(rolling.concurrency).toEqual({ 'group': 'release', 'cancel-in-progress': false });
  });

  test('may read the repository and nothing else', () => {
    expect(rolling.permissions).toEqual({ contents: 'read' });
    expect(Object.values<any>(rolling.jobs).filter(({ permissions = { contents: 'read' } }) => JSON.stringify(permissions) !== '{"contents":"read"}')).toEqual([]);
    expect(workflow([service()], { permissions: { 'id-token': 'write' } }).jobs.synth.permissions).toBeUndefined();
  });

  test('judges and shows what it would do before it does', () => {
    const { synth, diff, expand, 'release-payments': release } = rolling.jobs;
    expect(synth.steps.map(({ name, uses }: any) => name ?? uses.split('@')[0])).toEqual([
      'actions/checkout', 'actions/setup-node', 'install', 'synth', 'check', 'verify', 'actions/upload-artifact',
    ]);
    expect([diff.needs, expand.needs, release.needs]).toEqual([['synth'], ['diff'], ['expand']]);
  });

  test('writes no name into a script', () => {
    const workflows = Object.values(RELEASED).map((make) => workflow([make()], { releases: 'releases-folder', manifests: 'manifests-folder' }));
    const scripts = workflows.flatMap(({ jobs }) => Object.values<any>(jobs)).flatMap(({ steps }) => steps).flatMap(({ run }: any) => run ?? []);
    expect(scripts.length).toBeGreaterThan(50);
    expect(scripts.filter((script: string) => /payments|shop|releases-folder|manifests-folder|\$\{\{/.test(script))).toEqual([]);
  });

  test('lets each script of its own fail at its first error', () => {
    const workflows = Object.values(RELEASED).map((make) => workflow([make()], { expand: ['true'], contract: ['true'] }));
    const steps = workflows.flatMap(({ jobs }) => Object.values<any>(jobs)).flatMap((job) => job.steps).filter(({ run, name }: any) => run && !['install', 'synth', 'cluster'].includes(name));
    expect(steps.filter(({ run }: any) => !run.startsWith('set -euo pipefail\n'))).toEqual([]);
  });

  test('gives every job an end', () => {
    const jobs = Object.values(RELEASED).flatMap((make) => Object.values<any>(workflow([make()], { contract: ['true'], alert: [{ run: 'true' }] }).jobs));
    expect(jobs.filter((job) => !(job['timeout-minutes'] > 0 && job['timeout-minutes'] <= 360))).toEqual([]);
  });

  test('waits as long as the plan says that a release takes, and tells the inequality', () => {
    expect(stepOf(rolling.jobs['release-payments'], 'wait').run).toContain('--timeout="${WAIT_SECONDS}s"');
    expect(rolling.jobs['release-payments'].env.WAIT_SECONDS).toBe('2400');
    expect(rolling.jobs['release-payments']['timeout-minutes']).toBe(2400 / 60 + 10);
    expect(workflowText([RELEASED.rolling()])).toContain('# payments: release ≥ (turns 3 + 1) × progressDeadline 600s = 2400s; a job waits that long and 10 minutes\n');
  });

  test('releases services one after another', () => {
    const { jobs } = workflow([RELEASED.rolling(), service({}, 'orders')]);
    expect(jobs['release-orders'].needs).toEqual(['release-payments']);
  });

  test('goes on to the next service where one had nothing to release', () => {
    const { jobs } = workflow([RELEASED.nativeApproved(), service({}, 'orders')]);
    expect(jobs['release-orders']).toMatchObject({ needs: ['release-payments_2'], if: "${{ !failure() && !cancelled() && github.event_name == 'push' }}" });
    expect(rolling.jobs['release-payments']).not.toHaveProperty('if');
  });
});

describe('the way back', () => {
  const ANY_FAILED = "${{ always() && (contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')) }}";

  test('of a rolling release is in its job, with the revision before', () => {
    expect(stepOf(rolling.jobs['release-payments'], 'undo')).toMatchObject({ if: '${{ failure() || cancelled() }}', env: { BEFORE: '${{ steps.apply.outputs.before }}' } });
    expect(rolling.jobs).not.toHaveProperty('rollback-payments');
  });

  test.each(['argoApproved', 'nativeApproved'] as const)('of %s is a job that a refused approval reaches too', (name) => {
    const { jobs } = workflow([RELEASED[name]()]);
    const parts = Object.keys(jobs).filter((id) => id.startsWith('release-'));
    expect(jobs['rollback-payments']).toMatchObject({ needs: parts, if: ANY_FAILED });
  });

  test('of Flagger is its own', () => {
    expect(Object.keys(workflow([RELEASED.flagger()]).jobs)).not.toContain('rollback-payments');
  });
});

describe('an approval', () => {
  test('of Argo Rollouts ends the pause of its step', () => {
    const { jobs } = workflow([RELEASED.argoApproved()]);
    const parts = ['release-payments', 'release-payments_2', 'release-payments_3'].map((id) => jobs[id]);
    expect(parts.map((job) => [job.environment, stepOf(job, 'promote')?.env.APPROVED, stepOf(job, 'wait').env.PAUSES_AT])).toEqual([
      [undefined, undefined, expect.stringMatching(/^\d+$/)],
      ['production', stepOf(parts[0], 'wait').env.PAUSES_AT, expect.stringMatching(/^\d+$/)],
      ['production', stepOf(parts[1], 'wait').env.PAUSES_AT, ''],
    ]);
    const { steps } = RELEASED.argoApproved().workload.toJson().spec.strategy.canary;
    expect([0, 1].map((part) => steps[Number(stepOf(parts[part], 'wait').env.PAUSES_AT)])).toEqual([{ pause: {} }, { pause: {} }]);
  });

  test('of a blue-green release is its switch', () => {
    const { jobs } = workflow([RELEASED.argoBlueGreen()]);
    expect(stepOf(jobs['release-payments_2'], 'promote').env.APPROVED).toBe('BlueGreenPause');
  });

  test('without a controller is a job of its own between the steps', () => {
    const { jobs } = workflow([RELEASED.nativeApproved()]);
    const stepsOf = (id: string) => jobs[id].steps.flatMap(({ env }: any) => env?.STEP ?? []);
    expect(stepsOf('release-payments')).toEqual(['01-canary-5-pods', '02-canary-5-weights', '03-canary-50-pods', '04-canary-50-weights']);
    expect(stepsOf('release-payments_2')).toEqual(['promote-1-stable', 'promote-2-weights', 'promote-3-scale-down']);
    expect(jobs['release-payments_2']).toMatchObject({ environment: 'production', if: "needs.release-payments.outputs.over != 'true'" });
  });
});

describe('without a controller', () => {
  test('each share is judged, and then held for what is left of its time', () => {
    const { jobs } = workflow([RELEASED.native()], { analysisEnv: { ZERO_DOWNTIME_PROMETHEUS_TOKEN: '${{ secrets.TOKEN }}' } });
    const analysis = stepOf(jobs['release-payments'], '02-canary-5-weights: analysis');
    expect(analysis.env).toEqual({ ZERO_DOWNTIME_PROMETHEUS_TOKEN: '${{ secrets.TOKEN }}', RELEASE: 'release/payments', ANALYSIS: 'payments-analysis' });
    const judged = RELEASED.native()._releaseFacts.segments[0].steps!.find(({ id }) => id === '02-canary-5-weights')!;
    const { steps } = RELEASED.nativeApproved()._releaseFacts.segments[0];
    const unjudged = steps!.find(({ id }) => id === '02-canary-5-weights')!;
    expect([judged.rest < 300, judged.analysis, unjudged.rest, unjudged.analysis]).toEqual([true, 'payments-analysis', 300, undefined]);
  });

  test('no step is done where there is nothing to release', () => {
    const { steps } = workflow([RELEASED.native()]).jobs['release-payments'];
    const after = steps.slice(steps.findIndex(({ id }: any) => id === 'begin') + 1);
    expect(after.filter((step: any) => step.if !== "steps.begin.outputs.over != 'true'")).toEqual([]);
  });

  test('a blue-green release begins where the other colour is', () => {
    const { jobs } = workflow([RELEASED.nativeBlueGreen()]);
    expect(stepOf(jobs['release-payments'], 'begin').env.WORKLOAD).toBe('payments-green');
    expect(stepOf(jobs['release-payments_2'], 'what is between releases').env.STEADY).toBe('payments-blue');
  });
});

describe('the default of', () => {
  const given = (options: object) => workflowText([RELEASED.native()], options) === workflowText([RELEASED.native()]);

  test.each(Object.entries({
    branch: ['main', 'release'],
    install: ['npm ci', 'yarn'],
    synth: ['npx --no-install cdk8s synth', 'make'],
    manifests: ['dist', 'out'],
    releases: ['release', 'out'],
    nodeVersion: ['22', '24'],
    runsOn: ['ubuntu-latest', 'ours'],
    permissions: [{}, { 'id-token': 'write' }],
    analysisEnv: [{}, { A: 'b' }],
    expand: [[], ['true']],
    contract: [[], ['true']],
    alert: [[], [{ run: 'true' }]],
  }))('%s', (option, [same, other]) => {
    expect([given({ [option]: same }), given({ [option]: other })]).toEqual([true, false]);
  });

  test('approvalEnvironment', () => {
    const environments = (options: object) => workflow([RELEASED.nativeApproved()], options).jobs['release-payments_2'].environment;
    expect([environments({}), environments({ approvalEnvironment: 'live' })]).toEqual(['production', 'live']);
  });

  test('each field of a step is its absence', () => {
    expect(workflow([service()], { alert: [{}] }).jobs.alert.steps).toEqual([{}]);
    expect(workflow([service()], { alert: [{ name: 'n', uses: 'a/b@v1', inputs: { c: 'd' }, env: { E: 'f' } }] }).jobs.alert.steps)
      .toEqual([{ name: 'n', uses: 'a/b@v1', with: { c: 'd' }, env: { E: 'f' } }]);
  });
});

test('the schema is contracted by hand alone', () => {
  const { jobs, on } = workflow([service()], { contract: ['npm run contract'] });
  expect([jobs.contract.if, jobs.synth.if, jobs.contract.needs, 'workflow_dispatch' in on])
    .toEqual(["github.event_name == 'workflow_dispatch'", "github.event_name == 'push'", undefined, true]);
  expect(rolling.on).toEqual({ push: { branches: ['main'] } });
});

test('what is wrong is told together', () => {
  const long = service({ traffic: [ISTIO()], rollout: Rollout.canary({ steps: [5, 50], stepDuration: Duration.hours(3) }) });
  expect(() => ReleaseWorkflow.gitHubActions([long, service()], { clusterAccess: [] })).toThrow(/3 problems[^]*clusterAccess must hold[^]*two of the name payments[^]*must be at most 21600s/);
  expect(() => ReleaseWorkflow.gitHubActions([long], { clusterAccess: ACCESS, runsOn: 'ours' })).not.toThrow();
  expect(() => ReleaseWorkflow.gitHubActions([], { clusterAccess: ACCESS })).toThrow('ReleaseWorkflow.gitHubActions services must hold at least one service');
});

test('is written to a file, with its folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  const path = join(folder, '.github/workflows/release.yml');
  const made = ReleaseWorkflow.gitHubActions([service()], { clusterAccess: ACCESS });
  made.write(path);
  expect(readFileSync(path, 'utf8')).toBe(made.toYaml());
  rmSync(folder, { recursive: true });
});

test.each(Object.keys(RELEASED) as Array<keyof typeof RELEASED>)('every object of %s is among those that its job applies', (name) => {
  const released = RELEASED[name]();
  const { SELECTOR } = workflow([released]).jobs['release-payments'].env;
  const [, names] = /^app\.kubernetes\.io\/name(?:=| in \()([^)]+)\)?$/.exec(SELECTOR)!;
  const labels = released.objects.map((object) => object.toJson().metadata.labels);
  expect(labels.filter((each) => !names.split(', ').includes(each['app.kubernetes.io/name']))).toEqual([]);
  expect(labels.filter((each) => each['app.kubernetes.io/managed-by'] !== 'zero-downtime')).toEqual([]);
});
