import type { Duration } from 'cdk8s';
import type { ContainerSettings } from './container-settings';

/** A container that runs to its end before the service starts. */
export interface InitContainer extends ContainerSettings {
  /** Its name, unique in the pod: at most 63 lower-case letters, digits or `-`. */
  readonly name: string;

  /** Its image, with a tag or a digest. */
  readonly image: string;
}

/**
 * A container that runs beside the service.
 *
 * From Kubernetes 1.29 it is an init container that always restarts, so that it starts before the service and is
 * stopped after it. Before, it is a plain container whose preStop hook sleeps as long as the service needs it, so that its
 * image must hold `sleep`.
 */
export interface Sidecar extends ContainerSettings {
  /** Its name, unique in the pod: at most 63 lower-case letters, digits or `-`. */
  readonly name: string;

  /** Its image, with a tag or a digest. */
  readonly image: string;

  /**
   * Ports that it listens on, by name, each from 1 to 65535 and none used twice in the pod.
   * @default - none
   */
  readonly ports?: { readonly [name: string]: number };

  /**
   * How long it may take to stop after the service's container has.
   * @default Duration.seconds(0)
   */
  readonly stopsWithin?: Duration;
}
