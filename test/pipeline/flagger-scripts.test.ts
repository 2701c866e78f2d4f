import { runScript, type Scenario } from './run-script';
import { APPLY_FLAGGER, WAIT_FLAGGER } from '../../src/pipeline/scripts/flagger';

const CANARY = 'canaries.flagger.app/payments';
const canary = (phase: string, lastAppliedSpec = 'new') => ({ status: { phase, lastAppliedSpec, conditions: [{ message: `is ${phase}` }] } });
const deployment = (image: string) => ({ spec: { template: { spec: { containers: [{ image }] } } } });

function waited(states: Scenario['objects'][string], env: Record<string, string> = {}) {
  return runScript(WAIT_FLAGGER, { CHANGE: 'new', LAST: 'old', NOTICE_SECONDS: '5', ...env }, { objects: { [CANARY]: states } });
}

describe('applying', () => {
  const applied = (before: object[], after: object[], canaries: object[]) => runScript(APPLY_FLAGGER, {}, {
    objects: { 'deployment/payments': before, [CANARY]: canaries }, after: { apply: { objects: { 'deployment/payments': after } } },
  });

  test('tells a new pod template from one that is as before', () => {
    expect(applied([deployment('a')], [deployment('b')], [canary('Succeeded', 'old')]).outputs).toEqual({ last: 'old', change: 'new' });
    expect(applied([deployment('a')], [deployment('a')], [canary('Succeeded', 'old')]).outputs).toEqual({ last: 'old', change: 'none' });
  });

  test('tells a first version', () => {
    expect(applied([], [deployment('a')], []).outputs).toEqual({ last: '', change: 'first' });
  });
});

describe('waiting', () => {
  test('does not take the success of the release before for that of this one', () => {
    expect(waited([canary('Succeeded', 'old'), canary('Succeeded', 'old'), canary('Progressing'), canary('Failed')]))
      .toMatchObject({ status: 1, text: expect.stringContaining('given the version up') });
  });

  test('ends when Flagger has promoted the new version', () => {
    const states = ['Progressing', 'WaitingPromotion', 'Promoting', 'Finalising', 'Succeeded'].map((phase) => canary(phase));
    expect(waited([canary('Succeeded', 'old'), ...states])).toMatchObject({ status: 0, text: 'payments: Succeeded\n' });
  });

  test('fails where Flagger does not notice the new version', () => {
    expect(waited([canary('Succeeded', 'old')], { NOTICE_SECONDS: '1' })).toMatchObject({ status: 1, text: expect.stringContaining('has not noticed') });
  });

  test('ends at once where there is nothing new, unless the last version was given up', () => {
    expect(waited([canary('Succeeded', 'old')], { CHANGE: 'none' }).status).toBe(0);
    expect(waited([canary('Failed', 'old')], { CHANGE: 'none' }).status).toBe(1);
  });

  test('ends when a first version is initialized', () => {
    expect(waited([{ status: {} }, canary('Initializing'), canary('Initialized')], { CHANGE: 'first', LAST: '' }).status).toBe(0);
  });

  test('forgives a cluster that is away for a moment', () => {
    expect(waited(['away', 'away', canary('Progressing'), 'away', canary('Succeeded')]).status).toBe(0);
  });

  test('gives up when its time is over', () => {
    expect(waited([canary('Progressing')], { WAIT_SECONDS: '1' })).toMatchObject({ status: 1, text: expect.stringContaining('not over within 1 s') });
  });
});
