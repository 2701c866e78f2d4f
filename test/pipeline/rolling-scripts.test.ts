import { runScript, type Scenario } from './run-script';
import { CHECK, DIFF, VERIFY } from '../../src/pipeline/scripts/judge';
import { APPLY_ROLLING, UNDO_ROLLING, WAIT_ROLLING } from '../../src/pipeline/scripts/rolling';

const deployment = (revision: string) => ({ metadata: { annotations: { 'deployment.kubernetes.io/revision': revision } } });
const at = (...states: object[]): Scenario => ({ objects: { 'deployment/payments': states } });
const ended = (verb: string, code: number): Scenario => ({ objects: {}, after: { [verb]: { code, codes: [code] } as object } });

test('applying tells the revision before, and applies this service alone', () => {
  expect(runScript(APPLY_ROLLING, {}, at(deployment('6')))).toMatchObject({ outputs: { before: '6' }, done: ['apply -f dist -l app.kubernetes.io/name=payments'] });
  expect(runScript(APPLY_ROLLING, {}, at()).outputs).toEqual({ before: '' });
});

test('waiting asks Kubernetes, which knows the progress deadline', () => {
  expect(runScript(WAIT_ROLLING, { WAIT_SECONDS: '1800' }, at()).done).toEqual(['rollout status deployment/payments --namespace=shop --timeout=1800s']);
  expect(runScript(WAIT_ROLLING, {}, ended('rollout status', 1)).status).toBe(1);
});

describe('undoing', () => {
  test('goes back to the revision before, and waits for it', () => {
    expect(runScript(UNDO_ROLLING, { BEFORE: '6' }, at(deployment('7'))).done).toEqual([
      'rollout undo deployment/payments --namespace=shop --to-revision=6', 'rollout status deployment/payments --namespace=shop --timeout=10s',
    ]);
  });

  test('leaves alone what was not changed, and what has nothing before it', () => {
    expect(runScript(UNDO_ROLLING, { BEFORE: '6' }, at(deployment('6')))).toMatchObject({ status: 0, done: [] });
    expect(runScript(UNDO_ROLLING, { BEFORE: '' }, at(deployment('1')))).toMatchObject({ status: 0, done: [] });
  });
});

test.each([[0, 0], [1, 0], [2, 2], [127, 127]])('a diff that ends with %i ends the step with %i', (code, status) => {
  expect(runScript(DIFF, {}, ended('diff', code)).status).toBe(status);
});

test.each([[0, 0], [1, 1], [2, 2], [3, 0]])('a verdict of %i ends the step with %i', (code, status) => {
  expect(runScript(VERIFY, {}, ended('verify', code)).status).toBe(status);
});

test('findings end the step', () => {
  expect(runScript(CHECK, {}, ended('check', 1))).toMatchObject({ status: 1, done: ['zero-downtime check dist'] });
});
