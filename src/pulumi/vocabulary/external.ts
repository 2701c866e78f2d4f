import type * as pulumi from '@pulumi/pulumi';
import { External as PlainExternal } from '../../spec/external';
import { dnsSubdomainProblem } from '../../spec/names';
import { textOf } from '../inputs/placeholder';

/** A Secret or ConfigMap that something else creates. */
export type External = PlainExternal;

/**
 * Declarations of Secrets and ConfigMaps that something else creates. A name that is an Output of a resource need not be declared, unless
 * its keys are to be checked.
 */
export const External = {
  /**
   * A Secret.
   * @param name its name
   * @param keys the keys that it is known to hold; a reference to any other is an error. By default any key is taken.
   */
  secret(name: pulumi.Input<string>, keys?: string[]): External {
    return PlainExternal.secret(textOf('External.secret name', name, dnsSubdomainProblem), keys);
  },

  /**
   * A ConfigMap.
   * @param name its name
   * @param keys the keys that it is known to hold; a reference to any other is an error. By default any key is taken.
   */
  configMap(name: pulumi.Input<string>, keys?: string[]): External {
    return PlainExternal.configMap(textOf('External.configMap name', name, dnsSubdomainProblem), keys);
  },
};
