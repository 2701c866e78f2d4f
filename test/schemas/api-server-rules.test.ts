import { configMap, cronJob, deployment, horizontalPodAutoscaler, ingress, podDisruptionBudget, service, virtualService } from './fixtures';
import { describeRules } from './rule-cases';
import { withValue } from './variants';
import { apiServerRules } from '../support/api-server-rules';

const LABEL_RULE = "must be empty or at most 63 alphanumerics, '-', '_' or '.', alphanumeric at both ends";
const KEY_RULE = "must be at most 63 alphanumerics, '-', '_' or '.', alphanumeric at both ends";
const SUBDOMAIN = 'must be an RFC 1123 subdomain of at most 253 characters';
const MIB = 1024 * 1024;

describeRules('metadata', deployment, [
  ['names are subdomains', '/metadata/name', 'payments.v2', 'Payments', `'Payments' ${SUBDOMAIN}`],
  ['names are at most 253 long', '/metadata/name', 'a'.repeat(253), 'a'.repeat(254), `'${'a'.repeat(77)}...' ${SUBDOMAIN}`],
  ['namespaces are labels', '/metadata/namespace', 'shop-1', 'shop.eu', "'shop.eu' must be an RFC 1123 label of at most 63 characters"],
  ['label values', '/metadata/labels/app', 'v1.2_x', '-v1', `'-v1' ${LABEL_RULE}`],
  ['label values may be empty, at most 63 long', '/metadata/labels/app', '', 'x'.repeat(64), `'${'x'.repeat(64)}' ${LABEL_RULE}`],
  ['label keys', '/metadata/labels', { 'example.com/My_Key': 'x' }, { 'my key': 'x' }, `/metadata/labels/my key: key 'my key' ${KEY_RULE}`],
  [
    'label key prefixes', '/metadata/labels', { 'a.b/c': 'x' }, { 'A/c': 'x' },
    "/metadata/labels/A~1c: key 'A/c' must have an RFC 1123 subdomain as its prefix",
  ],
  [
    'annotation keys, whatever their case', '/metadata/annotations', { 'Example.com/Key': 'any text!' }, { '/key': '' },
    "/metadata/annotations/~1key: key '/key' must have an RFC 1123 subdomain as its prefix",
  ],
  [
    'annotations are at most 262144 bytes', '/metadata/annotations', { note: 'x'.repeat(262140) }, { note: 'x'.repeat(262141) },
    'must not exceed 262144 bytes in total, holds 262145',
  ],
  [
    'annotations count in bytes', '/metadata/annotations', { note: 'é'.repeat(131070) }, { note: 'é'.repeat(131071) },
    'must not exceed 262144 bytes in total, holds 262146',
  ],
]);

describe('names by kind', () => {
  test('generateName stands in for a name', () => {
    const manifest = withValue(deployment(), '/metadata/name', undefined);
    expect(apiServerRules(manifest)).toEqual(['Deployment (unnamed): /metadata: name or generateName is required']);
    expect(apiServerRules(withValue(manifest, '/metadata/generateName', 'payments-'))).toEqual([]);
  });

  test('a custom resource that shares a kind does not share its rules', () => {
    const knative = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: '1st' } };
    expect(apiServerRules(knative)).toEqual([]);
  });

  test('RBAC names only need to be path segments', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'system:Reader' } };
    expect(apiServerRules(role)).toEqual([]);
    expect(apiServerRules(withValue(role, '/metadata/name', 'a/b')).length).toBe(1);
  });

  test('anything but an object is refused, and unknown kinds only have their metadata checked', () => {
    expect(apiServerRules(null)).toEqual(['Not an object: /: must be an object']);
    expect(apiServerRules(virtualService())).toEqual([]);
    expect(apiServerRules({ apiVersion: 'v1', kind: 'Deployment', metadata: { name: 'old' } })).toEqual([]);
  });
});

describeRules('CronJob name', cronJob, [
  ['leaves room for the timestamp', '/metadata/name', 'a'.repeat(52), 'a'.repeat(53), 'must be no more than 52 characters'],
]);

