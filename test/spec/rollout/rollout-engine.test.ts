import { Pods } from '../../../src/spec/pods';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { Colour, RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { refusalOf, seconds } from '../../plan/declare';

const argo = RolloutEngine.argoRollouts;

describe.each(['scaleDownDelay', 'abortScaleDownDelay'])('%s', (name) => {
  test.each([30, 86_400])('may be %d s', (length) => {
    expect(() => argo({ [name]: seconds(length) })).not.toThrow();
  });

  test.each([0, 29, 86_401])('may not be %d s', (length) => {
    expect(refusalOf(() => argo({ [name]: seconds(length) }))).toBe(`RolloutEngine.argoRollouts ${name} ${length}s must be from 30s to 86400s`);
  });
});

test.each([0, 11, 1.5])('a rollback window of %d is refused', (rollbackWindow) => {
  expect(refusalOf(() => argo({ rollbackWindow }))).toBe(`RolloutEngine.argoRollouts rollbackWindow ${rollbackWindow} must be a whole number from 1 to 10`);
});

test('there are two colours', () => {
  expect(Object.values(Colour)).toEqual(['blue', 'green']);
  expect(refusalOf(() => RolloutEngine.native({ live: 'red' as Colour }))).toBe('RolloutEngine.native live "red" must be Colour.BLUE or Colour.GREEN');
});

test.each([[0], [604_801]])('a test of %d s is refused', (length) => {
  expect(refusalOf(() => Rollout.abTest({ header: { name: 'a', value: 'b' }, duration: seconds(length) })))
    .toBe(`Rollout.abTest duration ${length}s must be from 1s to 604800s`);
});

test('a bake time of more than a week is refused', () => {
  expect(() => Rollout.blueGreen({ bakeTime: seconds(604_800) })).not.toThrow();
  expect(refusalOf(() => Rollout.blueGreen({ bakeTime: seconds(604_801) }))).toBe('Rollout.blueGreen bakeTime 604801s must be from 0s to 604800s');
});

test.each([Pods.count(0), Pods.percent(0), 2 as unknown as Pods])('a preview of %s is refused', (previewPods) => {
  expect(refusalOf(() => Rollout.blueGreen({ previewPods }))).toBe('Rollout.blueGreen previewPods must be Pods.count(…) or Pods.percent(…) above zero');
});
