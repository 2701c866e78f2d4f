import { Replicas, Rollout } from 'zero-downtime';
import { ISTIO, RELEASED, service } from './services';

const timeOf = (of: ReturnType<typeof service>) => of._releaseFacts.time;

describe('a release takes at the most', () => {
  test('one deadline for each turn of pods, and one for those that leave', () => {
    expect(timeOf(service({ replicas: Replicas.fixed(4) }))).toEqual({ seconds: 3000, inequality: 'release ≥ (turns 4 + 1) × progressDeadline 600s = 3000s' });
  });

  test('fewer turns with more pods at a time', () => {
    expect(timeOf(service({ replicas: Replicas.fixed(100) })).inequality).toContain('(turns 4 + 1) × progressDeadline 600s');
  });

  test.each(Object.keys(RELEASED) as Array<keyof typeof RELEASED>)('what the inequality of %s says', (name) => {
    const { seconds, inequality } = timeOf(RELEASED[name]());
    expect(inequality.endsWith(`= ${seconds}s`)).toBe(true);
    const [, expression] = /^release ≥ (.*) = \d+s$/.exec(inequality)!;
    const value = expression.replace(/[a-zA-Z]+ (?=\d)/g, '').replace(/×/g, '*').replace(/(\d)s/g, '$1');
    // eslint-disable-next-line no-new-func
    expect(Function(`return ${value}`)()).toBe(seconds);
  });

  test('longer with shares that are held longer', () => {
    const canary = (steps: number[]) => timeOf(service({ traffic: [ISTIO()], rollout: Rollout.canary({ steps }) })).seconds;
    expect(canary([5, 25, 50])).toBeGreaterThan(canary([5, 50]));
  });
});
