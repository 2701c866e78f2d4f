import { Duration } from 'cdk8s';
import { KedaTrigger, Replicas, TakeOver } from 'zero-downtime';
import { analysis, blueGreen, canary, Released, WAYS } from './released';
import { synthesize } from '../../synthesized';

const rolloutOf = (released: Released = {}) => canary({}, released).find('Rollout');

describe('the object', () => {
  test('has the service\'s name, and stands in place of the Deployment', () => {
    const synthesized = canary();
    expect(synthesized.find('Rollout')).toMatchObject({ apiVersion: 'argoproj.io/v1alpha1', metadata: { name: 'payments', namespace: 'shop' } });
    expect(synthesized.kinds).not.toContain('Deployment');
  });

  test('states the same facts of the program as a Deployment does', () => {
    const { annotations } = synthesize({ traffic: [WAYS.istio()] }).deployment.metadata;
    expect(Object.keys(rolloutOf().metadata.annotations)).toEqual(Object.keys(annotations));
  });

  test('spreads each version on its own, by the label that Argo Rollouts gives it', () => {
    const { topologySpreadConstraints } = rolloutOf().spec.template.spec;
    expect(topologySpreadConstraints.map(({ matchLabelKeys }: any) => matchLabelKeys)).toEqual([['rollouts-pod-template-hash'], ['rollouts-pod-template-hash']]);
  });

  test('is aborted where it makes no progress', () => {
    expect(rolloutOf().spec.progressDeadlineAbort).toBe(true);
    expect(rolloutOf().spec.progressDeadlineSeconds).toBeGreaterThan(rolloutOf().spec.minReadySeconds);
  });

  test('has the same deadline with an analysis, whose steps do not count', () => {
    expect(canary({ analysis: analysis(), stepDuration: Duration.hours(1) }).find('Rollout').spec.progressDeadlineSeconds)
      .toBe(rolloutOf().spec.progressDeadlineSeconds);
  });

  test('keeps as many old versions as the largest rollback window needs', () => {
    expect(rolloutOf().spec).not.toHaveProperty('rollbackWindow');
    const { rollbackWindow, revisionHistoryLimit } = blueGreen({}, { argo: { rollbackWindow: 10 } }).find('Rollout').spec;
    expect(rollbackWindow).toEqual({ revisions: 10 });
    expect(revisionHistoryLimit).toBeGreaterThanOrEqual(10);
  });
});

describe('replicas', () => {
  test('are written where they are fixed', () => {
    expect(rolloutOf({ replicas: Replicas.fixed(5) }).spec.replicas).toBe(5);
    expect(canary().kinds).not.toContain('HorizontalPodAutoscaler');
  });

  test('are the autoscaler\'s where there is one, which scales the Rollout', () => {
    const synthesized = canary({}, { replicas: Replicas.autoscaled({ min: 4, max: 20, cpuPercent: 70 }) });
    expect(synthesized.find('Rollout').spec).not.toHaveProperty('replicas');
    expect(synthesized.find('HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'payments' });
  });

  test('are KEDA\'s where it scales, which scales the Rollout as well', () => {
    const synthesized = canary({}, { replicas: Replicas.keda({ min: 4, max: 20, triggers: [KedaTrigger.cpu(70)] }) });
    expect(synthesized.find('Rollout').spec).not.toHaveProperty('replicas');
    expect(synthesized.find('ScaledObject').spec.scaleTargetRef).toEqual({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'payments' });
  });
});

describe('the disruption budget', () => {
  test.each([['canary', () => canary()], ['blue-green', () => blueGreen()]])('of a %s release is one for the pods of every version', (_, release) => {
    const budgets = release().objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets).toHaveLength(1);
    expect(budgets[0].spec).toEqual({
      maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { 'app.kubernetes.io/name': 'payments' } },
    });
  });
});

describe('the analysis', () => {
  test('stands before the Rollout, which would otherwise be invalid', () => {
    const kinds = canary({ analysis: analysis() }).kinds.filter((kind) => kind === 'AnalysisTemplate' || kind === 'Rollout');
    expect(kinds).toEqual(['AnalysisTemplate', 'Rollout']);
  });

  test('has an end, because it is a step', () => {
    const { metrics } = canary({ analysis: analysis() }).find('AnalysisTemplate').spec;
    metrics.forEach((metric: any) => expect(metric.count).toBe(3));
  });
});

describe('a Deployment that is taken over', () => {
  const over = (takeOver: TakeOver) => canary({}, { argo: { takeOver }, replicas: Replicas.fixed(4) });

  test.each([[TakeOver.NEVER, 'never'], [TakeOver.ON_SUCCESS, 'onsuccess'], [TakeOver.PROGRESSIVELY, 'progressively']])('%s', (takeOver, scaleDown) => {
    expect(over(takeOver).find('Rollout').spec.workloadRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments', scaleDown });
  });

  test('keeps the pod template, and the Rollout has none, because both together are refused', () => {
    const synthesized = over(TakeOver.ON_SUCCESS);
    expect(synthesized.find('Rollout').spec).not.toHaveProperty('template');
    expect(synthesized.deployment.spec.template.spec.topologySpreadConstraints[0].matchLabelKeys).toEqual(['rollouts-pod-template-hash']);
  });

  test('is scaled by Argo Rollouts alone: replicas here would come back at every apply, with pods of the new version', () => {
    const synthesized = over(TakeOver.PROGRESSIVELY);
    expect(synthesized.deployment.spec).not.toHaveProperty('replicas');
    expect(synthesized.find('Rollout').spec.replicas).toBe(4);
  });

  test('is selected by the same labels, so that the Service reaches its pods until they are gone', () => {
    const synthesized = over(TakeOver.PROGRESSIVELY);
    expect(synthesized.deployment.spec.selector).toEqual(synthesized.find('Rollout').spec.selector);
    expect(synthesized.find('Service').spec.selector).toEqual(synthesized.deployment.spec.selector.matchLabels);
  });
});
