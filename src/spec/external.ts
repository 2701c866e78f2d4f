import { refuseIf } from './declaration-error';
import { dnsSubdomainProblem } from './names';

/**
 * A Secret or ConfigMap that something else creates.
 *
 * A reference to an object that neither the app creates nor this declares is an error: misspelt, it would keep every
 * new pod from starting.
 */
export class External {
  /**
   * A Secret.
   * @param name its name
   * @param keys the keys that it is known to hold; a reference to any other is an error. By default any key is taken.
   */
  static secret(name: string, keys?: string[]): External {
    return new External('Secret', name, keys);
  }

  /**
   * A ConfigMap.
   * @param name its name
   * @param keys the keys that it is known to hold; a reference to any other is an error. By default any key is taken.
   */
  static configMap(name: string, keys?: string[]): External {
    return new External('ConfigMap', name, keys);
  }

  private constructor(
    /** `Secret` or `ConfigMap`. */
    readonly kind: string,
    /** The name of the object. */
    readonly name: string,
    /** The keys that it is known to hold, where they are declared. */
    readonly keys?: string[],
  ) {
    refuseIf(dnsSubdomainProblem(`External ${kind} name`, name));
  }
}
