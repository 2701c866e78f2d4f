import { deployment, podTemplate } from './fixtures';
import { describeRules } from './rule-cases';
import { withValue } from './variants';
import { apiServerRules } from '../support/api-server-rules';
import { parseQuantity } from '../support/api-server-rules/quantities';
import { JsonObject } from '../support/manifest-finding';

const SPEC = '/spec';
const CONTAINER = '/spec/containers/0';
const CONSTRAINT = '/spec/topologySpreadConstraints/0';
const LABEL = 'must be an RFC 1123 label of at most 63 characters';
const PORT_NAME = "must be an IANA service name: at most 15 of a-z, 0-9 and single inner '-', with a letter";
const INIT = { name: 'migrate', image: 'migrate:1' };
const PROBE = { exec: { command: ['true'] } };

function pod(): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'payments' }, spec: podTemplate().spec };
}

describeRules('pod spec', pod, [
  ['terminationGracePeriodSeconds', `${SPEC}/terminationGracePeriodSeconds`, 0, -1, 'must be at least 0'],
  ['activeDeadlineSeconds', `${SPEC}/activeDeadlineSeconds`, 1, 0, 'must be between 1 and 2147483647'],
  ['hostname', `${SPEC}/hostname`, 'a', 'a.b', `'a.b' ${LABEL}`],
  ['serviceAccountName', `${SPEC}/serviceAccountName`, 'a.b', 'A', "'A' must be an RFC 1123 subdomain of at most 253 characters"],
  ['containers', `${SPEC}/containers`, [{ name: 'a', image: 'a' }], [], 'required'],
  ['node selector', `${SPEC}/nodeSelector`, { 'kubernetes.io/os': 'linux' }, { '-': 'x' },
    `${SPEC}/nodeSelector/-: key '-' must be at most 63 alphanumerics, '-', '_' or '.', alphanumeric at both ends`],
]);

describeRules('container', pod, [
  ['name', `${CONTAINER}/name`, 'a-1', 'a_1', `'a_1' ${LABEL}`],
  ['name is at most 63 long', `${CONTAINER}/name`, 'a'.repeat(63), 'a'.repeat(64), `'${'a'.repeat(64)}' ${LABEL}`],
  ['name is required', `${CONTAINER}/name`, 'a', undefined, 'required'],
  ['image is required', `${CONTAINER}/image`, 'a', '', 'required'],
  ['imagePullPolicy', `${CONTAINER}/imagePullPolicy`, 'Always', 'Sometimes', 'must be one of Always, IfNotPresent, Never'],
  ['names are unique', `${SPEC}/initContainers`, [INIT], [{ ...INIT, name: 'payments' }], `${SPEC}/initContainers/0: duplicate container payments`],
  ['runAsUser', `${CONTAINER}/securityContext`, { runAsUser: 0 }, { runAsUser: -1 }, `${CONTAINER}/securityContext/runAsUser: must be between 0 and 2147483647`],
  ['privileged containers escalate', `${CONTAINER}/securityContext`, { privileged: true }, { privileged: true, allowPrivilegeEscalation: false },
    `${CONTAINER}/securityContext/allowPrivilegeEscalation: must not be false when privileged is true`],
  ['only sidecars among init containers have probes', `${SPEC}/initContainers`,
    [{ ...INIT, restartPolicy: 'Always', readinessProbe: PROBE }], [{ ...INIT, readinessProbe: PROBE }],
    `${SPEC}/initContainers/0/readinessProbe: must not be set for init containers that do not restart`],
]);

