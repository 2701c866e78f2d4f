import { Duration } from 'cdk8s';
import { Analysis, FlaggerWebhook, Promotion, Rollout } from 'zero-downtime';
import { ANALYSIS, canaryOf, flagger, GATEWAY, ISTIO, LOAD_TEST, NGINX, specOf } from './flagger';
import { synthesize } from '../../synthesized';

const minutes = (amount: number) => Duration.minutes(amount);
const analysisOf = (...given: Parameters<typeof canaryOf>) => specOf(canaryOf(...given)).analysis;
const limits = (failureLimit: number, inconclusiveLimit: number) =>
  Analysis.prometheus({ address: 'http://prometheus:9090', maxErrorRate: 0.01, failureLimit, inconclusiveLimit });

describe('growing shares', () => {
  test('are set one after another, each for one interval', () => {
    const analysis = analysisOf({ steps: [5, 25, 50], stepDuration: minutes(15) });
    expect(analysis.stepWeights).toEqual([5, 25, 50]);
    expect(analysis.interval).toBe('900s');
    expect(analysis).not.toHaveProperty('iterations');
  });

  test.each([
    [[5, 25, 50], 25], [[5], 5], [[50, 100], 50], [[10, 20, 90], 70], [[1, 2, 3], 1],
  ])('of %j go back by %p at most: what ever went over at once', (steps, atOnce) => {
    expect(analysisOf({ steps }).stepWeightPromotion).toBe(atOnce);
  });

  test('may begin with copies of requests', () => {
    expect(analysisOf({ mirrorPercent: 20 })).toMatchObject({ mirror: true, mirrorWeight: 20 });
    expect(analysisOf()).not.toHaveProperty('mirror');
    expect(analysisOf()).not.toHaveProperty('mirrorWeight');
  });

  test('match no header', () => {
    expect(analysisOf()).not.toHaveProperty('match');
  });
});

describe('clients', () => {
  test('stay with either version, by a cookie of each', () => {
    expect(analysisOf({ sessionCookie: {} }).sessionAffinity).toEqual({
      cookieName: 'payments-canary', primaryCookieName: 'payments-primary', maxAge: 86_400,
    });
  });

  test('have the declared cookie, and one that is told from it', () => {
    expect(analysisOf({ sessionCookie: { name: 'tester', maxAge: Duration.hours(2) } }, { traffic: [GATEWAY] }).sessionAffinity)
      .toEqual({ cookieName: 'tester', primaryCookieName: 'tester-primary', maxAge: 7200 });
  });

  test('are drawn anew where none is declared', () => {
    expect(analysisOf()).not.toHaveProperty('sessionAffinity');
  });
});

describe('failed checks', () => {
  test.each([[0, 0, 1], [2, 2, 3], [3, 0, 1], [0, 3, 1], [2, 5, 3]])(
    'with %p bad and %p empty measurements forgiven, the release is given up at %p', (bad, empty, threshold) => {
      expect(analysisOf({ analysis: limits(bad, empty) }).threshold).toBe(threshold);
    });

  test('are given up at once where nothing is measured', () => {
    expect(analysisOf({ analysis: undefined, engine: flagger(LOAD_TEST) }).threshold).toBe(1);
  });
});

describe('metrics', () => {
  test('are those of the templates beside the Canary', () => {
    const synthesized = canaryOf();
    const templates = synthesized.objects.filter(({ kind }) => kind === 'MetricTemplate').map(({ metadata: { name } }) => ({ name }));
    const referredTo = specOf(synthesized).analysis.metrics.map(({ templateRef }: { templateRef: object }) => templateRef);
    expect(templates.length).toBeGreaterThan(0);
    expect(referredTo).toEqual(templates);
  });

  test('look no further back than one interval', () => {
    const { interval, metrics } = analysisOf();
    for (const metric of metrics) {
      expect(Number.parseInt(metric.interval, 10)).toBeLessThanOrEqual(Number.parseInt(interval, 10));
    }
  });

  test('are absent where nothing is measured', () => {
    const synthesized = canaryOf({ analysis: undefined });
    expect(specOf(synthesized).analysis).not.toHaveProperty('metrics');
    expect(synthesized.kinds).not.toContain('MetricTemplate');
  });
});

