import { blueGreen, canary, ISTIO, releaseOf } from './native';
import { renderReleaseIndex } from '../../../src/manifests/release/release-index';
import { releaseStepsOf } from '../../../src/manifests/release/release-steps';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { planned, type Props } from '../../plan/declare';

function indexOf(props: Props) {
  const manifest = renderReleaseIndex(planned(props).planned, releaseOf(props), ({ id }) => `${id}.yaml`);
  return { manifest, index: JSON.parse((manifest.data as Record<string, string>)['release.json']) };
}

describe('the index of a release', () => {
  const { manifest, index } = indexOf(canary({ steps: [5] }, { traffic: [ISTIO] }));

  test('is a ConfigMap that a label finds', () => {
    expect([manifest.kind, manifest.metadata.name, manifest.metadata.namespace]).toEqual(['ConfigMap', 'payments-release', 'shop']);
    expect(manifest.metadata.labels).toMatchObject({ 'zero-downtime/release': 'true' });
  });

  test('says what is released', () => {
    expect(index).toMatchObject({ version: 1, service: 'payments', namespace: 'shop', image: 'registry.example.com/payments:2.1.0', rollout: 'canary' });
  });

  test('lists the files in their order, and those of the way back apart', () => {
    expect(index.steps.map(({ file }: { file: string }) => file)).toEqual([
      'prepare.yaml', '01-canary-5-pods.yaml', '02-canary-5-weights.yaml', 'promote-1-stable.yaml', 'promote-2-weights.yaml', 'promote-3-scale-down.yaml',
    ]);
    expect(index.rollback.map(({ file }: { file: string }) => file)).toEqual(['rollback-1-weights.yaml', 'rollback-2-scale-down.yaml']);
    expect(index.noReturnFrom).toBe('promote-1-stable');
  });

  test('says what each step is for, and what must hold before the next', () => {
    expect(index.steps[1]).toEqual({
      id: '01-canary-5-pods',
      file: '01-canary-5-pods.yaml',
      title: 'the canary has 2 pods',
      waitFor: [{ kind: 'available', deployment: 'payments-canary', replicas: 2 }],
    });
  });
});

test('the index tells a blue-green release from a canary', () => {
  expect(indexOf(blueGreen()).index.rollout).toBe('blueGreen');
});

test.each([['a rolling release', Rollout.rolling()], ['a release by a controller', Rollout.blueGreen()]])('%s has no steps', (_, rollout) => {
  expect(releaseStepsOf(planned({ rollout }).planned)).toBeUndefined();
});
