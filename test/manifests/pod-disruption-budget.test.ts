import { KubernetesVersion, Replicas, Risk } from 'zero-downtime';
import { synthesize } from './synthesized';

const budget = (replicas: Replicas) => synthesize({ replicas }).find('PodDisruptionBudget').spec;

test('it lets evictions take one pod at a time, and pods that do not serve anyway', () => {
  const { apiVersion, metadata, spec } = synthesize().find('PodDisruptionBudget');
  expect(apiVersion).toBe('policy/v1');
  expect(metadata.name).toBe('payments');
  expect(spec).toEqual({
    selector: { matchLabels: { 'app.kubernetes.io/name': 'payments' } }, maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});

test.each([[2, 1], [19, 1], [20, 2], [100, 10]])('of %d replicas %d may be away', (replicas, maxUnavailable) => {
  expect(budget(Replicas.fixed(replicas)).maxUnavailable).toBe(maxUnavailable);
});

test('under an autoscaler the fewest replicas count', () => {
  expect(budget(Replicas.autoscaled({ min: 2, max: 100 })).maxUnavailable).toBe(1);
});

test('an overridden number is written', () => {
  expect(synthesize({ overrides: { maxDisrupted: 2 } }).find('PodDisruptionBudget').spec.maxUnavailable).toBe(2);
});

test('there is none for a single replica, because it would block every drain', () => {
  const accept = [Risk.singleReplica('nobody waits for it')];
  expect(synthesize({ replicas: Replicas.fixed(1), accept }).kinds).not.toContain('PodDisruptionBudget');
});

test('an overridden number is refused for a single replica, which has no budget', () => {
  const accept = [Risk.singleReplica('nobody waits for it')];
  expect(() => synthesize({ replicas: Replicas.fixed(1), accept, overrides: { maxDisrupted: 1 } }))
    .toThrow('[chart/payments] overrides.maxDisrupted 1 cannot be given with one replica, which has no disruption budget; leave it out');
});

test('an overridden number is taken for two replicas', () => {
  expect(synthesize({ replicas: Replicas.fixed(2), overrides: { maxDisrupted: 1 } }).find('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

test('unhealthy pods are let go from the oldest version on, where the field is switched on', () => {
  const { spec } = synthesize({ kubernetesVersion: KubernetesVersion.V1_27 }).find('PodDisruptionBudget');
  expect(spec.unhealthyPodEvictionPolicy).toBe('AlwaysAllow');
});
