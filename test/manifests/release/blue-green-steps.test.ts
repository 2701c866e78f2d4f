import { Duration } from 'cdk8s';
import { Pods, Promotion, Replicas } from 'zero-downtime';
import { ALB, blueGreen, type Found, ISTIO, KEDA, objectsOf, releaseOf, SCALED, stepOf } from './native';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { Colour } from '../../../src/spec/rollout/rollout-engine';
import type { Props } from '../../plan/declare';

const TRACK = 'zero-downtime/track';
const green = (options: Parameters<typeof blueGreen>[0] = {}, props: Props = {}) => blueGreen(options, props, { live: Colour.GREEN });
const idsOf = (props: Props) => releaseOf(props).forward.map(({ id }) => id);
const selectedBy = (service: Found) => service.spec.selector[TRACK];

describe('the order', () => {
  test('is pods, preview, switch, and the other colour goes last', () => {
    expect(idsOf(green())).toEqual(['prepare', '01-green-pods', '02-preview', '03-switch', '04-scale-down']);
  });

  test('lets no eviction take a whole preview away', () => {
    const props = green({ previewPods: Pods.count(2) }, { replicas: Replicas.fixed(40) });
    expect(['01-green-pods', '03-green-pods-all'].map((id) => objectsOf(stepOf(props, id))['disruption-budget-green'].spec.maxUnavailable)).toEqual([1, 4]);
  });

  test('names the colour of this version', () => {
    expect(idsOf(blueGreen())[1]).toBe('01-blue-pods');
  });

  test('has all pods before the switch where the preview had fewer', () => {
    const props = green({ previewPods: Pods.percent(20) });
    expect(idsOf(props)).toEqual(['prepare', '01-green-pods', '02-preview', '03-green-pods-all', '04-switch', '05-scale-down']);
    expect(['01-green-pods', '03-green-pods-all'].map((id) => objectsOf(stepOf(props, id))['deployment-green'].spec.replicas)).toEqual([2, 10]);
  });

  test('of the way back is the switch before the pods, until the other colour has none', () => {
    const { rollback, noReturnFrom } = releaseOf(green());
    expect(rollback.map(({ id }) => id)).toEqual(['rollback-1-switch-back', 'rollback-2-scale-down']);
    expect(noReturnFrom).toBe('04-scale-down');
  });
});

describe('the preview', () => {
  const analysis = Analysis.prometheus({ address: 'http://prometheus:9090', maxErrorRate: 0.01 });

  test('leads to the new colour, and nothing else does', () => {
    const { manifests } = stepOf(green(), '02-preview');
    expect(manifests.map(({ manifest }) => [manifest.metadata.name, selectedBy(manifest)])).toEqual([['payments-preview', 'green']]);
  });

  test('is judged by its own analysis and approved of before the switch, which is judged by the other', () => {
    const props = green({ previewAnalysis: analysis, analysis, promotion: Promotion.AFTER_APPROVAL }, { traffic: [ISTIO] });
    expect(stepOf(props, '02-preview').waitFor).toMatchObject([{ kind: 'seconds' }, { kind: 'analysis', configMap: 'payments-preview-analysis' }, { kind: 'approval' }]);
    expect(stepOf(props, '03-switch').waitFor).toMatchObject([{ kind: 'seconds' }, { kind: 'analysis', configMap: 'payments-analysis' }]);
    const names = stepOf(props, 'prepare').manifests.map(({ manifest }) => manifest.metadata.name);
    expect(names).toEqual(expect.arrayContaining(['payments-analysis', 'payments-preview-analysis']));
  });
});

describe('the switch', () => {
  test('moves the Service to the new colour, and back', () => {
    expect(selectedBy(objectsOf(stepOf(green(), '03-switch')).service)).toBe('green');
    expect(selectedBy(objectsOf(stepOf(green(), 'rollback-1-switch-back')).service)).toBe('blue');
  });

  test('moves the weights of an ALB', () => {
    const weightsIn = (id: string) => JSON.parse(objectsOf(stepOf(green({}, { traffic: [ALB] }), id))['alb-ingress']
      .metadata.annotations['alb.ingress.kubernetes.io/actions.payments']).forwardConfig.targetGroups.map(({ weight }: Found) => weight);
    expect([weightsIn('03-switch'), weightsIn('rollback-1-switch-back')]).toEqual([[0, 100], [100, 0]]);
  });

  test('leaves the other colour its pods for the bake time', () => {
    const step = stepOf(green({ bakeTime: Duration.minutes(25) }), '03-switch');
    expect(step.waitFor).toMatchObject([{ kind: 'seconds', seconds: 1500 }]);
    expect(step.manifests.filter(({ manifest }) => manifest.kind === 'Deployment')).toEqual([]);
  });
});

test('the other colour ends without pods, and so does the new one on the way back', () => {
  expect(objectsOf(stepOf(green(), '04-scale-down'))['deployment-blue'].spec.replicas).toBe(0);
  expect(objectsOf(stepOf(green(), 'rollback-2-scale-down'))['deployment-green'].spec.replicas).toBe(0);
});

describe('under a HorizontalPodAutoscaler', () => {
  const props = green({}, { replicas: SCALED });
  const scaledIn = (id: string, colour: string) => objectsOf(stepOf(props, id))[`autoscaler-${colour}`].spec;

  test('the new colour gets the most replicas from its autoscaler, and no number that would have to be taken out again', () => {
    const objects = objectsOf(stepOf(props, '01-green-pods'));
    expect(objects['deployment-green'].spec).not.toHaveProperty('replicas');
    expect([objects['autoscaler-green'].spec.minReplicas, objects['autoscaler-green'].spec.maxReplicas]).toEqual([20, 20]);
    expect(stepOf(props, '01-green-pods').waitFor).toEqual([{ kind: 'available', deployment: 'payments-green', replicas: 20 }]);
  });

  test('the other colour keeps its pods without traffic, to take it back', () => {
    expect(scaledIn('prepare', 'blue').behavior.scaleDown.selectPolicy).toBe('Disabled');
  });

  test('in the end the colour that stays is scaled as declared', () => {
    expect(scaledIn('04-scale-down', 'green')).toMatchObject({ minReplicas: 4, maxReplicas: 20, behavior: { scaleDown: { selectPolicy: 'Max' } } });
    expect(scaledIn('rollback-2-scale-down', 'blue')).toMatchObject({ minReplicas: 4, maxReplicas: 20, behavior: { scaleDown: { selectPolicy: 'Max' } } });
  });
});

describe('under KEDA', () => {
  const props = green({}, { replicas: KEDA });

  test('the colour without pods is paused, because KEDA would start it again', () => {
    const { 'autoscaler-blue': blue, 'autoscaler-green': live } = objectsOf(stepOf(props, '04-scale-down'));
    expect(blue.metadata.annotations).toEqual({ 'autoscaling.keda.sh/paused-replicas': '0' });
    expect(live.metadata).not.toHaveProperty('annotations');
  });

  test('the new colour gets the most replicas', () => {
    expect(objectsOf(stepOf(props, '01-green-pods'))['autoscaler-green'].spec).toMatchObject({ minReplicaCount: 20, maxReplicaCount: 20 });
  });
});