describeRules('Service', service, [
  ['name is an RFC 1035 label', '/metadata/name', 'v1-payments', '1-payments', "'1-payments' must be an RFC 1035 label of at most 63 characters"],
  ['several ports need names', '/spec/ports/1/name', 'admin', undefined, 'required when there are several ports'],
  ['port names are labels', '/spec/ports/1/name', '9090', 'Admin', "'Admin' must be an RFC 1123 label of at most 63 characters"],
  ['port names are unique', '/spec/ports/1/name', 'admin', 'http', '/spec/ports/1: duplicate port name http'],
  ['ports are in range', '/spec/ports/0/port', 65535, 65536, 'must be between 1 and 65535'],
  ['ports are unique', '/spec/ports/1/port', 81, 80, '/spec/ports/1: duplicate port 80/TCP'],
  ['protocols are known', '/spec/ports/1/protocol', 'SCTP', 'HTTP', 'must be one of TCP, UDP, SCTP'],
  ['target ports are in range', '/spec/ports/0/targetPort', 1, 0, 'must be between 1 and 65535'],
  [
    'target port names', '/spec/ports/0/targetPort', 'http-web', 'sixteen-letters-',
    "'sixteen-letters-' must be an IANA service name: at most 15 of a-z, 0-9 and single inner '-', with a letter",
  ],
  ['appProtocol', '/spec/ports/0/appProtocol', 'kubernetes.io/h2c', 'h2 c', `'h2 c' ${KEY_RULE}`],
  ['selector labels', '/spec/selector/app', 'x', 'x y', `'x y' ${LABEL_RULE}`],
  ['ports are required', '/spec/ports', [{ port: 80 }], [], 'required'],
  ['types are known', '/spec/type', 'LoadBalancer', 'Loadbalancer', 'must be one of ClusterIP, NodePort, LoadBalancer, ExternalName'],
  ['node ports need a type', '/spec/ports', [{ port: 80, nodePort: 0 }], [{ port: 80, nodePort: 30080 }], "/spec/ports/0/nodePort: may not be used when type is 'ClusterIP'"],
  ['internalTrafficPolicy', '/spec/internalTrafficPolicy', 'Local', 'Here', 'must be one of Cluster, Local'],
  ['externalTrafficPolicy', '/spec/externalTrafficPolicy', undefined, 'Local', 'may only be set for externally-accessible services'],
  ['loadBalancerClass', '/spec/loadBalancerClass', undefined, 'service.k8s.aws/nlb', "may only be used when type is 'LoadBalancer'"],
  ['loadBalancerSourceRanges', '/spec/loadBalancerSourceRanges', [], ['10.0.0.0/8'], "may only be used when type is 'LoadBalancer'"],
  ['sessionAffinityConfig', '/spec/sessionAffinityConfig', undefined, { clientIP: { timeoutSeconds: 60 } }, 'must not be set when session affinity is None'],
]);

describeRules('Service of type LoadBalancer', () => withValue(service(), '/spec/type', 'LoadBalancer'), [
  ['is not headless', '/spec/clusterIP', '10.0.0.1', 'None', "may not be set to 'None' for LoadBalancer services"],
  ['node ports are unique', '/spec/ports', [{ name: 'a', port: 1, nodePort: 30001 }, { name: 'b', port: 2, nodePort: 30002 }],
    [{ name: 'a', port: 1, nodePort: 30001 }, { name: 'b', port: 2, nodePort: 30001 }], '/spec/ports/1: duplicate node port 30001/TCP'],
  ['class names', '/spec/loadBalancerClass', 'service.k8s.aws/nlb', 'a b', `'a b' ${KEY_RULE}`],
]);

describeRules('Service of type ExternalName', () => ({ ...service(), spec: { type: 'ExternalName', externalName: 'db.example.com.' } }), [
  ['has a valid DNS name', '/spec/externalName', 'db', 'db_1', `'db_1' ${SUBDOMAIN}`],
  ['has no cluster IP', '/spec/clusterIP', '', '10.0.0.1', 'may not be set for ExternalName services'],
]);

test('headless Services need no ports', () => {
  expect(apiServerRules({ ...service(), spec: { clusterIP: 'None', selector: { app: 'x' } } })).toEqual([]);
});

describeRules('Service with session affinity', () => withValue(service(), '/spec/sessionAffinity', 'ClientIP'), [
  ['timeout', '/spec/sessionAffinityConfig', { clientIP: { timeoutSeconds: 86400 } }, { clientIP: { timeoutSeconds: 86401 } },
    '/spec/sessionAffinityConfig/clientIP/timeoutSeconds: must be between 1 and 86400'],
]);

