import { abTest, argo, blueGreen, canary, flagger, native, WAYS_IN } from './released';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { MAX_SERVICE_NAME } from '../../../src/spec/names';
import { Promotion } from '../../../src/spec/rollout/blue-green';
import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { Colour, IstioSplit, StableScale, TakeOver } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { problemsOf, seconds } from '../declare';

const address = 'http://prometheus.monitoring:9090';
const hook = { url: 'http://gate.test/' };

const LOAD = FlaggerWebhook.loadTest('load', hook);

describe('Argo Rollouts', () => {
  const dynamic = { stableScale: StableScale.DYNAMIC };

  test('has no dynamic scale beside a delay', () => {
    expect(problemsOf(canary({ engine: argo(dynamic) }))).toEqual([]);
    expect(problemsOf(canary({ engine: argo({ ...dynamic, scaleDownDelay: seconds(60), abortScaleDownDelay: seconds(90) }) }))).toEqual([
      'RolloutEngine.argoRollouts scaleDownDelay 60s cannot be given with stableScale DYNAMIC, under which pods leave with their traffic; leave one of them out',
      'RolloutEngine.argoRollouts abortScaleDownDelay 90s cannot be given with stableScale DYNAMIC, under which pods leave with their traffic; leave one of them out',
    ]);
  });

  test('has no dynamic scale in a blue-green release', () => {
    expect(problemsOf(blueGreen({ engine: argo(dynamic) }))).toEqual([
      'RolloutEngine.argoRollouts stableScale DYNAMIC cannot be given with Rollout.blueGreen, whose old version keeps all of its pods; leave it out',
    ]);
  });

  test('has one word for the delay of a blue-green release', () => {
    expect(problemsOf(blueGreen({ engine: argo({ abortScaleDownDelay: seconds(60) }) }))).toEqual([]);
    expect(problemsOf(blueGreen({ engine: argo({ scaleDownDelay: seconds(60) }) }))).toEqual([
      'RolloutEngine.argoRollouts scaleDownDelay 60s cannot be given with Rollout.blueGreen, whose bakeTime is the same; give that',
    ]);
  });

  test('scales no Deployment down after the analysis of a blue-green release', () => {
    const over = (takeOver: TakeOver, isJudged = true) => problemsOf(blueGreen({
      engine: argo({ takeOver }), [isJudged ? 'analysis' : 'previewAnalysis']: Analysis.prometheus({ address, maxErrorRate: 0.01 }),
    }));
    expect(over(TakeOver.ON_SUCCESS)).toEqual([
      'RolloutEngine.argoRollouts takeOver ON_SUCCESS cannot be given with Rollout.blueGreen and its analysis, because the Deployment would never be scaled down '
      + '(argo-rollouts issue 4681); use TakeOver.PROGRESSIVELY',
    ]);
    expect(over(TakeOver.PROGRESSIVELY)).toEqual([]);
    expect(over(TakeOver.ON_SUCCESS, false)).toEqual([]);
    const analysis = Analysis.prometheus({ address, maxErrorRate: 0.01 });
    expect(problemsOf(canary({ engine: argo({ takeOver: TakeOver.ON_SUCCESS }), analysis }))).toEqual([]);
  });

  test('splits by hosts only where Istio splits', () => {
    const engine = argo({ istioSplit: IstioSplit.HOSTS });
    expect(problemsOf(canary({ engine }))).toEqual([]);
    expect(problemsOf(canary({ engine }, { traffic: WAYS_IN.httpRoute() }))).toEqual([
      'RolloutEngine.argoRollouts istioSplit HOSTS cannot be given without Traffic.istio, because Istio splits nothing then; leave it out',
    ]);
    expect(problemsOf(blueGreen({ engine }, { traffic: WAYS_IN.istio() }))).toEqual([
      'RolloutEngine.argoRollouts istioSplit HOSTS cannot be given with Rollout.blueGreen, because Istio splits nothing then; leave it out',
    ]);
  });

  describe('beside a load balancer', () => {
    const beside = (way: string, options = {}) =>
      problemsOf(canary({ engine: argo(options) }, { traffic: [...WAYS_IN.awsLoadBalancer(), ...WAYS_IN[way]()] }));

    test('weighs subsets, and the Ingress of ingress-nginx', () => {
      expect(beside('istio')).toEqual([]);
      expect(beside('ingressNginx')).toEqual([]);
    });

    test('weighs no Services whose roles change', () => {
      expect(beside('httpRoute')).toEqual([
        'Traffic.httpRoute cannot be given with Traffic.awsLoadBalancer and RolloutEngine.argoRollouts, '
        + 'because both would weigh the same two Services, of which a load balancer changes the roles; give one of them',
      ]);
      expect(beside('istio', { istioSplit: IstioSplit.HOSTS })).toEqual([
        'Traffic.istio with IstioSplit.HOSTS cannot be given with Traffic.awsLoadBalancer and RolloutEngine.argoRollouts, '
        + 'because both would weigh the same two Services, of which a load balancer changes the roles; use IstioSplit.SUBSETS',
      ]);
    });
  });
});

