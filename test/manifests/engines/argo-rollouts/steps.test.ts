import { Duration } from 'cdk8s';
import { AbTestOptions, CanaryOptions } from 'zero-downtime';
import { abTest, analysis, canary, canaryOf, HEADER, Way, WAYS } from './released';

const ANALYSIS = {
  analysis: {
    templates: [{ templateName: 'payments' }],
    args: [
      { name: 'canary-hash', valueFrom: { podTemplateHashValue: 'Latest' } },
      { name: 'stable-hash', valueFrom: { podTemplateHashValue: 'Stable' } },
    ],
  },
};
const HEADER_ROUTE = { setHeaderRoute: { name: 'canary-header', match: [{ headerName: 'x-canary', headerValue: { exact: 'true' } }] } };
const pause = (seconds: number) => ({ pause: { duration: `${seconds}s` } });
const stepsOf = (options: CanaryOptions, ...ways: Way[]) => canaryOf(canary(options, { traffic: ways.map((way) => WAYS[way]()) })).steps;
const abStepsOf = (options: Partial<AbTestOptions>, ...ways: Way[]) => canaryOf(abTest(options, { traffic: ways.map((way) => WAYS[way]()) })).steps;

describe('shares', () => {
  test('each is set and held', () => {
    expect(stepsOf({ steps: [5, 25], stepDuration: Duration.minutes(5) }, 'istio')).toEqual([{ setWeight: 5 }, pause(300), { setWeight: 25 }, pause(300)]);
  });

  test('the last one may be everything', () => {
    expect(stepsOf({ steps: [50, 100], stepDuration: Duration.minutes(5) }, 'istio').slice(-2)).toEqual([{ setWeight: 100 }, pause(300)]);
  });

  test('an analysis begins with each, and a pause fills the rest of its time', () => {
    expect(stepsOf({ steps: [5, 25], stepDuration: Duration.minutes(5), analysis: analysis() }, 'istio'))
      .toEqual([{ setWeight: 5 }, ANALYSIS, pause(90), { setWeight: 25 }, ANALYSIS, pause(90)]);
  });

  test('the shortest time for an analysis leaves one interval, because the first measurement comes after the delay alone', () => {
    expect(stepsOf({ steps: [50], stepDuration: Duration.seconds(240), analysis: analysis() }, 'istio'))
      .toEqual([{ setWeight: 50 }, ANALYSIS, pause(30)]);
  });

  test('somebody is waited for after the share was held, and only there', () => {
    expect(stepsOf({ steps: [5, 25], approvalAt: [5], stepDuration: Duration.minutes(5) }, 'istio'))
      .toEqual([{ setWeight: 5 }, pause(300), { pause: {} }, { setWeight: 25 }, pause(300)]);
  });
});

describe('a header route', () => {
  const options = { header: HEADER, steps: [5, 25], stepDuration: Duration.minutes(5) };

  test.each<Way>(['istio', 'alb', 'httpRoute'])('by %s comes when pods are there, and these stay until the first share has its own', (way) => {
    expect(stepsOf(options, way)).toEqual([
      { setCanaryScale: { weight: 5 } }, HEADER_ROUTE, { setWeight: 5 }, { setCanaryScale: { matchTrafficWeight: true } }, pause(300),
      { setWeight: 25 }, pause(300),
    ]);
  });

  test('by ingress-nginx is no step, because Argo Rollouts has none for it', () => {
    expect(stepsOf(options, 'nginx')).toEqual([{ setWeight: 5 }, pause(300), { setWeight: 25 }, pause(300)]);
  });

  test('is managed', () => {
    expect(canaryOf(canary(options, { traffic: [WAYS.istio()] })).trafficRouting.managedRoutes).toEqual([{ name: 'canary-header' }]);
  });

  test('is not managed where there is none', () => {
    expect(canaryOf(canary({}, { traffic: [WAYS.istio()] })).trafficRouting).not.toHaveProperty('managedRoutes');
  });
});

describe('a mirror', () => {
  const MIRROR = { setMirrorRoute: { name: 'canary-mirror', percentage: 20, match: [{ path: { prefix: '/' } }] } };
  const NO_MIRROR = { setMirrorRoute: { name: 'canary-mirror' } };

  test('has pods for what is copied, is judged as a share is, and is over before the first share', () => {
    expect(stepsOf({ mirrorPercent: 20, steps: [5], stepDuration: Duration.minutes(5), analysis: analysis() }, 'istio')).toEqual([
      { setCanaryScale: { weight: 20 } }, MIRROR, ANALYSIS, pause(90), NO_MIRROR,
      { setWeight: 5 }, { setCanaryScale: { matchTrafficWeight: true } }, ANALYSIS, pause(90),
    ]);
  });

  test('leaves the canary the pods of the first share where those are more', () => {
    expect(stepsOf({ mirrorPercent: 20, steps: [50] }, 'istio')[0]).toEqual({ setCanaryScale: { weight: 50 } });
  });

  test('comes before a header route, and both are managed, the header before the mirror', () => {
    const synthesized = canary({ mirrorPercent: 20, header: HEADER }, { traffic: [WAYS.istio()] });
    const { steps, trafficRouting } = canaryOf(synthesized);
    expect(steps.map((step: object) => Object.keys(step)[0]).slice(0, 6))
      .toEqual(['setCanaryScale', 'setMirrorRoute', 'pause', 'setMirrorRoute', 'setHeaderRoute', 'setWeight']);
    expect(trafficRouting.managedRoutes).toEqual([{ name: 'canary-header' }, { name: 'canary-mirror' }]);
  });
});

describe('an A/B test', () => {
  test('has all pods before its route, because all requests may carry the header, and no share', () => {
    expect(abStepsOf({ duration: Duration.minutes(10) }, 'istio')).toEqual([{ setCanaryScale: { weight: 100 } }, HEADER_ROUTE, pause(600)]);
  });

  test('is judged once', () => {
    expect(abStepsOf({ duration: Duration.minutes(10), analysis: analysis() }, 'istio'))
      .toEqual([{ setCanaryScale: { weight: 100 } }, HEADER_ROUTE, ANALYSIS, pause(390)]);
  });

  test('by ingress-nginx has its header in the annotations', () => {
    expect(abStepsOf({ duration: Duration.minutes(10) }, 'nginx')).toEqual([{ setCanaryScale: { weight: 100 } }, pause(600)]);
  });
});