const PATH = '/spec/rules/0/http/paths/0';

describeRules('Ingress', ingress, [
  ['paths are absolute', `${PATH}/path`, '/', 'payments', 'must be an absolute path'],
  ['paths are required', `${PATH}/path`, '/x', undefined, 'must be an absolute path'],
  ['paths hold no double slash', `${PATH}/path`, '/a/b/', '/a//b', "must not contain '//'"],
  ['paths do not end in dots', `${PATH}/path`, '/a/...', '/a/..', "cannot end with '/..'"],
  ['pathType is required', `${PATH}/pathType`, 'Exact', undefined, 'required'],
  ['pathType is known', `${PATH}/pathType`, 'ImplementationSpecific', 'Regex', 'must be one of Exact, Prefix, ImplementationSpecific'],
  ['hosts are DNS names', '/spec/rules/0/host', 'a.b-c.example', 'Shop.example.com', `'Shop.example.com' ${SUBDOMAIN}`],
  ['hosts are not IP addresses', '/spec/rules/0/host', '10.example', '10.0.0.1', "'10.0.0.1' must be a DNS name, not an IP address"],
  [
    'wildcards are the first label', '/spec/rules/0/host', '*.example.com', 'shop.*.com',
    "'shop.*.com' must be a wildcard RFC 1123 subdomain of at most 253 characters",
  ],
  [
    'wildcards are whole labels', '/spec/tls/0/hosts/0', '*.example.com', '*shop.example.com',
    "'*shop.example.com' must be a wildcard RFC 1123 subdomain of at most 253 characters",
  ],
  ['TLS secret names', '/spec/tls/0/secretName', 'shop.tls', 'shop_tls', `'shop_tls' ${SUBDOMAIN}`],
  ['backend service names', `${PATH}/backend/service/name`, 'a', '1a', "'1a' must be an RFC 1035 label of at most 63 characters"],
  ['backend ports are named or numbered', `${PATH}/backend/service/port`, { number: 80 }, {}, 'must specify one of name, number'],
  ['but not both', `${PATH}/backend/service/port`, { name: 'http' }, { name: 'http', number: 80 }, 'must not specify more than one of name, number'],
  ['backend port numbers', `${PATH}/backend/service/port`, { number: 1 }, { number: 70000 },
    `${PATH}/backend/service/port/number: must be between 1 and 65535`],
  ['backends are required', `${PATH}/backend`, { resource: { kind: 'Bucket', name: 'b' } }, undefined, 'required'],
  ['rules have paths', '/spec/rules/0/http', undefined, { paths: [] }, '/spec/rules/0/http/paths: required'],
  ['rules or a default backend', '/spec/rules', [{ host: 'a.example' }], [], '/spec: either defaultBackend or rules must be specified'],
  ['class by field or annotation', '/metadata/annotations', {}, { 'kubernetes.io/ingress.class': 'alb' },
    '/spec/ingressClassName: can not be set when the annotation kubernetes.io/ingress.class is also set'],
  ['class names', '/spec/ingressClassName', 'alb.public', 'ALB', `'ALB' ${SUBDOMAIN}`],
]);

test('ImplementationSpecific paths may be left out, but not be relative', () => {
  const manifest = withValue(ingress(), `${PATH}/pathType`, 'ImplementationSpecific');
  expect(apiServerRules(withValue(manifest, `${PATH}/path`, undefined))).toEqual([]);
  expect(apiServerRules(withValue(manifest, `${PATH}/path`, 'x'))).toEqual([`Ingress payments: ${PATH}/path: must be an absolute path`]);
});

describeRules('ConfigMap', configMap, [
  ['keys', '/data', { 'A_b-c.1': '' }, { 'a/b': '' }, "/data/a~1b: key 'a/b' must be a ConfigMap key of at most 253 characters"],
  ['keys are not paths', '/data', { '.env': '' }, { '..env': '' }, "/data/..env: key '..env' must not be '.' or start with '..'"],
  ['keys are in one place only', '/data', { a: '' }, { logo: '' }, '/data/logo: duplicate of key present in binaryData'],
  ['data is at most 1 MiB', '/data/big', 'x'.repeat(MIB - 14), 'x'.repeat(MIB - 13), '/: must not exceed 1048576 bytes, holds 1048577'],
]);

