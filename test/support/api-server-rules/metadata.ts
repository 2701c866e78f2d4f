import { Field } from './field';
import { asPrefix, dns1035Label, dns1123Label, dns1123Subdomain, labelValue, NameRule, pathSegmentName, qualifiedName } from './names';

const ANNOTATIONS_MAX_BYTES = 262144;

/** CronJobs append an eleven-character timestamp to the names of their Jobs, which must stay labels. */
const CRON_JOB_NAME_MAX_LENGTH = 52;

const cronJobName: NameRule = (name) =>
  name.length > CRON_JOB_NAME_MAX_LENGTH ? `must be no more than ${CRON_JOB_NAME_MAX_LENGTH} characters` : dns1123Subdomain(name);

/** Everything else, custom resources included, is named by a subdomain. */
const NAME_RULES: Record<string, NameRule> = {
  'v1 Service': dns1035Label,
  'v1 Namespace': dns1123Label,
  'batch/v1 CronJob': cronJobName,
  'rbac.authorization.k8s.io/v1 Role': pathSegmentName,
  'rbac.authorization.k8s.io/v1 RoleBinding': pathSegmentName,
  'rbac.authorization.k8s.io/v1 ClusterRole': pathSegmentName,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': pathSegmentName,
};

export function objectMeta(manifest: Field): void {
  const metadata = manifest.get('metadata');
  const rule = NAME_RULES[`${manifest.get('apiVersion').text} ${manifest.get('kind').text}`] ?? dns1123Subdomain;
  const [name, generateName] = [metadata.get('name'), metadata.get('generateName')];
  metadata.refuseIf(!name.text && !generateName.text, 'name or generateName is required');
  name.name(rule);
  generateName.name(asPrefix(rule));
  metadata.get('namespace').name(dns1123Label);
  labelsAndAnnotations(metadata);
}

export function labelsAndAnnotations(metadata: Field): void {
  labels(metadata.get('labels'));
  annotations(metadata.get('annotations'));
}

export function labels(field: Field): void {
  for (const [key, value] of field.entries) {
    refuseKey(value, key);
    value.name(labelValue);
  }
}

function annotations(field: Field): void {
  let size = 0;
  for (const [key, value] of field.entries) {
    // Annotation keys are compared in lower case only here: their prefix may be written in capitals.
    refuseKey(value, key.toLowerCase());
    size += Buffer.byteLength(key) + Buffer.byteLength(value.text ?? '');
  }
  field.refuseIf(size > ANNOTATIONS_MAX_BYTES, `must not exceed ${ANNOTATIONS_MAX_BYTES} bytes in total, holds ${size}`);
}

function refuseKey(field: Field, key: string): void {
  const complaint = qualifiedName(key);
  field.refuseIf(complaint !== undefined, `key ${complaint}`);
}
