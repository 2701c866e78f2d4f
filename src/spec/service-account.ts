import { refuseIf } from './declaration-error';
import { dnsSubdomainProblem, qualifiedNameProblem } from './names';
import { flagOf } from './values';

/** Settings of a ServiceAccount that is created. */
export interface ServiceAccountOptions {
  /**
   * Its annotations, for instance the cloud role that it assumes.
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * Whether the API server's token is mounted into the pods.
   * @default false
   */
  readonly automountToken?: boolean;
}

/** The identity that the pods run under. */
export class ServiceAccount {
  /** A ServiceAccount of its own, named as the service. */
  static create(options: ServiceAccountOptions = {}): ServiceAccount {
    for (const key of Object.keys(options.annotations ?? {})) {
      refuseIf(qualifiedNameProblem('ServiceAccount.create annotations key', key));
    }
    return new ServiceAccount(undefined, flagOf('ServiceAccount.create automountToken', options.automountToken, false), options.annotations ?? {});
  }

  /**
   * A ServiceAccount that exists already.
   * @throws where the name is not one that Kubernetes takes
   */
  static existing(name: string): ServiceAccount {
    refuseIf(dnsSubdomainProblem('ServiceAccount.existing name', name));
    return new ServiceAccount(name, undefined, {});
  }

  private constructor(
    /** The name of the existing one, or nothing where one is created. */
    readonly existingName: string | undefined,
    /** Whether the API server's token is mounted, where one is created. */
    readonly automountToken: boolean | undefined,
    /** The annotations of the one that is created. */
    readonly annotations: { readonly [key: string]: string },
  ) {}
}