describeRules('container ports', pod, [
  ['names', `${CONTAINER}/ports/1/name`, 'metrics-v2', 'metrics--v2', `'metrics--v2' ${PORT_NAME}`],
  ['names are at most 15 long', `${CONTAINER}/ports/1/name`, 'a'.repeat(15), 'a'.repeat(16), `'${'a'.repeat(16)}' ${PORT_NAME}`],
  ['names hold a letter', `${CONTAINER}/ports/1/name`, '9090x', '9090', `'9090' ${PORT_NAME}`],
  ['names do not end in a hyphen', `${CONTAINER}/ports/1/name`, 'a-b', 'a-', `'a-' ${PORT_NAME}`],
  ['names are unique', `${CONTAINER}/ports/1/name`, 'admin', 'http', `${CONTAINER}/ports/1: duplicate port name http`],
  ['numbers are at least 1', `${CONTAINER}/ports/1/containerPort`, 1, 0, 'must be between 1 and 65535'],
  ['numbers are at most 65535', `${CONTAINER}/ports/1/containerPort`, 65535, 65536, 'must be between 1 and 65535'],
  ['number and protocol are unique', `${CONTAINER}/ports/1/containerPort`, 8081, 8080, `${CONTAINER}/ports/1: duplicate port 8080/TCP`],
  ['protocols', `${CONTAINER}/ports/1/protocol`, 'UDP', 'tcp', 'must be one of TCP, UDP, SCTP'],
  ['host ports are in range', `${CONTAINER}/ports/0/hostPort`, 8080, 70000, 'must be between 1 and 65535'],
]);

describeRules('container ports on the host network', () => withValue(pod(), `${SPEC}/hostNetwork`, true), [
  ['host ports equal container ports', `${CONTAINER}/ports/0/hostPort`, 8080, 80, 'must match containerPort with hostNetwork'],
]);

