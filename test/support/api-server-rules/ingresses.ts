import { isIP } from 'net';
import { Field } from './field';
import { dns1035Label, dns1123Subdomain, NameRule, portName, wildcardDns1123Subdomain } from './names';
import { portNumber } from './ports';

const PATH_TYPES = ['Exact', 'Prefix', 'ImplementationSpecific'];
const INVALID_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const INVALID_SUFFIXES = ['/..', '/.'];
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** Wildcards only as the whole first label, which also matches only one label. */
const hostName: NameRule = (host) => {
  if (isIP(host) !== 0) {
    return `'${host}' must be a DNS name, not an IP address`;
  }
  return host.includes('*') ? wildcardDns1123Subdomain(host) : dns1123Subdomain(host);
};

export function ingress(manifest: Field): void {
  const spec = manifest.get('spec');
  const [rules, defaultBackend, className] = [spec.get('rules'), spec.get('defaultBackend'), spec.get('ingressClassName')];
  spec.refuseIf(rules.items.length === 0 && !defaultBackend.isSet, 'either defaultBackend or rules must be specified');
  className.name(dns1123Subdomain);
  className.refuseIf(
    className.isSet && manifest.get('metadata', 'annotations', CLASS_ANNOTATION).isSet,
    `can not be set when the annotation ${CLASS_ANNOTATION} is also set`,
  );
  backend(defaultBackend);
  rules.items.forEach(rule);
  for (const tls of spec.get('tls').items) {
    tls.get('secretName').name(dns1123Subdomain);
    tls.get('hosts').items.forEach((host) => host.name(hostName));
  }
}

function rule(field: Field): void {
  field.get('host').name(hostName);
  const http = field.get('http');
  http.get('paths').refuseIf(http.isSet && http.get('paths').items.length === 0, 'required');
  for (const httpPath of http.get('paths').items) {
    path(httpPath.get('path'), httpPath.get('pathType'));
    httpPath.get('backend').refuseIf(!httpPath.get('backend').isSet, 'required');
    backend(httpPath.get('backend'));
  }
}

function path(field: Field, type: Field): void {
  type.require();
  type.oneOf(PATH_TYPES);
  const text = field.text ?? '';
  if (type.text === 'ImplementationSpecific') {
    field.refuseIf(text !== '' && !text.startsWith('/'), 'must be an absolute path');
    return;
  }
  field.refuseIf(!text.startsWith('/'), 'must be an absolute path');
  INVALID_SEQUENCES.filter((sequence) => text.includes(sequence)).forEach((sequence) => field.refuse(`must not contain '${sequence}'`));
  INVALID_SUFFIXES.filter((suffix) => text.endsWith(suffix)).forEach((suffix) => field.refuse(`cannot end with '${suffix}'`));
}

function backend(field: Field): void {
  if (!field.isSet) {
    return;
  }
  field.exactlyOneOf(['service', 'resource']);
  const service = field.get('service');
  if (service.isSet) {
    service.get('name').requiredName(dns1035Label);
    const port = service.get('port');
    port.exactlyOneOf(['name', 'number']);
    port.get('name').name(portName);
    portNumber(port.get('number'));
  }
}
