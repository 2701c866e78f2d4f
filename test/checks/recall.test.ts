import { broken, storeService, type Change } from './broken';
import { SOUND_ROLLOUT } from './sound-rollout';
import { checked, type CheckedOptions } from '../support/checked';

const UI = storeService('ui');
const UNREAD_NAMESPACE = 'alb-readiness-gate-unknown';
const CONTAINER = 'spec/template/spec/containers/0';

/** What somebody breaks in sound manifests, and the rule that has to find it. */
type Break = readonly [rule: string, title: string, changes: readonly Change[], more?: More];

interface More {
  readonly added?: string;
  readonly options?: CheckedOptions;
}

const change = (kind: string, path: string, value?: Change[2]): Change => [kind, path, value];
const deployment = (path: string, value?: Change[2]) => change('Deployment', path, value);
const container = (path: string, value?: Change[2]) => deployment(`${CONTAINER}/${path}`, value);
const ingress = (annotation: string, value: string): Change => ['Ingress', `metadata/annotations/alb.ingress.kubernetes.io~1${annotation}`, value];

function idsIn(yaml: string, options?: CheckedOptions): readonly string[] {
  return [...new Set(checked(yaml, options).map(({ ruleId }) => ruleId))];
}

const BACKEND = 'spec/rules/0/http/paths/0/backend/service';
const SPREAD = 'spec/template/spec/topologySpreadConstraints';

const ENDINGS: readonly Break[] = [
  ['missing-pre-stop', 'the hook is removed', [container('lifecycle')]],
  ['pre-stop-too-short', 'the hook is halved', [container('lifecycle/preStop/sleep/seconds', 30)]],
  ['pre-stop-fills-grace', 'the grace period is what the hook takes', [deployment('spec/template/spec/terminationGracePeriodSeconds', 60)]],
  ['grace-too-short', 'the grace period is cut by ten seconds', [deployment('spec/template/spec/terminationGracePeriodSeconds', 70)]],
  ['pre-stop-unreadable', 'the hook becomes a script', [container('lifecycle/preStop', { exec: { command: ['/bin/drain.sh'] } })]],
  ['pre-stop-unsupported', 'the cluster is older than the hook', [], { options: { kubernetes: 29 } }],
  ['pre-stop-needs-shell', 'the image loses its shell', [
    container('lifecycle/preStop', { exec: { command: ['sh', '-c', 'sleep 60'] } }), container('image', 'gcr.io/distroless/java21:ui-1.2.1'),
  ]],
  ['keep-alive-too-short', 'the program closes idle connections sooner', [deployment('metadata/annotations/zero-downtime~1keep-alive-seconds', '30')]],
  ['keep-alive-too-short', 'the load balancer keeps idle connections longer', [ingress('load-balancer-attributes', 'idle_timeout.timeout_seconds=120')]],
  ['alb-deregistration-delay', 'targets are given too little time', [ingress('target-group-attributes', 'deregistration_delay.timeout_seconds=5')]],
  ['alb-deregistration-delay-long', 'targets are given more time than their pods have', [ingress('target-group-attributes', 'deregistration_delay.timeout_seconds=300')]],
];

