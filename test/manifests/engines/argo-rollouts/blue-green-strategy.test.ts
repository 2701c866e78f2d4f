import { Duration } from 'cdk8s';
import { BlueGreenOptions, Pods, Promotion, Replicas, VersionAntiAffinity } from 'zero-downtime';
import { analysis, blueGreen, Released } from './released';

const rolloutOf = (options: BlueGreenOptions = {}, released: Released = {}) => blueGreen(options, released).find('Rollout');
const strategyOf = (options: BlueGreenOptions = {}, released: Released = {}) => rolloutOf(options, released).spec.strategy.blueGreen;

test('the service\'s own Service is the active one, so that every route and caller keeps its name', () => {
  expect(strategyOf()).toMatchObject({ activeService: 'payments', previewService: 'payments-preview' });
});

test('there is no canary beside it', () => {
  expect(Object.keys(rolloutOf().spec.strategy)).toEqual(['blueGreen']);
});

test.each([[undefined, true], [Promotion.AUTOMATIC, true], [Promotion.AFTER_APPROVAL, false]])('promotion %s', (promotion, isAutomatic) => {
  expect(strategyOf({ promotion }).autoPromotionEnabled).toBe(isAutomatic);
  expect(strategyOf({ promotion })).not.toHaveProperty('autoPromotionSeconds');
});

test('the old version stays for the bake time', () => {
  expect(strategyOf().scaleDownDelaySeconds).toBe(600);
  expect(strategyOf({ bakeTime: Duration.hours(1) }).scaleDownDelaySeconds).toBe(3600);
});

test('of several old versions only the last stays, however quickly releases follow', () => {
  expect(strategyOf().scaleDownDelayRevisionLimit).toBe(1);
  expect(rolloutOf().spec.revisionHistoryLimit).toBeGreaterThanOrEqual(1);
});

test('a version that was given up stays until nobody sends to it', () => {
  expect(strategyOf().abortScaleDownDelaySeconds).toBeGreaterThanOrEqual(30);
});

describe('the preview', () => {
  test('has all pods by default', () => {
    expect(strategyOf()).not.toHaveProperty('previewReplicaCount');
  });

  test('has the declared number of pods', () => {
    expect(strategyOf({ previewPods: Pods.count(2) }, { replicas: Replicas.fixed(10) }).previewReplicaCount).toBe(2);
  });

  test('has a percentage as a number, because the field takes no other', () => {
    expect(strategyOf({ previewPods: Pods.percent(25) }, { replicas: Replicas.fixed(10) }).previewReplicaCount).toBe(3);
  });
});

describe('analyses', () => {
  const args = [
    { name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } },
    { name: 'stable-hash', valueFrom: { podTemplateHashValue: 'Stable' } },
  ];

  test('are none by default', () => {
    expect(strategyOf()).not.toHaveProperty('prePromotionAnalysis');
    expect(strategyOf()).not.toHaveProperty('postPromotionAnalysis');
  });

  test('before and after the promotion have templates of their own', () => {
    const synthesized = blueGreen({ previewAnalysis: analysis(), analysis: analysis() });
    const strategy = synthesized.find('Rollout').spec.strategy.blueGreen;
    expect(strategy.prePromotionAnalysis).toEqual({ templates: [{ templateName: 'payments-preview' }], args });
    expect(strategy.postPromotionAnalysis).toEqual({ templates: [{ templateName: 'payments' }], args });
    expect(synthesized.objects.filter(({ kind }) => kind === 'AnalysisTemplate').map(({ metadata }) => metadata.name)).toEqual(['payments-preview', 'payments']);
  });

  test('make the deadline longer, which runs on while they are going on', () => {
    const deadline = rolloutOf().spec.progressDeadlineSeconds;
    expect(rolloutOf({ analysis: analysis() }).spec.progressDeadlineSeconds).toBe(deadline + 240);
    expect(rolloutOf({ previewAnalysis: analysis(), analysis: analysis() }).spec.progressDeadlineSeconds).toBe(deadline + 240);
  });
});

test('anti-affinity', () => {
  expect(strategyOf({}, { argo: { antiAffinity: VersionAntiAffinity.PREFERRED } }).antiAffinity)
    .toEqual({ preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } });
});