test('the same number under two protocols is two ports', () => {
  const ports = [{ name: 'dns', containerPort: 53, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' }];
  expect(apiServerRules(withValue(withValue(pod(), `${CONTAINER}/ports`, ports), `${CONTAINER}/livenessProbe`, undefined))).toEqual([]);
});

test('containers of one pod cannot share a host port', () => {
  const containers = ['a', 'b'].map((name) => ({ name, image: name, ports: [{ containerPort: 80, hostPort: 80 }] }));
  expect(apiServerRules(withValue(pod(), `${SPEC}/containers`, containers)))
    .toEqual([`Pod payments: ${SPEC}/containers/1/ports/0: duplicate host port TCP//80`]);
  containers[1].ports[0].hostPort = 81;
  expect(apiServerRules(withValue(pod(), `${SPEC}/containers`, containers))).toEqual([]);
});

describeRules('environment', pod, [
  ['names', `${CONTAINER}/env/0/name`, '_a.b-c', '1ST', "'1ST' must be an environment variable name"],
  ['names hold no spaces', `${CONTAINER}/env/0/name`, 'A_B', 'A B', "'A B' must be an environment variable name"],
  ['names are not paths', `${CONTAINER}/env/0/name`, '.env', '..env', "'..env' must not be '.' or start with '..'"],
  ['names are required', `${CONTAINER}/env/0/name`, 'A', undefined, 'required'],
  ['names are unique', `${CONTAINER}/env/0/name`, 'OTHER', 'POD_IP', `${CONTAINER}/env/1: duplicate environment variable POD_IP`],
  ['a value or its source', `${CONTAINER}/env/1/value`, '', 'x', `${CONTAINER}/env/1/valueFrom: may not be specified when value is not empty`],
  ['one source', `${CONTAINER}/env/1/valueFrom`, { secretKeyRef: { name: 's', key: 'k' } }, {},
    'must specify one of fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef'],
  ['downward fields', `${CONTAINER}/env/1/valueFrom/fieldRef/fieldPath`, "metadata.labels['app']", 'spec.replicas',
    'must be a field that the downward API offers'],
  ['keys of secrets', `${CONTAINER}/env/1/valueFrom`, { secretKeyRef: { name: 's', key: 'a.b' } }, { secretKeyRef: { name: 's', key: 'a/b' } },
    `${CONTAINER}/env/1/valueFrom/secretKeyRef/key: 'a/b' must be a ConfigMap key of at most 253 characters`],
  ['envFrom has one source', `${CONTAINER}/envFrom`, [{ secretRef: { name: 's' } }], [{ prefix: 'A_' }],
    `${CONTAINER}/envFrom/0: must specify one of configMapRef, secretRef`],
  ['envFrom prefixes', `${CONTAINER}/envFrom`, [{ prefix: 'A_', secretRef: { name: 's' } }], [{ prefix: 'A ', secretRef: { name: 's' } }],
    `${CONTAINER}/envFrom/0/prefix: 'A ' must be an environment variable name`],
]);

describeRules('volumes', pod, [
  ['names', `${SPEC}/volumes/1`, { name: 'tmp' }, { name: 'Tmp' }, `${SPEC}/volumes/1/name: 'Tmp' ${LABEL}`],
  ['names are unique', `${SPEC}/volumes/1`, { name: 'tmp' }, { name: 'config' }, `${SPEC}/volumes/1: duplicate volume config`],
  ['one source', `${SPEC}/volumes/0/emptyDir`, undefined, {}, `${SPEC}/volumes/0: must not specify more than one volume type: configMap, emptyDir`],
  ['sources are named', `${SPEC}/volumes/0/configMap/name`, 'a.b', undefined, 'required'],
  ['secrets are named', `${SPEC}/volumes/1`, { name: 'tls', secret: { secretName: 'tls' } }, { name: 'tls', secret: { name: 'tls' } },
    `${SPEC}/volumes/1/secret/secretName: required`],
  ['claims are named', `${SPEC}/volumes/1`, { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'data', persistentVolumeClaim: { claimName: 'My data' } },
    `${SPEC}/volumes/1/persistentVolumeClaim/claimName: 'My data' must be an RFC 1123 subdomain of at most 253 characters`],
  ['modes', `${SPEC}/volumes/0/configMap/defaultMode`, 0o777, 0o1000, 'must be between 0 and 511'],
  ['items stay inside', `${SPEC}/volumes/0/configMap/items`, [{ key: 'a', path: 'a/b' }], [{ key: 'a', path: '/a' }],
    `${SPEC}/volumes/0/configMap/items/0/path: must be a relative path`],
  ['mounts have a volume', `${CONTAINER}/volumeMounts/0/name`, 'config', 'cache', "no volume named 'cache'"],
  ['mounts have a path', `${CONTAINER}/volumeMounts/0/mountPath`, '/x', '', 'required'],
  ['mount paths are unique', `${CONTAINER}/volumeMounts/1`, { name: 'config', mountPath: '/b' }, { name: 'config', mountPath: '/etc/payments' },
    `${CONTAINER}/volumeMounts/1: duplicate mountPath /etc/payments`],
  ['subPath stays inside', `${CONTAINER}/volumeMounts/0/subPath`, 'a/..b', 'a/../b', "must not contain '..'"],
]);

describeRules('probes', pod, [
  ['periodSeconds', `${CONTAINER}/readinessProbe/periodSeconds`, 1, 0, 'must be at least 1'],
  ['timeoutSeconds', `${CONTAINER}/readinessProbe/timeoutSeconds`, 1, 0, 'must be at least 1'],
  ['failureThreshold', `${CONTAINER}/readinessProbe/failureThreshold`, 1, 0, 'must be at least 1'],
  ['successThreshold', `${CONTAINER}/readinessProbe/successThreshold`, 3, 0, 'must be at least 1'],
  ['initialDelaySeconds', `${CONTAINER}/readinessProbe/initialDelaySeconds`, 0, -1, 'must be at least 0'],
  ['liveness successThreshold', `${CONTAINER}/livenessProbe/successThreshold`, 1, 2, 'must be 1'],
  ['startup successThreshold', `${CONTAINER}/startupProbe/successThreshold`, 1, 2, 'must be 1'],
  ['liveness termination grace period', `${CONTAINER}/livenessProbe/terminationGracePeriodSeconds`, 1, 0, 'must be at least 1'],
  ['no readiness termination grace period', `${CONTAINER}/readinessProbe/terminationGracePeriodSeconds`, undefined, 5,
    'must not be set for readinessProbes'],
  ['a handler', `${CONTAINER}/readinessProbe`, { grpc: { port: 1 } }, { periodSeconds: 1 }, 'must specify one of exec, httpGet, tcpSocket, grpc'],
  ['one handler', `${CONTAINER}/readinessProbe/exec`, undefined, { command: ['a'] }, `${CONTAINER}/readinessProbe: must not specify more than one of exec, httpGet`],
  ['commands', `${CONTAINER}/readinessProbe`, PROBE, { exec: {} }, `${CONTAINER}/readinessProbe/exec/command: required`],
  ['port numbers', `${CONTAINER}/readinessProbe/httpGet/port`, 65535, 65536, 'must be between 1 and 65535'],
  ['port names', `${CONTAINER}/readinessProbe/httpGet/port`, 'http', 'HTTP', `'HTTP' ${PORT_NAME}`],
  ['schemes', `${CONTAINER}/readinessProbe/httpGet/scheme`, 'HTTPS', 'https', 'must be one of HTTP, HTTPS'],
  ['headers', `${CONTAINER}/readinessProbe/httpGet/httpHeaders`, [{ name: 'X-A', value: '' }], [{ name: 'X A', value: '' }],
    `${CONTAINER}/readinessProbe/httpGet/httpHeaders/0/name: 'X A' must be an HTTP header name`],
]);

const SLEEP = 'must be greater than 0 and at most terminationGracePeriodSeconds';

describeRules('lifecycle', pod, [
  ['preStop has a handler', `${CONTAINER}/lifecycle/preStop`, PROBE, {}, 'must specify one of exec, httpGet, tcpSocket, sleep'],
  ['preStop has one handler', `${CONTAINER}/lifecycle/preStop/sleep`, undefined, { seconds: 5 },
    `${CONTAINER}/lifecycle/preStop: must not specify more than one of exec, sleep`],
  ['postStart has a handler', `${CONTAINER}/lifecycle/postStart`, PROBE, {}, 'must specify one of exec, httpGet, tcpSocket, sleep'],
  ['sleep is positive', `${CONTAINER}/lifecycle/preStop`, { sleep: { seconds: 1 } }, { sleep: { seconds: 0 } },
    `${CONTAINER}/lifecycle/preStop/sleep/seconds: ${SLEEP} (60)`],
  ['sleep fits the grace period', `${CONTAINER}/lifecycle/preStop`, { sleep: { seconds: 60 } }, { sleep: { seconds: 61 } },
    `${CONTAINER}/lifecycle/preStop/sleep/seconds: ${SLEEP} (60)`],
]);

describeRules('sleep with the default grace period', () => withValue(pod(), `${SPEC}/terminationGracePeriodSeconds`, undefined), [
  ['fits 30 seconds', `${CONTAINER}/lifecycle/preStop`, { sleep: { seconds: 30 } }, { sleep: { seconds: 31 } },
    `${CONTAINER}/lifecycle/preStop/sleep/seconds: ${SLEEP} (30)`],
]);

const REQUESTS = `${CONTAINER}/resources/requests`;

describeRules('resources', pod, [
  ['requests are within limits', `${REQUESTS}/memory`, '256Mi', '257Mi', 'must not exceed the memory limit of 256Mi'],
  ['across notations', `${REQUESTS}/memory`, '0.25Gi', '268435457', 'must not exceed the memory limit of 256Mi'],
  ['quantities', `${REQUESTS}/cpu`, '.5', '1K', "'1K' must be a quantity"],
  ['not negative', `${REQUESTS}/cpu`, 0, '-1', 'must be at least 0'],
  ['standard names', REQUESTS, { 'ephemeral-storage': '1Gi' }, { mem: '1Gi' }, `${REQUESTS}/mem: resource 'mem' must be a standard resource for containers or have a prefix`],
  ['extended resources are not overcommitted', `${CONTAINER}/resources`,
    { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': '1' } }, { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 2 } },
    `${REQUESTS}/nvidia.com~1gpu: must equal the limit of nvidia.com/gpu, which cannot be overcommitted`],
]);

test.each([
  ['100m', '0.1'], ['1Ki', '1024'], ['1k', '1e3'], ['1E', '1e18'], ['1.5Gi', '1536Mi'], ['2', '2.'], ['-1', '-1000m'], ['1n', '0.000000001'],
])('quantity %s equals %s', (left, right) => {
  expect(parseQuantity(left)).toBe(parseQuantity(right));
});

test.each(['', '.', 'Mi', '1 Gi', '1KI', '0x10', '1mi', null])('%p is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

describeRules('topology spread constraints', pod, [
  ['maxSkew', `${CONSTRAINT}/maxSkew`, 1, 0, 'must be at least 1'],
  ['topologyKey', `${CONSTRAINT}/topologyKey`, 'kubernetes.io/hostname', '', 'required'],
  ['whenUnsatisfiable', `${CONSTRAINT}/whenUnsatisfiable`, 'DoNotSchedule', 'Never', 'must be one of DoNotSchedule, ScheduleAnyway'],
  ['nodeTaintsPolicy', `${CONSTRAINT}/nodeTaintsPolicy`, 'Honor', 'Obey', 'must be one of Honor, Ignore'],
  ['minDomains', `${CONSTRAINT}/minDomains`, undefined, 2, 'can only be used with whenUnsatisfiable=DoNotSchedule'],
  ['pairs are unique', '/spec/topologySpreadConstraints/1', { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' },
    { maxSkew: 2, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
    '/spec/topologySpreadConstraints/1: duplicate topologyKey and whenUnsatisfiable {topology.kubernetes.io/zone, ScheduleAnyway}'],
  ['matchLabelKeys do not overlap', `${CONSTRAINT}/matchLabelKeys/0`, 'version', 'app', 'exists in both matchLabelKeys and labelSelector'],
  ['matchLabelKeys need a selector', `${CONSTRAINT}/labelSelector`, {}, undefined,
    `${CONSTRAINT}/matchLabelKeys: must not be specified when labelSelector is not set`],
]);

const TERM = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'payments' } } };
const PREFERRED = '/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution';

describeRules('tolerations and affinity', pod, [
  ['empty keys', '/spec/tolerations', [{ operator: 'Exists' }], [{ operator: 'Equal' }], '/spec/tolerations/0/operator: must be Exists when key is empty'],
  ['Exists has no value', '/spec/tolerations', [{ key: 'a', operator: 'Exists' }], [{ key: 'a', operator: 'Exists', value: 'b' }],
    '/spec/tolerations/0/value: must be empty when operator is Exists'],
  ['tolerationSeconds', '/spec/tolerations', [{ key: 'a', effect: 'NoExecute', tolerationSeconds: 5 }],
    [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 }], '/spec/tolerations/0/effect: must be NoExecute when tolerationSeconds is set'],
  ['effects', '/spec/tolerations', [{ key: 'a', effect: '' }], [{ key: 'a', effect: 'Evict' }],
    '/spec/tolerations/0/effect: must be one of , NoSchedule, PreferNoSchedule, NoExecute'],
  ['weights', PREFERRED, [{ weight: 100, podAffinityTerm: TERM }], [{ weight: 101, podAffinityTerm: TERM }],
    `${PREFERRED}/0/weight: must be between 1 and 100`],
  ['topology keys', PREFERRED, [{ weight: 1, podAffinityTerm: TERM }], [{ weight: 1, podAffinityTerm: {} }],
    `${PREFERRED}/0/podAffinityTerm/topologyKey: required`],
]);

test('a template is checked below its workload', () => {
  expect(apiServerRules(withValue(deployment(), `/spec/template${CONTAINER}/name`, 'Main')))
    .toEqual([`Deployment payments: /spec/template${CONTAINER}/name: 'Main' ${LABEL}`]);
});
