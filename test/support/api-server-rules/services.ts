import { Field, refuseDuplicates } from './field';
import { labels } from './metadata';
import { dns1123Label, dns1123Subdomain, qualifiedName } from './names';
import { portNumber, portNumberOrName, PROTOCOLS, protocolOf } from './ports';

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const EXTERNAL_TYPES = ['NodePort', 'LoadBalancer'];
const MAX_AFFINITY_SECONDS = 86400;

export function service(manifest: Field): void {
  const spec = manifest.get('spec');
  const type = spec.get('type').text ?? 'ClusterIP';
  spec.get('type').oneOf(TYPES);
  labels(spec.get('selector'));
  addresses(spec, type);
  ports(spec, type);
  externalTraffic(spec, type);
  sessionAffinity(spec);
}

function addresses(spec: Field, type: string): void {
  const clusterIP = spec.get('clusterIP');
  clusterIP.refuseIf(EXTERNAL_TYPES.includes(type) && clusterIP.text === 'None', `may not be set to 'None' for ${type} services`);
  if (type === 'ExternalName') {
    clusterIP.refuseIf(Boolean(clusterIP.text), 'may not be set for ExternalName services');
    // DNS tolerates the closing dot of a fully qualified name, and the API server removes it before checking.
    spec.get('externalName').requiredName((name) => dns1123Subdomain(name.replace(/\.$/, '')));
  }
}

function ports(spec: Field, type: string): void {
  const { items } = spec.get('ports');
  const needsPorts = type !== 'ExternalName' && spec.get('clusterIP').text !== 'None';
  spec.get('ports').refuseIf(needsPorts && items.length === 0, 'required');
  for (const port of items) {
    port.get('name').refuseIf(items.length > 1 && !port.get('name').text, 'required when there are several ports');
    port.get('name').name(dns1123Label);
    portNumber(port.get('port'));
    port.get('protocol').oneOf(PROTOCOLS);
    port.get('appProtocol').name(qualifiedName);
    portNumberOrName(port.get('targetPort'));
    port.get('nodePort').refuseIf(type === 'ClusterIP' && Boolean(port.get('nodePort').number), "may not be used when type is 'ClusterIP'");
  }
  refuseDuplicates(items, (port) => port.get('name').text, 'duplicate port name');
  refuseDuplicates(items, (port) => `${port.get('port').number}/${protocolOf(port)}`, 'duplicate port');
  const nodePorts = items.filter((port) => port.get('nodePort').number);
  refuseDuplicates(nodePorts, (port) => `${port.get('nodePort').number}/${protocolOf(port)}`, 'duplicate node port');
}

function externalTraffic(spec: Field, type: string): void {
  const [policy, lbClass] = [spec.get('externalTrafficPolicy'), spec.get('loadBalancerClass')];
  policy.oneOf(['Cluster', 'Local']);
  spec.get('internalTrafficPolicy').oneOf(['Cluster', 'Local']);
  policy.refuseIf(policy.isSet && !EXTERNAL_TYPES.includes(type), 'may only be set for externally-accessible services');
  lbClass.refuseIf(lbClass.isSet && type !== 'LoadBalancer', "may only be used when type is 'LoadBalancer'");
  lbClass.name(qualifiedName);
  const ranges = spec.get('loadBalancerSourceRanges');
  ranges.refuseIf(ranges.items.length > 0 && type !== 'LoadBalancer', "may only be used when type is 'LoadBalancer'");
}

function sessionAffinity(spec: Field): void {
  const [affinity, config] = [spec.get('sessionAffinity'), spec.get('sessionAffinityConfig')];
  affinity.oneOf(['ClientIP', 'None']);
  config.refuseIf(config.isSet && affinity.text !== 'ClientIP', 'must not be set when session affinity is None');
  config.get('clientIP', 'timeoutSeconds').within(1, MAX_AFFINITY_SECONDS);
}
