import { Chart, Duration, Testing } from 'cdk8s';
import { RegionRollback, ReleaseCharts, Rollout, RolloutEngine, TakeOver, Traffic } from 'zero-downtime';
import { serviceIn, temporaryApp } from './apps';
import { indexOf, releasedIn, sequenceIn } from './regions';
import { apiServerRules } from '../support/api-server-rules';

const traffic = [Traffic.istio()];
const seconds = Duration.seconds;

/* eslint-disable @typescript-eslint/no-explicit-any */
function waitFor(service: object): any {
  const { regions } = indexOf(releasedIn(service));
  return regions[0].waitFor[0];
}

test('is a ConfigMap that is found by its label, in the namespace of the regions', () => {
  const objects = Testing.synth(releasedIn().index);
  expect(objects).toHaveLength(1);
  expect(objects[0]).toMatchObject({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'payments-regions', namespace: 'shop', labels: { 'zero-downtime/regions': 'true' } },
  });
  expect(Object.keys(objects[0].data)).toEqual(['regions.json']);
  expect(apiServerRules(objects[0])).toEqual([]);
});

test('has no namespace where the regions have none', () => {
  const [object] = Testing.synth(releasedIn({}, { namespace: undefined }).index);
  expect(object.metadata).not.toHaveProperty('namespace');
});

test('tells the regions in their order, each with its context, file and bake', () => {
  const regions = [{ name: 'eu', context: 'prod-eu' }, { name: 'us', bakeTime: seconds(1800) }];
  const index = indexOf(releasedIn({}, { regions, bakeTime: seconds(900) }));
  expect(index).toMatchObject({ version: 1, sequence: 'payments' });
  expect(index.regions.map(({ region, context, file, bakeSeconds }: any) => [region, context, file, bakeSeconds])).toEqual([
    ['eu', 'prod-eu', 'payments-01-eu.k8s.yaml', 900],
    ['us', 'us', 'payments-02-us.k8s.yaml', 1800],
  ]);
});

describe('what is waited for', () => {
  test('is the Deployment of a rolling release', () => {
    expect(waitFor({})).toEqual({
      service: 'payments',
      namespace: 'shop',
      engine: 'kubernetes',
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'payments',
      jsonPath: '{.status.conditions[?(@.type=="Progressing")].reason}',
      completed: ['NewReplicaSetAvailable'],
      failed: ['ProgressDeadlineExceeded'],
      sameGeneration: true,
    });
  });

  test.each([['canary', Rollout.canary()], ['blue-green', Rollout.blueGreen()]])('is the Rollout of a %s release by Argo Rollouts', (_, rollout) => {
    expect(waitFor({ rollout, traffic })).toEqual({
      service: 'payments',
      namespace: 'shop',
      engine: 'argoRollouts',
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'payments',
      jsonPath: '{.status.phase}',
      completed: ['Healthy'],
      failed: ['Degraded'],
      sameGeneration: true,
    });
  });

  test('is the Rollout that takes a Deployment over, once it has seen the pod template there', () => {
    const rollout = Rollout.canary({ engine: RolloutEngine.argoRollouts({ takeOver: TakeOver.NEVER }) });
    expect(waitFor({ rollout, traffic })).toMatchObject({ kind: 'Rollout', sameGeneration: true, workload: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' } });
  });

  test('is the Canary of Flagger, and not before it has looked for a new version', () => {
    const rollout = Rollout.canary({ engine: RolloutEngine.flagger(), stepDuration: seconds(120) });
    expect(waitFor({ rollout, traffic })).toEqual({
      service: 'payments',
      namespace: 'shop',
      engine: 'flagger',
      apiVersion: 'flagger.app/v1beta1',
      kind: 'Canary',
      name: 'payments',
      jsonPath: '{.status.phase}',
      completed: ['Succeeded', 'Initialized'],
      failed: ['Failed'],
      afterSeconds: 125,
    });
  });

  test('is what Flagger takes for an interval where an escape hatch has removed it', () => {
    const sequence = releasedIn({ rollout: Rollout.canary({ engine: RolloutEngine.flagger() }), traffic });
    const canary = sequence.regions[0].node.findAll().find((construct) => construct.node.id === 'canary') as any;
    canary.addJsonPatch({ _toJson: () => ({ op: 'remove', path: '/spec/analysis/interval' }) });
    expect(indexOf(sequence).regions[0].waitFor[0].afterSeconds).toBe(65);
  });

  test('is the lasting Deployment of a release without a controller, after the steps that its own index tells', () => {
    const sequence = releasedIn({ rollout: Rollout.canary({ engine: RolloutEngine.native() }), traffic });
    const [region] = indexOf(sequence).regions;
    expect(region.stepsBefore).toEqual([{ namespace: 'shop', configMap: 'payments-release' }]);
    expect(region.waitFor).toMatchObject([{ engine: 'native', kind: 'Deployment', name: 'payments-stable' }]);
    const [service] = sequence.regions[0].node.children as any[];
    const [steps] = Testing.synth(new ReleaseCharts(Testing.app(), 'release', { service }).index);
    expect(steps.metadata).toMatchObject({ name: 'payments-release', namespace: 'shop' });
  });

  test('is every service of the region, those inside other constructs too, and none of another chart', () => {
    const app = temporaryApp();
    const sequence = sequenceIn(app);
    sequence.regions.forEach((region, at) => ['orders', 'payments'].slice(0, at + 1).forEach((name) => serviceIn(region, name)));
    serviceIn(new Chart(app, 'elsewhere', { namespace: 'shop' }), 'stray');
    const waits = indexOf(sequence).regions.map((region: any) => region.waitFor.map(({ service }: any) => service));
    expect(waits).toEqual([['orders'], ['orders', 'payments'], ['orders', 'payments']]);
    expect(indexOf(sequence).regions[0].stepsBefore).toEqual([]);
  });
});

describe('a failure stops the sequence', () => {
  const rolledBack = (rollback?: RegionRollback) => indexOf(releasedIn({}, { rollback })).regions.map(({ onFailure }: any) => onFailure);

  test('and takes back the failed region first, and then those before it', () => {
    expect(rolledBack()).toEqual([
      { stop: true, rollBack: ['eu-north-1'] },
      { stop: true, rollBack: ['us-east-1', 'eu-north-1'] },
      { stop: true, rollBack: ['ap-south-1', 'us-east-1', 'eu-north-1'] },
    ]);
  });

  test('and takes back that region alone, where it is so declared', () => {
    expect(rolledBack(RegionRollback.FAILED_ONLY).map(({ rollBack }: any) => rollBack)).toEqual([['eu-north-1'], ['us-east-1'], ['ap-south-1']]);
  });
});
