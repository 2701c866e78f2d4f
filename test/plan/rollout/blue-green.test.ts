import { argo, blueGreen, flagger, native, plannedBlueGreen, WAYS_IN } from './released';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { Pods } from '../../../src/spec/pods';
import { Replicas } from '../../../src/spec/replicas';
import { Promotion } from '../../../src/spec/rollout/blue-green';
import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { Colour } from '../../../src/spec/rollout/rollout-engine';
import { decided, planned, problemsOf, Props, required, seconds, valueOf } from '../declare';

const measured = (measurements = 3) => Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, measurements });

describe('bakeTime', () => {
  test('is ten minutes', () => {
    expect(decided('rollout.bakeTime', blueGreen())).toMatchObject({ value: 600, unit: 's', origin: 'preferred' });
    expect(plannedBlueGreen(blueGreen()).scaleDownDelay).toBe(600);
  });

  test('is as long as the analysis after the promotion, and not as that before it', () => {
    const after = blueGreen({ analysis: measured(30) });
    expect(valueOf('rollout.bakeTime', after)).toBe(valueOf('analysis.duration', after));
    expect(valueOf('rollout.bakeTime', blueGreen({ previewAnalysis: measured(30) }))).toBe(600);
  });

  test('is no shorter than the least delay, the slowest way in, and the last request', () => {
    expect(problemsOf(blueGreen({ bakeTime: seconds(30) }))).toEqual([]);
    expect(problemsOf(blueGreen({ bakeTime: seconds(29) }))).toEqual(['rollout.bakeTime 29s must be at least 30s; give it 30s or more, or leave it out']);
    expect(problemsOf(blueGreen({ bakeTime: seconds(44), engine: native() }, {
      traffic: WAYS_IN.awsLoadBalancer(),
    }))).toEqual(['rollout.bakeTime 44s must be at least awsLoadBalancer.propagation 60s; give it 60s or more, or leave it out']);
    expect(decided('rollout.bakeTime', blueGreen()).inequalities).toContain('≥ clusterInternal.propagation 10s + longestRequest 30s − terminationGracePeriod 45s');
  });

  test('takes the place of the scale-down delay', () => {
    expect(planned(blueGreen()).plan.tryFind('rollout.scaleDownDelay')).toBeUndefined();
    expect(plannedBlueGreen(blueGreen()).abortScaleDownDelay).toBe(30);
  });

  test('is none under Flagger', () => {
    const props = blueGreen({ engine: flagger() });
    expect(plannedBlueGreen(props)).toMatchObject({ scaleDownDelay: 0, abortScaleDownDelay: 0 });
    expect(planned(props).plan.tryFind('rollout.bakeTime')).toBeUndefined();
  });
});

describe('previewPods', () => {
  test('are all, unless told otherwise', () => {
    expect(plannedBlueGreen(blueGreen()).previewReplicas).toBeUndefined();
  });

  test('are a number, or a share that is rounded up', () => {
    const ten = { replicas: Replicas.fixed(10) };
    expect(plannedBlueGreen(blueGreen({ previewPods: Pods.count(2) }, ten)).previewReplicas).toBe(2);
    expect(plannedBlueGreen(blueGreen({ previewPods: Pods.percent(11) }, ten)).previewReplicas).toBe(2);
    expect(decided('rollout.previewPods', blueGreen({ previewPods: Pods.percent(11) }, ten)).inequalities)
      .toEqual(['= ⌈11% × replicas 10⌉', '≥ 1 pod', '≤ replicas 10']);
  });

  test('are refused above the replicas', () => {
    expect(problemsOf(blueGreen({ previewPods: Pods.count(3) }))).toEqual([]);
    expect(problemsOf(blueGreen({ previewPods: Pods.count(4) }))).toEqual([
      'rollout.previewPods 4 pods must be at most replicas 3; give at most Pods.count(3), or leave it out',
    ]);
  });
});

test.each([[undefined, false], [Promotion.AUTOMATIC, false], [Promotion.AFTER_APPROVAL, true]])('promotion %s awaits approval: %s', (promotion, awaits) => {
  expect(plannedBlueGreen(blueGreen({ promotion })).awaitsApproval).toBe(awaits);
});

test('each analysis is planned for itself', () => {
  const rollout = plannedBlueGreen(blueGreen({ previewAnalysis: measured(2), analysis: measured(5) }));
  expect([rollout.previewAnalysis?.count, rollout.analysis?.count]).toEqual([2, 5]);
});

test('without a controller blue is live, unless told otherwise', () => {
  expect(plannedBlueGreen(blueGreen({ engine: native() })).live).toBe('blue');
  expect(plannedBlueGreen(blueGreen({ engine: native({ live: Colour.GREEN }) })).live).toBe('green');
  expect(plannedBlueGreen(blueGreen({ engine: argo() })).live).toBeUndefined();
});

describe('the progress deadline', () => {
  const deadlineOf = (props: Props) => plannedBlueGreen(props).progressDeadline;
  const plain = deadlineOf(blueGreen());

  test('has the longest analysis added under Argo Rollouts, whose clock runs on', () => {
    const both = blueGreen({ previewAnalysis: measured(20), analysis: measured(5) });
    expect(plain).toBe(valueOf('progressDeadline', blueGreen()));
    expect(deadlineOf(both)).toBe(plain + valueOf('previewAnalysis.duration', both));
    expect(decided('rollout.progressDeadline', both).inequalities)
      .toEqual([`= progressDeadline ${plain}s + previewAnalysis.duration ${valueOf('previewAnalysis.duration', both)}s`]);
    expect(deadlineOf(blueGreen({ analysis: measured(5) }))).toBe(plain + valueOf('analysis.duration', both));
  });

  test('is that of the pods where nothing is judged, and without a controller', () => {
    expect(planned(blueGreen()).plan.tryFind('rollout.progressDeadline')).toBeUndefined();
    expect(deadlineOf(blueGreen({ engine: native(), analysis: measured() }))).toBe(plain);
  });
});

describe('Flagger', () => {
  test('looks once a minute, and once at least', () => {
    expect(plannedBlueGreen(blueGreen({ engine: flagger() })).loop).toEqual({ interval: 60, iterations: 1 });
  });

  test.each([['previewAnalysis'], ['analysis']])('makes every measurement of %s', (name) => {
    const props = blueGreen({ engine: flagger({ webhooks: [FlaggerWebhook.loadTest('load', { url: 'http://load.test/' })] }), [name]: measured(7) });
    expect(plannedBlueGreen(props).loop?.iterations).toBe(7);
    expect(plannedBlueGreen(props).loop?.interval).toBe(valueOf(`${name}.initialDelay`, props));
    expect(decided('rollout.interval', props).inequalities).toContainEqual(expect.stringMatching(new RegExp(`^≥ ${name}\\.window \\d+s$`)));
  });
});

test('callers that pass by reach the live version alone, and nothing is asked of them', () => {
  expect(required('cluster', blueGreen())).not.toContainEqual(expect.stringMatching(/^who calls the service past/));
});
