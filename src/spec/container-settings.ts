import type { Env, EnvFrom } from './env';
import type { Resources } from './resources';
import type { Security } from './security';
import type { Volume } from './volume';

/** What every container may be given, the service's own as well as sidecars and init containers. */
export interface ContainerSettings {
  /**
   * The program that is run.
   * @default - the image's entry point
   */
  readonly command?: string[];

  /**
   * The arguments of the program.
   * @default - the image's arguments
   */
  readonly args?: string[];

  /**
   * Environment variables, by name.
   * @default - none but the ones that the library injects into the service's container
   */
  readonly env?: { readonly [name: string]: Env };

  /**
   * Objects whose every key becomes an environment variable. A variable of `env` wins over one of these.
   * @default - none
   */
  readonly envFrom?: EnvFrom[];

  /**
   * What is mounted, by absolute path.
   * @default - an emptyDir at `/tmp` where the root file system is read-only
   */
  readonly volumes?: { readonly [path: string]: Volume };

  /**
   * What the container needs, and what it may use at most.
   * @default - 100m CPU and 128Mi memory reserved, no limits
   */
  readonly resources?: Resources;

  /**
   * What the container may do on its node.
   * @default Security.restricted()
   */
  readonly security?: Security;
}
