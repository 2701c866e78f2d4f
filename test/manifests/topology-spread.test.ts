import { KubernetesVersion, Spread } from 'zero-downtime';
import { synthesize } from './synthesized';

const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable,
  labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'payments' } },
  matchLabelKeys: ['pod-template-hash'],
});
const ZONE = 'topology.kubernetes.io/zone';
const NODE = 'kubernetes.io/hostname';

test('by default zones and nodes are preferences', () => {
  expect(synthesize().podSpec.topologySpreadConstraints).toEqual([constraint(ZONE, 'ScheduleAnyway'), constraint(NODE, 'ScheduleAnyway')]);
});

test('the number of zones changes nothing about the preference', () => {
  expect(synthesize({ spread: Spread.preferred({ zones: 3 }) }).podSpec).toEqual(synthesize().podSpec);
});

test('required, an even spread over zones is waited for, and nodes stay a preference', () => {
  expect(synthesize({ spread: Spread.required({ zones: 3 }) }).podSpec.topologySpreadConstraints)
    .toEqual([constraint(ZONE, 'DoNotSchedule'), constraint(NODE, 'ScheduleAnyway')]);
});

test('nothing is written where no spread is asked for', () => {
  expect(synthesize({ spread: Spread.none() }).podSpec).not.toHaveProperty('topologySpreadConstraints');
});

test('each version is spread on its own from the oldest version on', () => {
  const { podSpec } = synthesize({ kubernetesVersion: KubernetesVersion.V1_27 });
  expect(podSpec.topologySpreadConstraints[0].matchLabelKeys).toEqual(['pod-template-hash']);
});