describeRules('Secret', () => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'AAEC' } }), [
  ['keys', '/stringData', { b: '' }, { 'b c': '' }, "/stringData/b c: key 'b c' must be a ConfigMap key of at most 253 characters"],
  ['data is at most 1 MiB', '/stringData', { b: 'x'.repeat(MIB - 3) }, { b: 'x'.repeat(MIB - 2) }, '/: must not exceed 1048576 bytes, holds 1048577'],
]);

describeRules('PodDisruptionBudget', podDisruptionBudget, [
  ['one number', '/spec/maxUnavailable', 1, undefined, '/spec: must specify one of minAvailable, maxUnavailable'],
  ['not two numbers', '/spec/minAvailable', undefined, 1, '/spec: must not specify more than one of minAvailable, maxUnavailable'],
  ['integers are not negative', '/spec/maxUnavailable', 0, -1, 'must be at least 0'],
  ['percentages', '/spec/maxUnavailable', '0%', '0.5%', "'0.5%' must be an integer or a percentage (e.g. '25%')"],
  ['percentages are at most 100', '/spec/maxUnavailable', '100%', '101%', 'must not be greater than 100%'],
  ['unhealthyPodEvictionPolicy', '/spec/unhealthyPodEvictionPolicy', 'IfHealthyBudget', 'Never', 'must be one of IfHealthyBudget, AlwaysAllow'],
  ['selector', '/spec/selector/matchLabels/app', 'a', 'a b', `'a b' ${LABEL_RULE}`],
]);

const DOWN = '/spec/behavior/scaleDown';
const METRIC = '/spec/metrics/0';

describeRules('HorizontalPodAutoscaler', horizontalPodAutoscaler, [
  ['minReplicas', '/spec/minReplicas', 1, 0, 'must be at least 1'],
  ['maxReplicas', '/spec/maxReplicas', 3, 2, 'must be greater than or equal to minReplicas'],
  ['scale target', '/spec/scaleTargetRef/name', 'other', '', 'required'],
  ['stabilization window', `${DOWN}/stabilizationWindowSeconds`, 3600, 3601, 'must be between 0 and 3600'],
  ['stabilization window is not negative', `${DOWN}/stabilizationWindowSeconds`, 0, -1, 'must be between 0 and 3600'],
  ['selectPolicy', `${DOWN}/selectPolicy`, 'Disabled', 'Avg', 'must be one of Max, Min, Disabled'],
  ['policies', `${DOWN}/policies`, undefined, [], 'must specify at least one policy'],
  ['policy type', `${DOWN}/policies/0/type`, 'Pods', 'Replicas', 'must be one of Pods, Percent'],
  ['policy value', `${DOWN}/policies/0/value`, 1, 0, 'must be at least 1'],
  ['policy period', `${DOWN}/policies/0/periodSeconds`, 1800, 1801, 'must be between 1 and 1800'],
  ['policy period is positive', `${DOWN}/policies/0/periodSeconds`, 1, 0, 'must be between 1 and 1800'],
  ['metric type', METRIC, { type: 'Pods', pods: { target: { type: 'AverageValue', averageValue: '10' } } }, { type: 'Cpu' },
    `${METRIC}/type: must be one of Resource, ContainerResource, Pods, Object, External`],
  ['metric source', `${METRIC}/resource`, { target: { averageUtilization: 5 } }, undefined,
    'must populate information for a metric of type Resource'],
  ['metric source only', `${METRIC}/pods`, undefined, {}, 'must populate the given metric source only'],
  ['metric target', `${METRIC}/resource/target`, { type: 'AverageValue', averageValue: '500m' }, { type: 'Utilization' },
    'must specify one of averageUtilization, averageValue'],
  ['utilization is positive', `${METRIC}/resource/target/averageUtilization`, 1, 0, 'must be at least 1'],
  ['average value is positive', `${METRIC}/resource/target`, { type: 'AverageValue', averageValue: 1 }, { type: 'AverageValue', averageValue: '0' },
    `${METRIC}/resource/target/averageValue: must be positive`],
  ['target type', `${METRIC}/resource/target/type`, 'Utilization', 'Percent', 'must be one of Utilization, Value, AverageValue'],
]);
