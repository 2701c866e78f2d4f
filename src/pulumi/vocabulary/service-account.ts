import type * as pulumi from '@pulumi/pulumi';
import { dnsSubdomainProblem } from '../../spec/names';
import { ServiceAccount as PlainServiceAccount, type ServiceAccountOptions } from '../../spec/service-account';
import { textOf, textsOf } from '../inputs/placeholder';
import type { WithInputs } from '../inputs/with-inputs';

/** Settings of a ServiceAccount that is created. An annotation may be known later, such as `eks.amazonaws.com/role-arn`. */
export interface ServiceAccountArgs extends WithInputs<ServiceAccountOptions, 'annotations'> {}

/** The identity that the pods run under. */
export type ServiceAccount = PlainServiceAccount;

/** Factories of the identity that the pods run under. */
export const ServiceAccount = {
  /** A ServiceAccount of its own, named as the service. */
  create(args: ServiceAccountArgs = {}): ServiceAccount {
    return PlainServiceAccount.create({ ...args, annotations: textsOf('ServiceAccount.create annotations', args.annotations) });
  },

  /**
   * One that something else creates.
   * @param name its name
   */
  existing(name: pulumi.Input<string>): ServiceAccount {
    return PlainServiceAccount.existing(textOf('ServiceAccount.existing name', name, dnsSubdomainProblem));
  },
};
