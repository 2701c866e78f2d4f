import { faultsIn } from './judged';
import { ClusterState, releaseOf, steadyOf } from './native';
import { RELEASES } from './releases';

describe.each(RELEASES.map(([title, props, before = props]) => ({ title, props, before })))('$title', ({ props, before }) => {
  const { forward, rollback } = releaseOf(props);
  const steady = Object.values(steadyOf(before));

  test('is sound between releases', () => {
    expect(faultsIn(new ClusterState(Object.values(steadyOf(props))))).toEqual([]);
    expect(faultsIn(new ClusterState(steady))).toEqual([]);
  });

  test('is sound after each step', () => {
    const state = new ClusterState(steady);
    const faults = forward.flatMap((step) => {
      state.applyStep(step);
      return faultsIn(state).map((fault) => `${step.id}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  test('is sound after each step back, from wherever it begins', () => {
    const faults = forward.slice(0, forward.findIndex(({ id }) => id === releaseOf(props).noReturnFrom)).flatMap((_step, at) => {
      const state = new ClusterState(steady);
      forward.slice(0, at + 1).forEach((step) => state.applyStep(step));
      return rollback.flatMap((step) => {
        state.applyStep(step);
        return faultsIn(state).map((fault) => `${forward[at].id}, ${step.id}: ${fault}`);
      });
    });
    expect(faults).toEqual([]);
  });

  test('ends at what is written for the time between releases, but for what the other version leaves behind', () => {
    const state = new ClusterState(steady);
    forward.forEach((step) => state.applyStep(step));
    for (const manifest of Object.values(steadyOf(props))) {
      expect(state.find(manifest.kind, manifest.metadata.name)).toEqual(manifest);
    }
  });
});
