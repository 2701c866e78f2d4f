import { runScript, type Scenario } from './run-script';
import { ABORT_ARGO_ROLLOUTS, PROMOTE_ARGO_ROLLOUTS, WAIT_ARGO_ROLLOUTS } from '../../src/pipeline/scripts/argo-rollouts';

const ROLLOUT = 'rollouts.argoproj.io/payments';
const rollout = (status: object, generation = 2) => ({ metadata: { generation }, status: { observedGeneration: '2', ...status } });
const HEALTHY = rollout({ phase: 'Healthy' });
const PROGRESSING = rollout({ phase: 'Progressing' });
const DEGRADED = rollout({ phase: 'Degraded', message: 'ProgressDeadlineExceeded\n::warning::not a command' });
const paused = (currentStepIndex: number, reason = 'CanaryPauseStep') => rollout({ phase: 'Paused', currentStepIndex, pauseConditions: [{ reason }] });

function waited(states: Scenario['objects'][string], env: Record<string, string> = {}, further: Scenario['objects'] = {}) {
  return runScript(WAIT_ARGO_ROLLOUTS, { PAUSES_AT: '', TEMPLATE_ELSEWHERE: 'false', ...env }, { objects: { [ROLLOUT]: states, ...further } });
}

describe('waiting', () => {
  test('ends when the Rollout is healthy', () => {
    expect(waited([PROGRESSING, PROGRESSING, HEALTHY])).toMatchObject({ status: 0, text: 'payments: Healthy\n' });
  });

  test('does not take the health of the version before for that of the new one', () => {
    const old = { metadata: { generation: 3 }, status: { observedGeneration: '2', phase: 'Healthy' } };
    const failed = { metadata: { generation: 3 }, status: { observedGeneration: '3', phase: 'Degraded', abort: true } };
    expect(waited([old, old, failed]).status).toBe(1);
  });

  test('ends at once where the release was given up', () => {
    const { status, text } = waited([PROGRESSING, rollout({ phase: 'Degraded', abort: true, message: 'analysis failed' })]);
    expect([status, text]).toEqual([1, expect.stringContaining('payments: the release was given up')]);
    expect(text).toContain('message: analysis failed');
  });

  test('fails where the Rollout stays degraded, and its message is no command of GitHub', () => {
    const { status, text } = waited([DEGRADED]);
    expect([status, text.split('\n').filter((line) => line.startsWith('::'))]).toEqual([1, []]);
    expect(text).toContain('message: ProgressDeadlineExceeded::warning::not a command');
  });

  test('forgives a Rollout that is degraded twice, each time anew', () => {
    expect(waited([DEGRADED, DEGRADED, PROGRESSING, DEGRADED, DEGRADED, HEALTHY]).status).toBe(0);
    expect(waited([DEGRADED, DEGRADED, DEGRADED, HEALTHY]).status).toBe(1);
  });

  test('forgives a cluster that is away four times, and not five', () => {
    expect(waited(['away', 'away', 'away', 'away', HEALTHY]).status).toBe(0);
    expect(waited(['away', 'away', 'away', 'away', 'away', HEALTHY])).toMatchObject({ status: 1, text: expect.stringContaining('does not answer') });
  });

  test('gives up when its time is over', () => {
    expect(waited([PROGRESSING], { WAIT_SECONDS: '1' })).toMatchObject({ status: 1, text: expect.stringContaining('not over within 1 s') });
  });

  test('ends at the pause of an approval, and not at one that ends by itself', () => {
    expect(waited([paused(1), paused(1), paused(2), HEALTHY], { PAUSES_AT: '2' })).toMatchObject({ status: 0, text: 'payments: Paused\n' });
    expect(waited([paused(1), HEALTHY], { PAUSES_AT: '2' }).text).toBe('payments: Healthy\n');
    expect(waited([paused(2), HEALTHY]).text).toBe('payments: Healthy\n');
  });

  test('ends at the switch of a blue-green release', () => {
    expect(waited([PROGRESSING, paused(0, 'BlueGreenPause')], { PAUSES_AT: 'BlueGreenPause' }).text).toBe('payments: Paused\n');
  });

  test('fails where an analysis is inconclusive, which would pause for ever', () => {
    expect(waited([paused(1, 'InconclusiveAnalysisRun')], { PAUSES_AT: '1' })).toMatchObject({ status: 1, text: expect.stringContaining('inconclusive') });
  });

  test('waits for the template of a Deployment that was taken over', () => {
    const seen = (workloadObservedGeneration: string) => rollout({ phase: 'Healthy', workloadObservedGeneration });
    const further = { 'deployment/payments': [{ metadata: { generation: 7 } }] };
    expect(waited([seen('6')], { TEMPLATE_ELSEWHERE: 'true', WAIT_SECONDS: '1' }, further).status).toBe(1);
    expect(waited([seen('7')], { TEMPLATE_ELSEWHERE: 'true' }, further).status).toBe(0);
  });
});

describe('an approval', () => {
  const promote = (state: object) => runScript(PROMOTE_ARGO_ROLLOUTS, { APPROVED: '2' }, { objects: { [ROLLOUT]: [state] } });

  test('ends the pause that it is for', () => {
    expect(promote(paused(2)).done).toEqual([
      'patch rollouts.argoproj.io payments --namespace=shop --subresource=status --type=merge -p {"status":{"pauseConditions":null}}',
    ]);
  });

  test('ends no other pause, and nothing where somebody was faster', () => {
    expect([promote(paused(1)), promote(HEALTHY)].map(({ status, done }) => [status, done])).toEqual([[0, []], [0, []]]);
  });

  test('is in vain where the release was given up', () => {
    expect(promote(rollout({ phase: 'Degraded', abort: true }))).toMatchObject({ status: 1, done: [] });
  });
});

describe('a rollback', () => {
  const releasing = rollout({ currentPodHash: 'new', stableRS: 'old', phase: 'Paused' });
  const abort = (states: object[], after: object[] = [rollout({ currentPodHash: 'new', stableRS: 'old', abort: true })]) =>
    runScript(ABORT_ARGO_ROLLOUTS, {}, { objects: { [ROLLOUT]: states }, after: { patch: { objects: { [ROLLOUT]: after } } } });

  test('gives up the release that goes on', () => {
    expect(abort([releasing])).toMatchObject({ status: 0, done: [expect.stringContaining('-p {"status":{"abort":true}}')] });
  });

  test('leaves alone what is released, what never was, and what was given up already', () => {
    const states = [rollout({ currentPodHash: 'new', stableRS: 'new' }), rollout({ currentPodHash: 'new' }), rollout({ abort: true })];
    expect(states.map((state) => abort([state])).map(({ status, done }) => [status, done])).toEqual([[0, []], [0, []], [0, []]]);
  });

  test('waits until it knows of what was applied', () => {
    const unseen = { metadata: { generation: 3 }, status: { observedGeneration: '2', currentPodHash: 'old', stableRS: 'old' } };
    expect(abort([unseen, unseen, releasing]).done).toHaveLength(1);
  });
});