describe('Flagger', () => {
  test('moves one way in', () => {
    expect(problemsOf(canary({ engine: flagger() }, { traffic: [...WAYS_IN.istio(), ...WAYS_IN.httpRoute()] }))).toEqual([
      'RolloutEngine.flagger moves the traffic of one way in, not of Traffic.istio and Traffic.httpRoute; give one of them, or use RolloutEngine.argoRollouts',
    ]);
  });

  test.each([['app'], ['name'], ['app.kubernetes.io/name']])('tells versions apart by %s', (label) => {
    expect(problemsOf(canary({ engine: flagger() }, { selector: { [label]: 'payments' } }))).toEqual([]);
  });

  test.each([
    [{ tier: 'web' }, '"tier"'], [{ 'app': 'payments', 'example.com/team': 'shop' }, '"app", "example.com/team"'],
  ])('tells no versions apart by %j', (selector, shown) => {
    const refusal = [`selector ${shown} must be one of "app", "name", "app.kubernetes.io/name" with RolloutEngine.flagger, `
      + 'which writes the version to it; leave it out'];
    expect(problemsOf(canary({ engine: flagger() }, { selector: selector as Record<string, string> }))).toEqual(refusal);
    expect(problemsOf(canary({ engine: argo() }, { selector: selector as Record<string, string> }))).toEqual([]);
  });

  test('asks a webhook for approvals: of the last share as of a promotion', () => {
    const gated = (approvalAt: number[], ...webhooks: FlaggerWebhook[]) => problemsOf(canary({ approvalAt, engine: flagger({ webhooks }) }));
    expect(gated([5, 25, 50])).toEqual([
      'Rollout.canary approvalAt 25 needs a FlaggerWebhook.confirmTrafficIncrease with RolloutEngine.flagger, which asks a webhook for approvals; give one in webhooks',
      'Rollout.canary approvalAt 50 needs a FlaggerWebhook.confirmPromotion with RolloutEngine.flagger, which asks a webhook for approvals; give one in webhooks',
    ]);
    expect(gated([50], FlaggerWebhook.confirmPromotion('gate', hook))).toEqual([]);
    expect(gated([5], FlaggerWebhook.confirmTrafficIncrease('gate', hook))).toEqual([]);
    expect(gated([5], FlaggerWebhook.confirmPromotion('gate', hook))).toHaveLength(1);
  });

  test('asks a webhook for the approval of a blue-green release', () => {
    const gated = (...webhooks: FlaggerWebhook[]) => problemsOf(blueGreen({ promotion: Promotion.AFTER_APPROVAL, engine: flagger({ webhooks }) }));
    expect(gated(FlaggerWebhook.confirmPromotion('gate', hook))).toEqual([]);
    expect(gated()).toEqual([
      'Rollout.blueGreen promotion AFTER_APPROVAL needs a FlaggerWebhook.confirmPromotion with RolloutEngine.flagger, which asks a webhook for approvals; give one in webhooks',
    ]);
    expect(problemsOf(blueGreen({ promotion: Promotion.AFTER_APPROVAL }))).toEqual([]);
  });

  test('judges by one list of metrics', () => {
    const analysis = Analysis.prometheus({ address, maxErrorRate: 0.01 });
    expect(problemsOf(blueGreen({ engine: flagger({ webhooks: [LOAD] }), previewAnalysis: analysis }))).toEqual([]);
    expect(problemsOf(blueGreen({ engine: flagger({ webhooks: [LOAD] }), previewAnalysis: analysis, analysis }))).toEqual([
      'Rollout.blueGreen previewAnalysis cannot be given together with analysis and RolloutEngine.flagger, '
      + 'which judges by the same metrics before and after; give one of them',
    ]);
  });

  test.each([['previewAnalysis'], ['analysis']])('needs a load for the %s of a blue-green release', (name) => {
    const judged = (...webhooks: FlaggerWebhook[]) =>
      problemsOf(blueGreen({ engine: flagger({ webhooks }), [name]: Analysis.prometheus({ address, maxErrorRate: 0.01 }) }));
    expect(judged(LOAD)).toEqual([]);
    expect(judged(FlaggerWebhook.preRollout('smoke', hook))).toEqual([
      `Rollout.blueGreen ${name} needs a FlaggerWebhook.loadTest with RolloutEngine.flagger, which judges the new version before it has any traffic, `
      + 'and gives up where it finds nothing to judge; give one in webhooks',
    ]);
  });

  test('needs no load where users\' requests are measured, or nothing is', () => {
    expect(problemsOf(canary({ engine: flagger(), analysis: Analysis.prometheus({ address, maxErrorRate: 0.01 }) }))).toEqual([]);
    expect(problemsOf(blueGreen({ engine: flagger() }))).toEqual([]);
  });

  test('spreads the old version\'s pods only where the label has the service\'s name', () => {
    expect(problemsOf(canary({ engine: flagger() }, { selector: { app: 'pay' } }))).toEqual([
      'selector "app" "pay" must be the service\'s name "payments" with RolloutEngine.flagger, which would not spread the old version\'s pods otherwise; leave it out',
    ]);
    expect(problemsOf(canary({ engine: argo() }, { selector: { app: 'pay' } }))).toEqual([]);
  });

  test('finds room for the old version\'s label behind the longest name', () => {
    expect(`${'p'.repeat(MAX_SERVICE_NAME)}-primary`.length).toBeLessThanOrEqual(63);
  });

  test('tells webhooks apart by their names', () => {
    const webhooks = [FlaggerWebhook.confirmRollout('gate', hook), FlaggerWebhook.confirmPromotion('gate', hook)];
    expect(problemsOf(canary({ engine: flagger({ webhooks }) }))).toEqual(['FlaggerWebhook "gate" is given twice; give one of them another name']);
  });
});

