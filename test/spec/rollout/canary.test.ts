import { Rollout } from '../../../src/spec/rollout/rollout';
import { refusalOf, seconds } from '../../plan/declare';

const canary = (steps: number[]) => () => Rollout.canary({ steps });

describe('steps', () => {
  test.each([[[1]], [[100]], [[1, 2, 100]], [[5, 25, 50]]])('may be %j', (steps) => {
    expect(canary(steps)).not.toThrow();
  });

  test.each([
    [[0], 'Rollout.canary steps 1: 0 must be a whole number from 1 to 100'],
    [[101], 'Rollout.canary steps 1: 101 must be a whole number from 1 to 100'],
    [[5, 120], 'Rollout.canary steps 2: 120 must be a whole number from 1 to 100'],
    [[0.5], 'Rollout.canary steps 1: 0.5 must be a whole number from 1 to 100'],
    [[NaN], 'Rollout.canary steps 1: NaN must be a whole number from 1 to 100'],
    [['5' as unknown as number], 'Rollout.canary steps 1: "5" must be a whole number from 1 to 100'],
    [[25, 5], 'Rollout.canary steps 2: 5 must be more than the one before, 25; a share only grows'],
    [[5, 5], 'Rollout.canary steps 2: 5 must be more than the one before, 5; a share only grows'],
    [[], 'Rollout.canary steps must hold at least one share, such as 5; without any use Rollout.rolling or Rollout.blueGreen'],
  ])('%j are refused', (steps, message) => {
    expect(refusalOf(canary(steps))).toBe(message);
  });

  test('are not those of the caller, who may go on changing them', () => {
    const steps = [5, 10];
    const rollout = Rollout.canary({ steps });
    steps.push(1);
    expect(rollout._spec).toMatchObject({ steps: [5, 10] });
  });
});

test('approvals are at shares', () => {
  expect(() => Rollout.canary({ steps: [5, 10], approvalAt: [5, 10] })).not.toThrow();
  expect(refusalOf(() => Rollout.canary({ steps: [5, 10], approvalAt: [5, 7] }))).toBe('Rollout.canary approvalAt 7 must be one of the steps 5, 10');
});

test.each([[0, '0'], [101, '101'], [1.5, '1.5']])('a mirror of %d %% is refused', (mirrorPercent, shown) => {
  expect(refusalOf(() => Rollout.canary({ mirrorPercent }))).toBe(`Rollout.canary mirrorPercent ${shown} must be a whole number from 1 to 100`);
});

test.each([[1], [604_800]])('a step of %d s may be held', (length) => {
  expect(() => Rollout.canary({ stepDuration: seconds(length) })).not.toThrow();
});

test.each([[0], [604_801]])('a step of %d s is refused', (length) => {
  expect(refusalOf(() => Rollout.canary({ stepDuration: seconds(length) }))).toBe(`Rollout.canary stepDuration ${length}s must be from 1s to 604800s`);
});
