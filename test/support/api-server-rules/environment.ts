import { Field, refuseDuplicates } from './field';
import { configMapKey, dns1123Subdomain, envVarName } from './names';

const VALUE_SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

const DOWNWARD_FIELDS = [
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName',
  'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs',
];
const DOWNWARD_SUBSCRIPT = /^metadata\.(labels|annotations)\['[^']+'\]$/;

export function environment(container: Field): void {
  const variables = container.get('env').items;
  for (const variable of variables) {
    variable.get('name').requiredName(envVarName);
    valueFrom(variable);
  }
  // Not a validation error upstream: the merge keys of server-side apply refuse it.
  refuseDuplicates(variables, (variable) => variable.get('name').text, 'duplicate environment variable');
  for (const source of container.get('envFrom').items) {
    source.get('prefix').name(envVarName);
    for (const name of source.exactlyOneOf(['configMapRef', 'secretRef'])) {
      source.get(name, 'name').requiredName(dns1123Subdomain);
    }
  }
}

function valueFrom(variable: Field): void {
  const source = variable.get('valueFrom');
  if (!source.isSet) {
    return;
  }
  source.exactlyOneOf(VALUE_SOURCES);
  source.refuseIf(Boolean(variable.get('value').text), 'may not be specified when value is not empty');
  const fieldPath = source.get('fieldRef', 'fieldPath');
  fieldPath.refuseIf(
    fieldPath.text !== undefined && !DOWNWARD_FIELDS.includes(fieldPath.text) && !DOWNWARD_SUBSCRIPT.test(fieldPath.text),
    'must be a field that the downward API offers',
  );
  for (const reference of [source.get('configMapKeyRef'), source.get('secretKeyRef')].filter((candidate) => candidate.isSet)) {
    reference.get('name').requiredName(dns1123Subdomain);
    reference.get('key').requiredName(configMapKey);
  }
}
