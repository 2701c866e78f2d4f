import type * as pulumi from '@pulumi/pulumi';
import type { WithInputs } from './inputs/with-inputs';
import type { InitContainer, Sidecar } from '../spec/companion';
import type { Env } from '../spec/env';
import type { ZeroDowntimeServiceProps } from '../spec/zero-downtime-service-props';

/** Environment variables, by name: a literal value, which may be known later, or a value of `Env`. */
export interface EnvArgs {
  readonly [name: string]: pulumi.Input<string> | Env;
}

/** A container that runs to its end before the service starts. Its image and environment may be known later. */
export interface InitContainerArgs extends Omit<WithInputs<InitContainer, 'image' | 'command' | 'args'>, 'env'> {
  /**
   * Environment variables, by name.
   * @default - none
   */
  readonly env?: EnvArgs;
}

/** A container that runs beside the service. Its image and environment may be known later. */
export interface SidecarArgs extends Omit<WithInputs<Sidecar, 'image' | 'command' | 'args'>, 'env'> {
  /**
   * Environment variables, by name.
   * @default - none
   */
  readonly env?: EnvArgs;
}

type Loose = 'image' | 'command' | 'args' | 'labels' | 'podAnnotations' | 'imagePullSecrets' | 'nodeSelector' | 'priorityClassName' | 'config';

/**
 * What a team knows about its service. Everything that is not said has a safe default.
 *
 * A text that decides nothing may be known later, as an Output or a Promise; what the plan decides by is plain.
 */
export interface ZeroDowntimeServiceArgs
  extends Omit<WithInputs<ZeroDowntimeServiceProps, Loose>, 'env' | 'configMaps' | 'initContainers' | 'sidecars' | 'name'> {
  /**
   * The name of the service and of its objects, at most 52 lower-case letters, digits or `-`.
   * @default - the name of the component
   */
  readonly name?: string;

  /**
   * The namespace of all objects. Something else creates it.
   * @default - the provider's namespace
   */
  readonly namespace?: pulumi.Input<string>;

  /**
   * The step that is in effect of a release without a controller, one of `releaseSteps`. What no step has changed so far is left as the
   * version before made it; once the last step is in effect, leave this out again.
   * @default - between releases
   */
  readonly releaseStep?: string;

  /**
   * Environment variables, by name.
   * @default - none but the ones that the library injects into the service's container
   */
  readonly env?: EnvArgs;

  /**
   * Further ConfigMaps, by a name of their own, made immutable, with a hash of the content in their names. `Env.configKey`,
   * `EnvFrom.config` and `Volume.config` refer to them by their own name.
   * @default - none
   */
  readonly configMaps?: { readonly [name: string]: { readonly [key: string]: pulumi.Input<string> } };

  /**
   * Containers that run to their end before the service starts, in order.
   * @default - none
   */
  readonly initContainers?: InitContainerArgs[];

  /**
   * Containers that run beside the service.
   * @default - none
   */
  readonly sidecars?: SidecarArgs[];
}
