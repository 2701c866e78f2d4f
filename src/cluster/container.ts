import { preStopOf, type PreStop } from './pre-stop';
import { probeOf, type Probe } from './probe';
import type { Field } from '../reading/field';

/** A port that a container declares. */
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol: string;
}

/** A container of a pod template. */
export interface Container {
  readonly field: Field;
  readonly name: string;
  readonly image?: string;
  readonly ports: readonly ContainerPort[];
  readonly readiness?: Probe;
  readonly liveness?: Probe;
  readonly startup?: Probe;
  readonly preStop?: PreStop;
  /** An init container that goes on running beside the others (`restartPolicy: Always`). */
  readonly isSidecar: boolean;
}

/** Reads a container. `among` tells which list it stands in. */
export function containerOf(field: Field, among: 'containers' | 'initContainers'): Container {
  return {
    field,
    name: field.get('name').string() ?? '',
    image: field.get('image').string(),
    ports: field.get('ports').items().map(portOf),
    readiness: probeOf(field.get('readinessProbe')),
    liveness: probeOf(field.get('livenessProbe')),
    startup: probeOf(field.get('startupProbe')),
    preStop: preStopOf(field.get('lifecycle', 'preStop')),
    isSidecar: among === 'initContainers' && field.get('restartPolicy').string() === 'Always',
  };
}

function portOf(field: Field): ContainerPort {
  return {
    name: field.get('name').string(),
    containerPort: field.get('containerPort').integer() ?? 0,
    protocol: field.get('protocol').string() ?? 'TCP',
  };
}
