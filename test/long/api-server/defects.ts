import { withValue } from '../../schemas/variants';
import { JsonObject } from '../../support/manifest-finding';

/** One thing wrong with an object of a kind: at a place, the value that makes it so, and what the server says of it. */
export type Defect = readonly [title: string, kind: string, pointer: string, value: unknown, refusal: RegExp];

const TEMPLATE = '/spec/template';
const POD = `${TEMPLATE}/spec`;
const CONTAINER = `${POD}/containers/0`;
const PATH = '/spec/rules/0/http/paths/0';

const deployments: Defect[] = [
  ['a misspelt field', 'Deployment', `${POD}/terminationGracePeriodSecond`, 60, /unknown field "spec.template.spec.terminationGracePeriodSecond"/],
  ['a number as text', 'Deployment', '/spec/minReadySeconds', '15', /cannot unmarshal string into .*minReadySeconds of type int32/],
  ['a hook that outlasts the grace period', 'Deployment', `${CONTAINER}/lifecycle/preStop`, { sleep: { seconds: 100_000 } },
    /preStop.sleep: .*less than terminationGracePeriod/],
  ['two hooks in one', 'Deployment', `${CONTAINER}/lifecycle/preStop`, { sleep: { seconds: 5 }, exec: { command: ['true'] } },
    /may not specify more than 1 handler type/],
  ['no step for a release', 'Deployment', '/spec/strategy/rollingUpdate', { maxSurge: 0, maxUnavailable: 0 },
    /maxUnavailable: .*may not be 0 when `maxSurge` is 0/],
  ['a selector that misses the pods', 'Deployment', '/spec/selector', { matchLabels: { app: 'another' } },
    /`selector` does not match template `labels`/],
  ['no selector', 'Deployment', '/spec/selector', undefined, /spec.selector: Required value/],
  ['negative minReadySeconds', 'Deployment', '/spec/minReadySeconds', -1, /minReadySeconds: .*greater than or equal to 0/],
  ['a deadline within minReadySeconds', 'Deployment', '/spec/progressDeadlineSeconds', 1,
    /progressDeadlineSeconds: .*must be greater than minReadySeconds/],
  ['a label that is no label', 'Deployment', '/metadata/labels', { team: 'a team' }, /metadata.labels: .*a valid label must be/],
  ['a port name that is too long', 'Deployment', `${CONTAINER}/ports/0/name`, 'a-name-of-17-char',
    /ports\[0\].name: .*must be no more than 15 characters/],
  ['a port name without a letter', 'Deployment', `${CONTAINER}/ports/0/name`, '80', /ports\[0\].name: .*must contain at least one letter/],
  ['a mount of a volume that is not there', 'Deployment', `${CONTAINER}/volumeMounts/0/name`, 'nowhere',
    /volumeMounts\[0\].name: Not found: "nowhere"/],
  ['a volume that is there twice', 'Deployment', `${POD}/volumes`, [{ name: 'tmp', emptyDir: {} }, { name: 'tmp', emptyDir: {} }],
    /volumes\[1\].name: Duplicate value/],
  ['a variable name that no program can read', 'Deployment', `${CONTAINER}/env/0/name`, 'A=B',
    /env\[0\].name: .*must consist only of printable ASCII/],
  ['a variable of two sources', 'Deployment', `${CONTAINER}/env/0`, { name: 'A', value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    /may not be specified when `value` is not empty/],
  ['a limit below the request', 'Deployment', `${CONTAINER}/resources`, { requests: { cpu: '2' }, limits: { cpu: '1' } },
    /must be less than or equal to cpu limit/],
  ['an amount that is none', 'Deployment', `${CONTAINER}/resources/requests`, { cpu: 'one' }, /quantities must match/],
  ['a liveness probe that needs two successes', 'Deployment', `${CONTAINER}/livenessProbe/successThreshold`, 2,
    /livenessProbe.successThreshold: .*must be 1/],
  ['a timeout of no seconds at all', 'Deployment', `${CONTAINER}/readinessProbe/timeoutSeconds`, -1, /timeoutSeconds: .*greater than or equal to 0/],
  ['no image', 'Deployment', `${CONTAINER}/image`, '', /containers\[0\].image: Required value/],
  ['a pod that does not restart', 'Deployment', `${POD}/restartPolicy`, 'Never', /restartPolicy: Unsupported value: "Never"/],
  ['a spread of nothing', 'Deployment', `${POD}/topologySpreadConstraints/0/maxSkew`, 0, /maxSkew: .*must be greater than zero/],
];

const others: Defect[] = [
  ['a budget of two sorts', 'PodDisruptionBudget', '/spec', { minAvailable: 1, maxUnavailable: 1, selector: { matchLabels: { app: 'a' } } },
    /cannot be both set/],
  ['a budget below nothing', 'PodDisruptionBudget', '/spec/maxUnavailable', -1, /maxUnavailable: .*greater than or equal to 0/],
  ['an autoscaler with more at least than at most', 'HorizontalPodAutoscaler', '/spec/minReplicas', 1000,
    /maxReplicas: .*greater than or equal to `minReplicas`/],
  ['an autoscaler that never looks back', 'HorizontalPodAutoscaler', '/spec/behavior/scaleDown/stabilizationWindowSeconds', 4000,
    /stabilizationWindowSeconds: .*less than or equal to 3600/],
  ['a path without a type', 'Ingress', `${PATH}/pathType`, undefined, /pathType: Required value/],
  ['a path that starts nowhere', 'Ingress', `${PATH}/path`, 'pay', /path: .*must be an absolute path/],
  ['a host that is an address', 'Ingress', '/spec/rules/0/host', '10.0.0.1', /host: .*must be a DNS name, not an IP address/],
  ['a service port that is there twice', 'Service', '/spec/ports', [{ name: 'a', port: 80 }, { name: 'a', port: 81 }],
    /ports\[1\].name: Duplicate value/],
  ['ports without names', 'Service', '/spec/ports', [{ port: 80 }, { port: 81 }], /ports\[0\].name: Required value/],
  ['affinity for longer than a day', 'Service', '/spec', {
    ports: [{ port: 80 }], sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } },
  }, /timeoutSeconds: .*must be greater than 0 and less than 86400/],
  ['a name with capitals', 'ServiceAccount', '/metadata/name', 'Payments', /metadata.name: .*lower case/],
  ['a key that is a path', 'ConfigMap', '/data', { 'a/b': 'c' }, /data\[a\/b\]: .*a valid config key must consist/],
  ['content that is too large', 'ConfigMap', '/data', { a: 'x'.repeat(1024 * 1024 + 1) }, /Too long/],
  ['a network that is none', 'NetworkPolicy', '/spec/ingress', [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }], /cidr: .*must be a valid CIDR/],
  ['a peer of two sorts', 'NetworkPolicy', '/spec/ingress', [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }],
    /may not specify both ipBlock and another peer/],
];

export const DEFECTS: readonly Defect[] = [...deployments, ...others];

/** The first object of the defect's kind, with the defect. */
export function defective(objects: readonly JsonObject[], [, kind, pointer, value]: Defect): JsonObject {
  const good = objects.find((object) => object.kind === kind);
  if (good === undefined) {
    throw new Error(`no ${kind} to break`);
  }
  return withValue(good, pointer, value);
}