const STARTS: readonly Break[] = [
  ['readiness-only-at-start', 'the readiness probe is removed', [container('readinessProbe')]],
  ['missing-readiness-probe', 'all probes are removed', [container('readinessProbe'), container('startupProbe'), container('livenessProbe')]],
  ['connect-only-readiness', 'readiness asks for a connection alone', [container('readinessProbe/httpGet'), container('readinessProbe/tcpSocket', { port: 'http' })]],
  ['probe-port-missing', 'a probe asks a port by a name that was changed', [container('readinessProbe/httpGet/port', 'web')]],
  ['same-probe', 'liveness asks what readiness asks', [container('livenessProbe/httpGet/path', '/actuator/health/readiness'), container('livenessProbe/periodSeconds', 5)]],
  ['liveness-kills-start', 'the startup probe is removed', [container('startupProbe')]],
  ['startup-budget-too-short', 'the startup probe gives up sooner', [container('startupProbe/failureThreshold', 10)]],
  ['progress-deadline-too-short', 'a release is given one minute', [deployment('spec/progressDeadlineSeconds', 60)]],
  ['min-ready-zero', 'new pods need not stay ready', [deployment('spec/minReadySeconds', 0)]],
  ['config-missing', 'a key of the configuration is misspelt', [
    container('env/0', { name: 'THEME', valueFrom: { configMapKeyRef: { name: 'ui-settings', key: 'teme' } } }),
  ], { added: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ui-settings, namespace: ui }\ndata: { theme: orange }\n' }],
  ['literal-secret', 'a password is written down', [container('env/0', { name: 'SESSION_PASSWORD', value: 'correct-horse' })]],
  ['moving-image-tag', 'the image becomes the latest', [container('image', 'registry.example.com/ui:latest')]],
  ['missing-requests', 'the requests are removed', [container('resources')]],
  ['host-port-blocks-surge', 'the container takes a port of the node', [container('ports/0/hostPort', 8080)]],
  ['single-writer-volume', 'the pods share a volume that one can mount', [deployment('spec/template/spec/volumes/0', { name: 'tmp', persistentVolumeClaim: { claimName: 'ui' } })],
    { added: 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ui, namespace: ui }\nspec: { accessModes: [ReadWriteOnce] }\n' }],
];

const NUMBERS: readonly Break[] = [
  ['single-replica', 'the autoscaler may go down to one', [change('HorizontalPodAutoscaler', 'spec/minReplicas', 1)]],
  ['autoscaler-min-above-max', 'the autoscaler\'s least is above its most', [change('HorizontalPodAutoscaler', 'spec/minReplicas', 20)]],
  ['autoscaler-fixed', 'the autoscaler has no room', [change('HorizontalPodAutoscaler', 'spec/maxReplicas', 3)]],
  ['autoscaler-target-missing', 'the autoscaler names what was renamed', [change('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name', 'web')]],
  ['autoscaler-with-replicas', 'replicas are written beside the autoscaler', [deployment('spec/replicas', 3)]],
  ['autoscaler-without-requests', 'the requests that the autoscaler goes by are removed', [container('resources')]],
  ['several-autoscalers', 'a second autoscaler is added', [], {
    added: 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n'
    + 'metadata: { name: ui-memory, namespace: ui }\nspec: { minReplicas: 2, maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ui } }\n',
  }],
  ['budget-blocks-drain', 'the budget lets nothing go', [change('PodDisruptionBudget', 'spec/maxUnavailable', 0)]],
  ['budget-blocks-drain', 'the budget asks for all that the autoscaler keeps', [
    change('PodDisruptionBudget', 'spec/maxUnavailable'), change('PodDisruptionBudget', 'spec/minAvailable', 3),
  ]],
  ['budget-allows-all', 'the budget lets everything go', [change('PodDisruptionBudget', 'spec/maxUnavailable', '100%')]],
  ['budget-without-policy', 'the budget says nothing', [change('PodDisruptionBudget', 'spec/maxUnavailable')]],
  ['budget-on-unhealthy', 'the budget keeps broken pods', [change('PodDisruptionBudget', 'spec/unhealthyPodEvictionPolicy')]],
  ['budget-selects-nothing', 'the budget selects by a former label', [change('PodDisruptionBudget', 'spec/selector/matchLabels', { app: 'ui' })]],
  ['no-disruption-budget', 'the budget goes to another namespace', [change('PodDisruptionBudget', 'metadata/namespace', 'default')]],
  ['several-budgets', 'a second budget is added', [], {
    added: 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: all, namespace: ui }\n'
    + 'spec: { minAvailable: 1, selector: { matchLabels: { app.kubernetes.io/name: ui } } }\n',
  }],
  ['surge-and-unavailable-zero', 'a release may neither add nor take', [deployment('spec/strategy/rollingUpdate/maxSurge', 0)]],
  ['unavailable-takes-all', 'a release may take all', [deployment('spec/strategy/rollingUpdate/maxUnavailable', '100%')]],
  ['unavailable-lowers-capacity', 'a release may take one', [deployment('spec/strategy/rollingUpdate/maxUnavailable', 1)]],
  ['unavailable-rounds-to-zero', 'a release has only a share that comes to none', [deployment('spec/strategy/rollingUpdate', { maxSurge: 0, maxUnavailable: '25%' })]],
  ['recreate-strategy', 'a release ends all pods first', [deployment('spec/strategy', { type: 'Recreate' })]],
  ['paused', 'a pause is forgotten', [deployment('spec/paused', true)]],
  ['no-rollback-history', 'no former version is kept', [deployment('spec/revisionHistoryLimit', 0)]],
  ['selector-mismatch', 'the selector is changed and the template is not', [deployment('spec/selector/matchLabels', { app: 'ui' })]],
  ['no-spread', 'nothing spreads the pods', [deployment(SPREAD)]],
  ['spread-selects-nothing', 'what spreads the pods selects by a former label', [deployment(`${SPREAD}/1/labelSelector/matchLabels`, { app: 'ui' })]],
  ['anti-affinity-blocks-surge', 'no two pods may share a node', [deployment('spec/template/spec/affinity', {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'ui' } } }],
    },
  })]],
  ['quota-blocks-surge', 'the namespace has room for the pods and no surge', [], { added: 'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: ui, namespace: ui }\nspec: { hard: { pods: 3 } }\n' }],
];

