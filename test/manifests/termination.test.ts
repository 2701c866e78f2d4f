import { Duration } from 'cdk8s';
import { KubernetesVersion, Shutdown, Traffic } from 'zero-downtime';
import { synthesize } from './synthesized';

describe('preStop hook', () => {
  test('it is the native sleep action from Kubernetes 1.30', () => {
    expect(synthesize({ kubernetesVersion: KubernetesVersion.V1_30 }).container.lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
  });

  test('it runs the image\'s own sleep below 1.30', () => {
    expect(synthesize({ kubernetesVersion: KubernetesVersion.V1_29 }).container.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '10'] } } });
  });

  test('an image without a shell is refused below 1.30 and taken from it on', () => {
    expect(() => synthesize({ kubernetesVersion: KubernetesVersion.V1_29, hasShell: false })).toThrow(/hasShell false needs kubernetesVersion 1\.30/);
    const { container } = synthesize({ kubernetesVersion: KubernetesVersion.V1_30, hasShell: false });
    expect(container.lifecycle.preStop).toEqual({ sleep: { seconds: 10 } });
  });

  test('it outlasts the slowest path', () => {
    const traffic = [Traffic.istio(), Traffic.awsLoadBalancer()];
    expect(synthesize({ traffic }).container.lifecycle.preStop.sleep.seconds).toBe(60);
  });

  test('for a program that exits at once it also outlasts the longest request', () => {
    const props = { shutdown: Shutdown.exitsAtOnce(), longestRequest: Duration.seconds(20) };
    expect(synthesize(props).container.lifecycle.preStop.sleep.seconds).toBe(30);
  });

  test('a fraction of a second is rounded up to a whole one', () => {
    expect(synthesize({ overrides: { preStop: Duration.millis(10_200) } }).container.lifecycle.preStop.sleep.seconds).toBe(11);
  });
});

describe('grace period', () => {
  test('it is the preStop hook, the drain and a margin', () => {
    expect(synthesize().podSpec.terminationGracePeriodSeconds).toBe(10 + 30 + 5);
  });

  test('it includes the declared drain', () => {
    const shutdown = Shutdown.drains({ within: Duration.seconds(100) });
    expect(synthesize({ shutdown }).podSpec.terminationGracePeriodSeconds).toBe(10 + 100 + 5);
  });

  test('it lasts until a load balancer has let go of the pod\'s connections', () => {
    const traffic = [Traffic.awsLoadBalancer({ deregistrationDelay: Duration.seconds(120) })];
    expect(synthesize({ traffic }).podSpec.terminationGracePeriodSeconds).toBe(60 + 120 + 5);
  });

  test('an overridden one is written as it is given', () => {
    expect(synthesize({ overrides: { terminationGracePeriod: Duration.seconds(300) } }).podSpec.terminationGracePeriodSeconds).toBe(300);
  });
});
