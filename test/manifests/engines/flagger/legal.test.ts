import { Duration, Yaml } from 'cdk8s';
import { Analysis, FlaggerWebhook, KedaTrigger, NetworkPeer, Replicas, Rollout, Traffic, Health } from 'zero-downtime';
import { ANALYSIS, flagger, GATEWAY, ISTIO, LOAD_TEST, NGINX, type Props } from './flagger';
import { apiServerRules } from '../../../support/api-server-rules';
import { checked } from '../../../support/checked';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../../../support/closed-schemas';
import { verified } from '../../../verify/verdicts/verified';
import { synthesize } from '../../synthesized';

const GATE = FlaggerWebhook.confirmPromotion('gate', { url: 'http://gate.test/' });
const RISE = FlaggerWebhook.confirmTrafficIncrease('rise', { url: 'http://gate.test/' });
const THOROUGH = Analysis.prometheus({
  address: 'https://mimir.example.com/prometheus', maxErrorRate: 0.01, maxP99: Duration.millis(500), failureLimit: 2, inconclusiveLimit: 2,
});

const WAYS: Array<[string, Traffic[]]> = [['Istio', [ISTIO]], ['ingress-nginx', [NGINX]], ['the Gateway API', [GATEWAY]]];
const CANARIES: Array<[string, Rollout]> = [
  ['a canary', Rollout.canary({ analysis: ANALYSIS, engine: flagger() })],
  ['a canary of long steps', Rollout.canary({ steps: [1, 100], stepDuration: Duration.minutes(90), analysis: THOROUGH, engine: flagger(LOAD_TEST) })],
  ['an approved canary', Rollout.canary({ approvalAt: [5, 50], analysis: ANALYSIS, engine: flagger(GATE, RISE) })],
];
const TESTS: Array<[string, Rollout]> = [
  ['an A/B test', Rollout.abTest({ header: { name: 'x-canary', value: 'true' }, analysis: ANALYSIS, engine: flagger() })],
];
const MOVES: Array<[string, Rollout]> = [
  ['blue-green', Rollout.blueGreen({ previewAnalysis: ANALYSIS, engine: flagger(LOAD_TEST, GATE) })],
];
const COOKIE: [string, Rollout] = ['a canary with a cookie', Rollout.canary({ sessionCookie: {}, analysis: ANALYSIS, engine: flagger() })];
const MIRROR: [string, Rollout] = ['a mirrored canary', Rollout.canary({ mirrorPercent: 10, analysis: ANALYSIS, engine: flagger() })];

const RELEASES: Array<[string, Traffic[], Rollout]> = [
  ...WAYS.flatMap(([way, traffic]) => [...CANARIES, ...TESTS, ...MOVES].map(([name, rollout]): [string, Traffic[], Rollout] => [`${name} through ${way}`, traffic, rollout])),
  ...[WAYS[0], WAYS[2]].map(([way, traffic]): [string, Traffic[], Rollout] => [`${COOKIE[0]} through ${way}`, traffic, COOKIE[1]]),
  [`${MIRROR[0]} through Istio`, [ISTIO], MIRROR[1]],
  ...MOVES.map(([name, rollout]): [string, Traffic[], Rollout] => [`${name} inside the cluster`, [], rollout]),
];
const PODS: Array<[string, Props]> = [
  ['a fixed number', { replicas: Replicas.fixed(3) }],
  ['an autoscaler', { replicas: Replicas.autoscaled({ min: 3, max: 9 }) }],
  ['KEDA', {
    replicas: Replicas.keda({
      min: 3, max: 9, triggers: [KedaTrigger.cpu(70), KedaTrigger.prometheus({ serverAddress: 'http://p:9090', query: 'up{app="payments"}', threshold: 3 })],
    }),
  }],
  ['everything', {
    replicas: Replicas.fixed(4),
    config: { LOG_LEVEL: 'info' },
    allowFrom: [NetworkPeer.namespace('web')],
    selector: { app: 'payments' },
    labels: { team: 'pay' },
    startsWithin: Duration.seconds(90),
    longestRequest: Duration.seconds(120),
    health: Health.http({ readiness: '/ready', liveness: '/live' }),
  }],
];
const COMBINATIONS: Array<[string, Props]> = RELEASES.flatMap(([release, traffic, rollout]) =>
  PODS.map(([pods, props]): [string, Props] => [`${release}, with ${pods}`, { ...props, traffic, rollout }]));

test('every release that is legal is tried', () => {
  expect(COMBINATIONS.length).toBeGreaterThan(70);
});

describe.each(COMBINATIONS)('%s', (_, props) => {
  const { objects } = synthesize(props);
  const yaml = Yaml.stringify(...objects);

  test('is what an API server takes', () => {
    expect(objects.flatMap((object) => apiServerRules(object))).toEqual([]);
  });

  test('has nothing that our own checks would warn of', () => {
    const findings = checked(yaml, { kubernetes: 30 }).filter(({ severity }) => severity !== 'info');
    expect(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  test('is proved', () => {
    const { workloads } = verified(yaml, { kubernetes: 30 });
    expect(workloads).toHaveLength(1);
    expect(workloads[0].ways.map(({ path, verdict, reason, answers }) =>
      [path, verdict, reason, answers.filter(({ holds }) => !holds).map(({ question, inequality }) => `${question}: ${inequality}`)])).toEqual(
      workloads[0].ways.map(({ path }) => [path, 'PROVED', undefined, []]),
    );
    expect(workloads[0].ways.length).toBeGreaterThan(0);
  });

  test('refers to nothing twice', () => {
    const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names).toEqual([...new Set(names)]);
  });
});

describeWithSchemas('the closed schemas', () => {
  test.each(COMBINATIONS)('take %s', (_, props) => {
    const { objects } = synthesize(props);
    for (const version of KUBERNETES_VERSIONS.slice(1)) {
      const schemas = ClosedSchemas.load(version);
      expect(objects.flatMap((object) => schemas.validate(object))).toEqual([]);
    }
  });
});
