import { Duration } from 'cdk8s';
import { Database, KubernetesVersion, Pods, Replicas, Risk, Rollout, Shutdown, Traffic } from 'zero-downtime';
import { synthesize } from './synthesized';

const facts = (deployment: any) => Object.fromEntries(Object.entries(deployment.metadata.annotations)
  .map(([key, value]) => [key.replace(/^zero-downtime\//, ''), value]));

describe('identity', () => {
  test('it is named as the service and stands in the chart\'s namespace', () => {
    const { deployment } = synthesize();
    expect(deployment.apiVersion).toBe('apps/v1');
    expect(deployment.metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
  });

  test('it selects pods by name alone, so that labels may change without a new Deployment', () => {
    const { deployment, template } = synthesize({ labels: { team: 'pay' } });
    expect(deployment.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'payments' } });
    expect(template.metadata.labels).toEqual({
      'team': 'pay', 'app.kubernetes.io/name': 'payments', 'app.kubernetes.io/managed-by': 'zero-downtime',
    });
  });

  test('every object carries the declared labels', () => {
    const { objects } = synthesize({ labels: { team: 'pay' }, config: { A: 'a' }, allowFrom: [] });
    expect(objects.map(({ metadata }) => metadata.labels.team)).toEqual(objects.map(() => 'pay'));
  });
});

describe('replicas', () => {
  test('there are three by default', () => {
    expect(synthesize().deployment.spec.replicas).toBe(3);
  });

  test('a fixed number is written', () => {
    expect(synthesize({ replicas: Replicas.fixed(7) }).deployment.spec.replicas).toBe(7);
  });

  test('under an autoscaler there is no number, which would be set back at every apply', () => {
    const { deployment } = synthesize({ replicas: Replicas.autoscaled({ min: 2, max: 5 }) });
    expect(deployment.spec).not.toHaveProperty('replicas');
  });
});

describe('strategy', () => {
  test('by default a quarter is surged and nothing is taken away', () => {
    expect(synthesize().deployment.spec.strategy).toEqual({
      type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
    });
  });

  test('counts are written as numbers', () => {
    const rollout = Rollout.rolling({ maxSurge: Pods.count(2), maxUnavailable: Pods.count(1) });
    expect(synthesize({ rollout }).deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: 2, maxUnavailable: 1 });
  });

  test('percentages are written as text', () => {
    const rollout = Rollout.rolling({ maxSurge: Pods.percent(100), maxUnavailable: Pods.percent(50) });
    expect(synthesize({ rollout }).deployment.spec.strategy.rollingUpdate).toEqual({ maxSurge: '100%', maxUnavailable: '50%' });
  });
});

describe('deadlines', () => {
  test('a new pod must stay ready until a flapping one would have been seen', () => {
    expect(synthesize().deployment.spec.minReadySeconds).toBe(15);
  });

  test('a slower path without a readiness gate makes it stay ready for longer', () => {
    const traffic = [Traffic.clusterInternal({ propagation: Duration.seconds(40) })];
    expect(synthesize({ traffic }).deployment.spec.minReadySeconds).toBe(40);
  });

  test('a release fails after ten minutes without progress', () => {
    expect(synthesize().deployment.spec.progressDeadlineSeconds).toBe(600);
  });

  test('a program that starts slowly gets more time', () => {
    const { deployment, container } = synthesize({ startsWithin: Duration.minutes(20) });
    const { periodSeconds, failureThreshold } = container.startupProbe;
    expect(deployment.spec.progressDeadlineSeconds).toBeGreaterThan(300 + periodSeconds * failureThreshold + deployment.spec.minReadySeconds);
  });

  test('overridden values are written as they are given', () => {
    const overrides = { minReady: Duration.seconds(90), progressDeadline: Duration.seconds(900) };
    expect(synthesize({ overrides }).deployment.spec).toMatchObject({ minReadySeconds: 90, progressDeadlineSeconds: 900 });
  });
});

describe('fact annotations', () => {
  test('they state what the manifests do not otherwise show', () => {
    expect(facts(synthesize().deployment)).toEqual({
      'starts-within-seconds': '60',
      'longest-request-seconds': '30',
      'shutdown': 'drains',
      'drain-seconds': '30',
      'propagation-seconds.clusterInternal': '10',
    });
  });

  test('they name a program that exits at once', () => {
    expect(facts(synthesize({ shutdown: Shutdown.exitsAtOnce() }).deployment)).toMatchObject({ 'shutdown': 'exits-at-once', 'drain-seconds': '0' });
  });

  test('they state the database\'s limits', () => {
    const database = Database.postgres({ poolSize: 5, maxConnections: 200 });
    expect(facts(synthesize({ database }).deployment)).toMatchObject({
      'pool-size': '5', 'max-connections': '200', 'reserved-connections': '3',
    });
  });

  test('they state each path\'s propagation bound and the idle timeout that the program must outlast', () => {
    const traffic = [Traffic.awsLoadBalancer(), Traffic.istio()];
    expect(facts(synthesize({ traffic }).deployment)).toMatchObject({
      'propagation-seconds.clusterInternal': '10',
      'propagation-seconds.awsLoadBalancer': '60',
      'propagation-seconds.istio': '15',
      'keep-alive-seconds': '65',
    });
  });
});

describe('fact annotations of what is particular', () => {
  test('they state the longest life of a connection', () => {
    expect(facts(synthesize({ maxConnectionAge: Duration.minutes(5) }).deployment)).toMatchObject({ 'max-connection-age-seconds': '300' });
  });

  test('they carry the reason for which a risk is accepted', () => {
    const accept = [Risk.singleReplica('a batch reader; nobody waits for it')];
    expect(facts(synthesize({ replicas: Replicas.fixed(1), accept }).deployment)).toMatchObject({
      'accepted.single-replica': 'a batch reader; nobody waits for it',
    });
  });

  test('a risk that is accepted but not taken leaves no trace', () => {
    const accept = [Risk.singleReplica('not one after all')];
    expect(facts(synthesize({ accept }).deployment)).not.toHaveProperty('accepted.single-replica');
  });
});

test('an older cluster gets the same Deployment but for the preStop hook', () => {
  const [older, newer] = [KubernetesVersion.V1_29, KubernetesVersion.V1_30].map((kubernetesVersion) => synthesize({ kubernetesVersion }).deployment);
  delete older.spec.template.spec.containers[0].lifecycle;
  delete newer.spec.template.spec.containers[0].lifecycle;
  expect(older).toEqual(newer);
});