const ROUTES: readonly Break[] = [
  ['service-selects-nothing', 'the Service selects by a former label', [change('Service', 'spec/selector', { app: 'ui' })]],
  ['service-target-port-missing', 'the Service targets a port by a former name', [change('Service', 'spec/ports/0/targetPort', 'web')]],
  ['publishes-not-ready', 'the Service names pods that are not ready', [change('Service', 'spec/publishNotReadyAddresses', true)]],
  ['internal-traffic-local', 'the Service stays on the node', [change('Service', 'spec/internalTrafficPolicy', 'Local')]],
  ['session-affinity', 'the Service keeps clients on a pod', [change('Service', 'spec/sessionAffinity', 'ClientIP')]],
  ['ingress-backend-missing', 'the Ingress names what was renamed', [change('Ingress', `${BACKEND}/name`, 'web')]],
  ['ingress-port-missing', 'the Ingress names a port of the container', [change('Ingress', `${BACKEND}/port`, { number: 8080 })]],
  ['alb-instance-targets', 'the load balancer goes by way of nodes', [ingress('target-type', 'instance')]],
  ['alb-readiness-gate-missing', 'the namespace has lost its label', [deployment('metadata/annotations/zero-downtime~1readiness-gates')],
    { added: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: ui }\n' }],
];

const ROLLOUT_BREAKS: readonly Break[] = [
  ['subset-undefined', 'a route names a subset that was renamed', [change('VirtualService', 'spec/http/0/route/1/destination/subset', 'next')]],
  ['virtual-service-host-missing', 'the Service of its routes was renamed', [change('Service', 'metadata/name', 'pay')]],
  ['virtual-service-port-missing', 'a route names the container\'s port', [change('VirtualService', 'spec/http/0/route/0/destination/port', { number: 8080 })]],
  ['destination-rule-host-missing', 'the Service of its subsets was renamed', [change('Service', 'metadata/name', 'pay')]],
  ['route-weights', 'no version has a weight', [change('VirtualService', 'spec/http/0/route/0/weight', 0)]],
  ['rollout-service-missing', 'the stable Service is misspelt', [change('Rollout', 'spec/strategy/canary/stableService', 'payment')]],
  ['rollout-scale-down-delay', 'old pods end at once', [change('Rollout', 'spec/strategy/canary/scaleDownDelaySeconds', 0)]],
  ['rollout-dynamic-stable-scale', 'stable pods end as weights move', [
    change('Rollout', 'spec/strategy/canary/dynamicStableScale', true), change('Rollout', 'spec/strategy/canary/scaleDownDelaySeconds'),
  ]],
  ['rollout-surge-ignored', 'a surge is written that nothing reads', [change('Rollout', 'spec/strategy/canary/maxSurge', 1)]],
  ['rollout-steps', 'a weight gets one digit too many', [change('Rollout', 'spec/strategy/canary/steps/0/setWeight', 200)]],
  ['rollout-analysis-missing', 'the analysis was renamed', [change('AnalysisTemplate', 'metadata/name', 'rate')]],
  ['analysis-guards', 'the analysis forgets that nothing may have come', [change('AnalysisTemplate', 'spec/metrics/0/successCondition', 'result[0] >= 0.99')]],
  ['analysis-window', 'the analysis looks back to before the release', [change('AnalysisTemplate', 'spec/metrics/0/initialDelay')]],
  ['istio-drain-too-short', 'the proxy ends first', [
    change('Rollout', 'spec/template/metadata/annotations', { 'proxy.istio.io/config': 'terminationDrainDuration: 5s' }),
  ], { options: { assume: { 'istio-sidecar': 'legacy' } } }],
];

test('the sound manifests violate nothing, but for a namespace that was not read', () => {
  expect(idsIn(UI)).toEqual([UNREAD_NAMESPACE]);
  expect(idsIn(SOUND_ROLLOUT)).toEqual([]);
});

test.each([
  ...[...ENDINGS, ...STARTS, ...NUMBERS, ...ROUTES].map((each) => [UI, ...each] as const),
  ...ROLLOUT_BREAKS.map((each) => [SOUND_ROLLOUT, ...each] as const),
].map(([sound, rule, title, changes, more]) => ({ sound, rule, title, changes, more })))('$rule finds that $title', ({ sound, rule, changes, more }) => {
  const ids = idsIn(broken(sound, changes, more?.added), more?.options).filter((id) => id !== UNREAD_NAMESPACE);
  expect(ids).toContain(rule);
  // One mistake may have a consequence that another rule tells of; more would bury it.
  expect(ids.length).toBeLessThanOrEqual(2);
});

test('a budget that is broken leads to no error about anything else', () => {
  const budgets = NUMBERS.filter(([, , changes]) => changes.length > 0 && changes.every(([kind]) => kind === 'PodDisruptionBudget'));
  const errors = budgets.flatMap(([, , changes, more]) => checked(broken(UI, changes, more?.added)).filter(({ severity }) => severity === 'error'));
  expect(errors.filter(({ ruleId }) => !/budget/.test(ruleId)).map(({ ruleId }) => ruleId)).toEqual([]);
});
