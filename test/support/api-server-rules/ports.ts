import { Field, refuseDuplicates } from './field';
import { portName } from './names';

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

export function portNumber(field: Field): void {
  field.within(1, 65535);
}

/** Where a port may be given by the name of a container port. */
export function portNumberOrName(field: Field): void {
  portNumber(field);
  field.refuseIf(field.text === '', 'required');
  field.name(portName);
}

export function containerPorts(ports: Field, hostNetwork: boolean): void {
  for (const port of ports.items) {
    port.get('name').name(portName);
    portNumber(port.get('containerPort'));
    portNumber(port.get('hostPort'));
    port.get('protocol').oneOf(PROTOCOLS);
    if (hostNetwork && port.get('hostPort').isSet) {
      port.get('hostPort').refuseIf(port.get('hostPort').value !== port.get('containerPort').value, 'must match containerPort with hostNetwork');
    }
  }
  refuseDuplicates(ports.items, (port) => port.get('name').text, 'duplicate port name');
  // Not a validation error upstream: the merge keys of server-side apply refuse it.
  refuseDuplicates(ports.items, (port) => `${port.get('containerPort').number}/${protocolOf(port)}`, 'duplicate port');
}

/** Two containers of one pod cannot bind the same port of the node. */
export function hostPortConflicts(containers: readonly Field[]): void {
  const ports = containers.flatMap((container) => container.get('ports').items).filter((port) => port.get('hostPort').number);
  refuseDuplicates(ports, (port) => `${protocolOf(port)}/${port.get('hostIP').text ?? ''}/${port.get('hostPort').number}`, 'duplicate host port');
}

export function protocolOf(port: Field): string {
  return port.get('protocol').text ?? 'TCP';
}
