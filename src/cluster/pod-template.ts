import { containerOf, type Container } from './container';
import type { Field } from '../reading/field';

/** The pods that a workload makes. */
export interface PodTemplate {
  readonly field: Field;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly spec: Field;
  /** The containers that run for as long as the pod: `containers`, in their order. */
  readonly containers: readonly Container[];
  /** Init containers that end before the others start. */
  readonly initContainers: readonly Container[];
  /** Init containers that go on running (native sidecars). */
  readonly sidecars: readonly Container[];
  readonly terminationGracePeriodSeconds: number;
  readonly readinessGates: readonly string[];
}

/** Kubernetes' default of terminationGracePeriodSeconds. */
export const DEFAULT_GRACE_SECONDS = 30;

/** Reads a pod template (or a Pod, which has the same two fields). */
export function podTemplateOf(field: Field): PodTemplate {
  const spec = field.get('spec');
  const init = spec.get('initContainers').items().map((item) => containerOf(item, 'initContainers'));
  return {
    field,
    spec,
    labels: field.get('metadata', 'labels').stringMap(),
    annotations: field.get('metadata', 'annotations').stringMap(),
    containers: spec.get('containers').items().map((item) => containerOf(item, 'containers')),
    initContainers: init.filter((container) => !container.isSidecar),
    sidecars: init.filter((container) => container.isSidecar),
    terminationGracePeriodSeconds: graceOf(spec.get('terminationGracePeriodSeconds').integer() ?? DEFAULT_GRACE_SECONDS),
    readinessGates: spec.get('readinessGates').items().map((gate) => gate.get('conditionType').string() ?? ''),
  };
}

/** The API server takes a negative grace period with a warning, and the kubelet makes one second of it. */
function graceOf(written: number): number {
  return written < 0 ? 1 : written;
}

/** The containers that decide whether the pod is ready: all that run for as long as it. */
export function runningContainersOf(template: PodTemplate): readonly Container[] {
  return [...template.containers, ...template.sidecars];
}

/** The containers that declare a port, by its number or name. */
export function containersWithPort(template: PodTemplate, port: number | string): readonly Container[] {
  return runningContainersOf(template).filter((container) =>
    container.ports.some((declared) => declared.containerPort === port || declared.name === port));
}
