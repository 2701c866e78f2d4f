import type { ServiceAccount } from './service-account';

/** A taint that the pods tolerate. */
export interface Toleration {
  /**
   * The taint's key.
   * @default - every key
   */
  readonly key?: string;

  /**
   * The taint's value.
   * @default - every value
   */
  readonly value?: string;

  /**
   * The taint's effect: NoSchedule, PreferNoSchedule or NoExecute.
   * @default - every effect
   */
  readonly effect?: string;
}

/** What the pods carry besides containers. */
export interface PodSettings {
  /**
   * The labels by which the pods are selected. They can never change; to take over a Deployment that exists, give its own.
   * @default - `app.kubernetes.io/name` with the service's name
   */
  readonly selector?: { readonly [key: string]: string };

  /**
   * Labels of every object and of the pods, besides the library's own.
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * Annotations of the pods.
   * @default - none
   */
  readonly podAnnotations?: { readonly [key: string]: string };

  /**
   * The identity that the pods run under.
   * @default ServiceAccount.create()
   */
  readonly serviceAccount?: ServiceAccount;

  /**
   * Secrets with which images are pulled: of this app, or declared with `External.secret`.
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Labels that a node must have.
   * @default - any node
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Taints that the pods tolerate.
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * The pods' PriorityClass.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}
