import type { AlbForward } from './traffic/alb-forward';
import type { Planned } from '../plan/planned-service';
import { NAME_LABEL } from '../spec/service-spec';

/** A Kubernetes object as it is written to a file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  readonly [field: string]: unknown;
}

/** The metadata of an object. */
export interface ManifestMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An object of the service, with the id that it has in every binding. Ids are a contract: state hangs on them. */
export interface Rendered {
  readonly id: string;
  readonly manifest: Manifest;
  /** What an Ingress of the AWS Load Balancer Controller says, for a binding that sets the load balancer up itself. */
  readonly forward?: AlbForward;
}

/** What an engine makes of the service's own objects: more than one of a kind, each with a name and labels of its own. */
export interface Variant {
  /** The object's name, where it is not the service's. */
  readonly name?: string;
  /** Labels besides the service's. They select, and are selected by. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One destination of a route. */
export interface Backend {
  /** The Service's name. */
  readonly service: string;
  /** The subset of its DestinationRule. */
  readonly subset?: string;
  /** In percent. */
  readonly weight?: number;
}

/** The labels by which the service's pods are selected. A copy, because each object is a value of its own. */
export function selectorOf({ spec }: Planned, variant: Variant = {}): Record<string, string> {
  return { ...spec.selector, ...variant.labels };
}

/** The labels of every object of the service and of its pods. */
export function labelsOf({ spec }: Planned, variant: Variant = {}): Record<string, string> {
  return { ...spec.pod.labels, [NAME_LABEL]: spec.name, 'app.kubernetes.io/managed-by': 'zero-downtime', ...spec.selector, ...variant.labels };
}

/** The metadata of one of the service's objects, which is named as the service unless told otherwise. */
export function metadataOf(planned: Planned, annotations: Readonly<Record<string, string>> = {}, variant: Variant = {}): ManifestMetadata {
  return withoutAbsent({
    name: variant.name ?? planned.spec.name,
    namespace: planned.spec.namespace,
    labels: labelsOf(planned, variant),
    annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
  });
}

/** Leaves out the fields that are not set, so that the same object is written in the same bytes wherever it is made. */
export function withoutAbsent<T extends object>(fields: T): T {
  // A loop, because this runs for every object of every service and makes no arrays that way.
  const present: Record<string, unknown> = {};
  for (const key in fields) {
    if (fields[key] !== undefined) {
      present[key] = fields[key];
    }
  }
  return present as T;
}