describe('a pipeline', () => {
  test('has colours in a blue-green release only', () => {
    const engine = native({ live: Colour.GREEN });
    expect(problemsOf(blueGreen({ engine }))).toEqual([]);
    expect(problemsOf(canary({ engine }))).toEqual(['RolloutEngine.native live green cannot be given with Rollout.canary, which has no colours; leave it out']);
    expect(problemsOf(abTest({ engine }))).toEqual(['RolloutEngine.native live green cannot be given with Rollout.abTest, which has no colours; leave it out']);
  });

  test('gives the cookie of a load balancer no name', () => {
    const cookie = (name?: string) => problemsOf(canary({ engine: native(), sessionCookie: { name } }, { traffic: WAYS_IN.awsLoadBalancer() }));
    expect(cookie()).toEqual([]);
    expect(cookie('seen')).toEqual([
      'Rollout.canary sessionCookie name "seen" cannot be given with RolloutEngine.native and Traffic.awsLoadBalancer, because AWS names the cookie; leave the name out',
    ]);
  });
});

describe('a comparison with the old version', () => {
  test('is refused of the preview of a blue-green release', () => {
    const compared = Analysis.prometheus({ address, maxErrorRateIncrease: 0.02, maxP99Ratio: 1.5, maxErrorRate: 0.01 });
    const because = 'cannot be given, because a preview takes no requests of users and is no match for the old version; give an absolute threshold';
    expect(problemsOf(blueGreen({ previewAnalysis: compared }))).toEqual([
      `Rollout.blueGreen previewAnalysis maxErrorRateIncrease 0.02 ${because}`, `Rollout.blueGreen previewAnalysis maxP99Ratio 1.5 ${because}`,
    ]);
  });

  test('is made where both versions take requests', () => {
    expect(problemsOf(canary({ analysis: Analysis.prometheus({ address, maxP99Ratio: 1.5 }) }))).toEqual([]);
  });
});

describe('the header of a load balancer', () => {
  const tried = (name: string, value: string, traffic = WAYS_IN.awsLoadBalancer()) => problemsOf(abTest({ header: { name, value } }, { traffic }));

  test('has a name of at most 40 characters', () => {
    expect(tried('x'.repeat(40), 'true')).toEqual([]);
    expect(tried('x'.repeat(41), 'true')).toEqual([
      `Rollout.abTest header name "${'x'.repeat(41)}" has 41 characters, and Traffic.awsLoadBalancer matches names of at most 40; give it a shorter one`,
    ]);
    expect(tried('x'.repeat(41), 'true', WAYS_IN.istio())).toEqual([]);
  });

  test.each([['v*'], ['v?2']])('has no wildcard in its value %s', (value) => {
    const refusal = [expect.stringContaining(`header value "${value}" must hold neither '*' nor '?' with Traffic.awsLoadBalancer`)];
    expect(tried('x-canary', value)).toEqual(refusal);
    expect(problemsOf(canary({ header: { name: 'x-canary', value }, engine: native() }, { traffic: WAYS_IN.awsLoadBalancer() }))).toEqual(refusal);
    expect(tried('x-canary', value, WAYS_IN.istio())).toEqual([]);
  });

  test('has no path beside it under Argo Rollouts, whose rule takes every path', () => {
    const under = (release: typeof canary | typeof abTest, path?: string, engine = argo()) =>
      problemsOf(release({ header: { name: 'x-canary', value: 'true' }, engine }, { traffic: [Traffic.awsLoadBalancer({ path })] }));
    for (const [kind, release] of [['canary', canary], ['abTest', abTest]] as const) {
      expect(under(release, '/api')).toEqual([
        `Rollout.${kind} header "x-canary" cannot be given with RolloutEngine.argoRollouts and Traffic.awsLoadBalancer path "/api", because the rule that it adds for a `
        + 'header takes matching requests of every path, those of other services too; leave path out, or use RolloutEngine.native',
      ]);
      expect([under(release, '/'), under(release), under(release, '/api', native())]).toEqual([[], [], []]);
    }
    expect(problemsOf(canary({}, { traffic: [Traffic.awsLoadBalancer({ path: '/api' })] }))).toEqual([]);
  });
});

test('everything that is wrong is told at once', () => {
  const engine = flagger({ webhooks: [] });
  expect(problemsOf(canary({ engine, approvalAt: [50], stepDuration: seconds(3) }, { selector: { tier: 'web' } }))).toHaveLength(3);
});
