import { broken, type Change } from './broken';
import { SOUND_CANARY, SOUND_GATEWAY, SOUND_NGINX } from './sound-routes';
import { checked } from '../support/checked';

/** What somebody breaks in sound manifests, and the rule that has to find it. */
type Break = readonly [rule: string, title: string, changes: readonly Change[], added?: string];

const SECOND_RULE = { backendRefs: [{ name: 'payments', port: 80 }], matches: [{ path: { type: 'PathPrefix', value: '/payments' } }] };

const GATEWAY: readonly Break[] = [
  ['route-backend-missing', 'the route names what was renamed', [['HTTPRoute', 'spec/rules/0/backendRefs/0/name', 'pay']]],
  ['route-port-missing', 'the route names the container\'s port', [['HTTPRoute', 'spec/rules/0/backendRefs/0/port', 8080]]],
  ['route-weights-zero', 'the only backend has no weight', [['HTTPRoute', 'spec/rules/0/backendRefs/0/weight', 0]]],
  ['route-backend-not-granted', 'the backend is in another namespace that grants nothing', [['HTTPRoute', 'metadata/namespace', 'edge'],
    ['HTTPRoute', 'spec/rules/0/backendRefs/0/namespace', 'shop']]],
  ['pre-stop-too-short', 'the hook covers kube-proxy and not the Gateway', [['Deployment', 'spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds', 10]]],
  ['service-target-port-missing', 'the container\'s port was renamed', [['Deployment', 'spec/template/spec/containers/0/ports/0/name', 'web']]],
  ['overlapping-selectors', 'a copy of the workload keeps its labels', [],
    SOUND_GATEWAY.split('---')[1].replace('metadata: { name: payments,', 'metadata: { name: payments-next,')],
];

const NGINX: readonly Break[] = [
  ['nginx-canary-without-main', 'the host of a canary is misspelt', [], SOUND_NGINX.split('---').slice(-1)[0]
    .replace('name: payments, namespace: shop, annotations: {}', 'name: payments-canary, namespace: shop, annotations: { nginx.ingress.kubernetes.io/canary: "true" }')
    .replace('host: payments.', 'host: payment.')],
  ['nginx-retries-unsafe', 'what was sent once is sent again', [
    ['Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io~1proxy-next-upstream', 'error timeout non_idempotent'],
  ]],
  ['timeout-shorter-than-request', 'the proxy gives up before the program, whose requests are known', [
    ['Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io~1proxy-read-timeout', '5'],
    ['Deployment', 'metadata/annotations', { 'zero-downtime/longest-request-seconds': '15' }],
  ]],
  ['external-traffic-local', 'a load balancer sends to the nodes of the pods alone, which it asks too seldom', [
    ['Service', 'spec', {
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      externalTrafficPolicy: 'Local',
      selector: { app: 'payments' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    }],
    ['Service', 'metadata/annotations', { 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval': '30' }],
  ]],
];

const CANARY: readonly Break[] = [
  ['canary-target-missing', 'the target was renamed', [['Canary', 'spec/targetRef/name', 'pay']]],
  ['canary-autoscaler-missing', 'the autoscaler was renamed', [['Canary', 'spec/autoscalerRef/name', 'pay']]],
  ['canary-autoscaler', 'the autoscaler is not named', [['Canary', 'spec/autoscalerRef']]],
  ['canary-budget', 'the budget protects the pods that are scaled to zero', [['PodDisruptionBudget', 'spec/selector/matchLabels', { app: 'payments' }]]],
  ['canary-without-checks', 'nothing judges the new version', [['Canary', 'spec/analysis/metrics'], ['Canary', 'spec/analysis/webhooks']]],
  ['canary-analysis', 'no step moves the weight', [['Canary', 'spec/analysis/stepWeight']]],
  ['canary-metric-missing', 'a metric has no template', [['Canary', 'spec/analysis/metrics/0', { name: 'errors', templateRef: { name: 'errors' } }]],
    'apiVersion: flagger.app/v1beta1\nkind: MetricTemplate\nmetadata: { name: error-rate, namespace: shop }\nspec: { query: errors }\n'],
  ['canary-metric-window', 'the steps are quicker than the metric', [['Canary', 'spec/analysis/interval', '15s']]],
  ['canary-webhook-timeout', 'a webhook takes longer than a step', [['Canary', 'spec/analysis/webhooks/0/timeout', '5m']]],
  ['canary-service-conflict', 'somebody writes the Service that Flagger keeps', [],
    'apiVersion: v1\nkind: Service\nmetadata: { name: payments, namespace: shop }\nspec: { selector: { app: payments }, ports: [{ port: 80, targetPort: http }] }\n'],
  ['canary-session-affinity', 'users stay with the canary and not with the primary', [['Canary', 'spec/analysis/sessionAffinity', { cookieName: 'side' }]]],
];

const idsIn = (yaml: string) => [...new Set(checked(yaml).map(({ ruleId }) => ruleId))];

test.each([['Gateway', SOUND_GATEWAY], ['ingress-nginx', SOUND_NGINX], ['Flagger', SOUND_CANARY]])('the sound manifests of %s violate nothing', (_name, yaml) => {
  expect(idsIn(yaml)).toEqual([]);
});

test.each([
  ...GATEWAY.map((each) => [SOUND_GATEWAY, ...each] as const),
  ...NGINX.map((each) => [SOUND_NGINX, ...each] as const),
  ...CANARY.map((each) => [SOUND_CANARY, ...each] as const),
].map(([sound, rule, title, changes, added]) => ({ sound, rule, title, changes, added })))('$rule finds that $title', ({ sound, rule, changes, added }) => {
  expect(idsIn(broken(sound, changes, added))).toContain(rule);
});

test('route-unreachable finds that a rule asks what the one before it takes', () => {
  const twice = broken(SOUND_GATEWAY, [['HTTPRoute', 'spec/rules/1', SECOND_RULE]]);
  expect(idsIn(twice)).toEqual(['route-unreachable']);
});
