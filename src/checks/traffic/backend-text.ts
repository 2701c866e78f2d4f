import type { Backend } from '../../cluster/ingress';
import type { Service } from '../../cluster/service';
import type { Field } from '../../reading/field';

/** The ports of a Service as messages list them: `80 (http), 9090`. */
export function portsText({ ports }: Service): string {
  return ports.map(({ port, name }) => name === undefined ? `${port}` : `${port} (${name})`).join(', ') || 'none';
}

/** Whether a Service has a port of a number or name. One that has none at all stands for something outside the cluster. */
export function hasPort({ ports, type }: Service, wanted: number | string): boolean {
  return ports.some(({ port, name }) => port === wanted || name === wanted) || (type === 'ExternalName' && ports.length === 0);
}

/** The field of a backend's port, or of the backend where that holds none. */
export function portFieldOf({ field }: Backend): Field {
  return [field.get('port', 'number'), field.get('port', 'name'), field.get('port')].find(({ exists }) => exists) ?? field;
}

/** The field of a backend's name, or of the backend where that holds none. */
export function nameFieldOf({ field }: Backend): Field {
  const name = field.get('name');
  return name.exists ? name : field;
}
