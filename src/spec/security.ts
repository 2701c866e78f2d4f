import { refuse } from './declaration-error';
import { flagOf, quoted, wholeNumber } from './values';

/** What a restricted container is allowed all the same. */
export interface RestrictedOptions {
  /**
   * The user id that the program runs as, from 1 to 2147483647.
   * @default - the image's user, which must not be root
   */
  readonly user?: number;

  /**
   * The group id that the program runs as and that owns the volumes, from 1 to 2147483647.
   * @default - the image's group
   */
  readonly group?: number;

  /**
   * Whether the program may write to the image's file system. Where it may not, `/tmp` is an emptyDir.
   * @default false
   */
  readonly writableRootFilesystem?: boolean;

  /**
   * Capabilities that are given back after all have been dropped. The restricted standard allows NET_BIND_SERVICE only.
   * @default - none
   */
  readonly addCapabilities?: string[];
}

/** What a container may do on its node. */
export class Security {
  /**
   * What the restricted Pod Security Standard allows, with a read-only root file system besides.
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  static restricted(options: RestrictedOptions = {}): Security {
    if (options.user !== undefined) {
      wholeNumber('Security.restricted user', options.user, 1, 2_147_483_647);
    }
    if (options.group !== undefined) {
      wholeNumber('Security.restricted group', options.group, 1, 2_147_483_647);
    }
    flagOf('Security.restricted writableRootFilesystem', options.writableRootFilesystem, false);
    const forbidden = options.addCapabilities?.find((capability) => capability !== 'NET_BIND_SERVICE');
    if (forbidden !== undefined) {
      refuse(`Security.restricted addCapabilities ${quoted(forbidden)} must be NET_BIND_SERVICE; Security.unrestricted() drops none`);
    }
    return new Security(true, options);
  }

  /** Nothing is restricted beyond what the runtime does by itself. */
  static unrestricted(): Security {
    return new Security(false, {});
  }

  /** @internal */
  readonly _options: RestrictedOptions;

  private constructor(
    /** Whether the restricted standard applies. */
    readonly isRestricted: boolean,
    options: RestrictedOptions,
  ) {
    this._options = options;
  }
}
