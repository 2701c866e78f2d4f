import fc from 'fast-check';
import { readText } from '../../src/reading/read-text';
import { albIngress, inside, namespace } from '../verify/verdicts/manifests';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const ISTIO = JSON.stringify({ 'proxy.istio.io/config': 'terminationDrainDuration: 20s\nproxyMetadata: { MINIMUM_DRAIN_DURATION: 5s }' });
const OTHERS = [
  albIngress(30), namespace('{ istio-injection: enabled, elbv2.k8s.aws/pod-readiness-gate-inject: enabled }'),
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: b, namespace: shop }\nspec: { minAvailable: 50%, selector: { matchExpressions: [{ key: app, operator: In, values: [payments] }] } }\n',
  'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h, namespace: shop }\nspec: { scaleTargetRef: { kind: Deployment, name: payments }, minReplicas: 2, maxReplicas: 4, metrics: [{ type: Resource }] }\n',
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: v, namespace: shop }\nspec: { hosts: [payments], http: [{ timeout: 5s, retries: { attempts: 2, perTryTimeout: 2s }, route: [{ destination: { host: payments, subset: one, port: { number: 80 } }, weight: 100 }] }] }\n',
  'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: d, namespace: shop }\nspec: { host: payments, subsets: [{ name: one, labels: { version: a } }], trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 100 } } }\n',
  'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: r, namespace: shop }\nspec: { rules: [{ matches: [{ path: { value: / } }], timeouts: { request: 5s }, backendRefs: [{ name: payments, port: 80, weight: 1 }] }] }\n',
  'apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: c, namespace: shop }\nspec: { targetRef: { kind: Deployment, name: payments }, analysis: { interval: 1m, threshold: 5, metrics: [{ name: request-success-rate, interval: 1m }] } }\n',
  'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: q, namespace: shop }\nspec: { hard: { pods: "9", requests.cpu: "4" } }\n',
];

const WORKLOADS = [
  inside({ podAnnotations: ISTIO, others: OTHERS, pod: ', topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, labelSelector: {} }]' }),
  inside({ kind: 'StatefulSet', spec: 'replicas: 2\n  serviceName: payments\n  updateStrategy: { rollingUpdate: { partition: 1, maxUnavailable: 1 } }', others: OTHERS.slice(0, 3) }),
  inside({ kind: 'DaemonSet', spec: 'updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }' }),
  inside({
    kind: 'Rollout',
    spec: 'replicas: 2\n  strategy: { canary: { maxSurge: 1, scaleDownDelaySeconds: 30, trafficRouting: { alb: { ingress: public, servicePort: 80 } }, '
    + 'steps: [{ setWeight: 20 }, { pause: { duration: 10m } }, { analysis: { templates: [{ templateName: t }] } }] } }',
    others: OTHERS.slice(0, 2),
  }),
  inside({ kind: 'Rollout', spec: 'replicas: 2\n  strategy: { blueGreen: { activeService: payments, scaleDownDelaySeconds: 30 } }' }),
];

const SOUND: readonly (readonly Json[])[] = WORKLOADS.map((yaml) => readText('a.yaml', yaml).objects.map(({ value }) => value as Json));

const WRONG: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, '', ' ', 'text', '25%', '999%', '-5%', '5s', '-5s', '1e9h', '0.5s', '[', 'a: b: c', '{{ .Values.x }}', '\u0000', '\ud800', '__proto__', [], [null], {}, { a: 1 }),
  fc.constantFrom<Json>(0, -1, -0, 1, 1.5, 30, 100, 1e6, 2 ** 31, 2 ** 53, 1e21, -1e15), fc.string({ maxLength: 8 }), fc.integer(),
);

interface Mutation {
  readonly at: readonly number[];
  readonly change: 'replace' | 'delete' | 'duplicate';
  readonly value: Json;
}

/** Leads from the root to some field: each number chooses among the children of a value. */
function mutated(value: Json, { at: [choice, ...rest], change, value: other }: Mutation): Json {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.length === 0 || choice === undefined) {
    return other;
  }
  const key = keys[choice % keys.length];
  const child = (value as Record<string, Json>)[key];
  const changed = rest.length === 0 && change === 'replace' ? other : mutated(child, { at: rest, change, value: other });
  if (Array.isArray(value)) {
    const index = Number(key);
    return rest.length > 0 || change === 'replace' ? value.map((item: Json, each) => each === index ? changed : item)
      : change === 'delete' ? value.filter((_, each) => each !== index) : [...value as Json[], child];
  }
  const entries = Object.entries(value as Record<string, Json>);
  return Object.fromEntries(rest.length > 0 || change === 'replace' ? entries.map(([name, item]) => [name, name === key ? changed : item])
    : change === 'delete' ? entries.filter(([name]) => name !== key) : [...entries, [`${key}2`, child]]);
}

const MUTATION: fc.Arbitrary<Mutation> = fc.record({
  at: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 9 }), change: fc.constantFrom('replace', 'replace', 'delete', 'duplicate'), value: WRONG,
});

/** Sound manifests of which a few fields have been removed, repeated, or given a value of another type or size. */
export const MUTATED_MANIFESTS: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom(...SOUND), fc.array(MUTATION, { minLength: 1, maxLength: 4 }),
).map(([objects, mutations]) => {
  const changed = mutations.reduce<Json>(mutated, objects);
  return (Array.isArray(changed) ? changed as Json[] : [changed]).map((object) => JSON.stringify(object)).join('\n---\n');
});

/** The manifests before anything is changed. */
export const SOUND_MANIFESTS: readonly string[] = WORKLOADS;