describe('a release by header', () => {
  const tried = (traffic = ISTIO) => specOf(synthesize({
    traffic: [traffic],
    rollout: Rollout.abTest({ header: { name: 'X-Canary', value: 'a+b' }, duration: minutes(20), analysis: ANALYSIS, engine: flagger() }),
  })).analysis;

  test.each([['Istio', ISTIO], ['ingress-nginx', NGINX], ['the Gateway API', GATEWAY]])('matches its value exactly, through %s', (_, traffic) => {
    expect(tried(traffic).match).toEqual([{ headers: { 'x-canary': { exact: 'a+b' } } }]);
  });

  test('is tried for so many intervals as the time holds', () => {
    const { interval, iterations } = tried();
    expect(Number.parseInt(interval, 10) * iterations).toBeGreaterThanOrEqual(1200);
    expect(Number.parseInt(interval, 10) * (iterations - 1)).toBeLessThan(1200);
  });

  test('has no shares', () => {
    for (const field of ['stepWeights', 'stepWeight', 'stepWeightPromotion', 'maxWeight']) {
      expect(tried()).not.toHaveProperty(field);
    }
  });
});

describe('blue-green', () => {
  const moved = (options = {}, traffic = [ISTIO]) => specOf(synthesize({
    traffic, rollout: Rollout.blueGreen({ engine: flagger(LOAD_TEST), previewAnalysis: ANALYSIS, ...options }),
  })).analysis;

  test('is tried for so many intervals as its preview has measurements', () => {
    expect(moved().iterations).toBeGreaterThanOrEqual(3);
    expect(moved()).not.toHaveProperty('stepWeights');
    expect(moved()).not.toHaveProperty('match');
  });

  test('judges the preview', () => {
    expect(moved().metrics).toHaveLength(1);
  });

  test('judges the live version where the preview is not judged', () => {
    expect(moved({ previewAnalysis: undefined, analysis: ANALYSIS }).metrics).toHaveLength(1);
  });

  test('goes on without any measurement', () => {
    const analysis = moved({ previewAnalysis: undefined });
    expect(analysis).not.toHaveProperty('metrics');
    expect(analysis.iterations).toBeGreaterThanOrEqual(1);
  });

  test('waits for somebody by a webhook', () => {
    const gate = FlaggerWebhook.confirmPromotion('gate', { url: 'http://gate.test/' });
    expect(moved({ promotion: Promotion.AFTER_APPROVAL, engine: flagger(LOAD_TEST, gate) }).webhooks[1].type).toBe('confirm-promotion');
  });
});

describe('webhooks', () => {
  const URL = { url: 'https://gate.example.com/a?b=c' };
  const OF_EACH_TYPE: Array<[string, FlaggerWebhook]> = [
    ['confirm-rollout', FlaggerWebhook.confirmRollout('a', URL)],
    ['pre-rollout', FlaggerWebhook.preRollout('b', URL)],
    ['rollout', FlaggerWebhook.loadTest('c', URL)],
    ['confirm-traffic-increase', FlaggerWebhook.confirmTrafficIncrease('d', URL)],
    ['confirm-promotion', FlaggerWebhook.confirmPromotion('e', URL)],
    ['post-rollout', FlaggerWebhook.postRollout('f', URL)],
    ['rollback', FlaggerWebhook.rollback('g', URL)],
  ];

  test.each(OF_EACH_TYPE)('of type %s', (type, webhook) => {
    expect(analysisOf({ engine: flagger(webhook) }).webhooks).toEqual([{ name: webhook.name, type, url: URL.url, timeout: '10s' }]);
  });

  test('keep their order, and say all of them what they were given', () => {
    const { webhooks } = analysisOf({ engine: flagger(...OF_EACH_TYPE.map(([, webhook]) => webhook)) });
    expect(webhooks.map(({ type }: { type: string }) => type)).toEqual(OF_EACH_TYPE.map(([type]) => type));
  });

  test('hold their metadata and their time', () => {
    const cmd = 'hey -z 1m -q 10 "http://payments-canary/?a=b&c={{d}}" # \'x\'';
    const webhook = FlaggerWebhook.loadTest('load', { ...URL, timeout: Duration.seconds(20), metadata: { cmd, type: 'cmd' } });
    expect(analysisOf({ engine: flagger(webhook) }).webhooks[0]).toMatchObject({ timeout: '20s', metadata: { cmd, type: 'cmd' } });
  });

  test('are absent where none is declared', () => {
    expect(analysisOf()).not.toHaveProperty('webhooks');
  });
});
