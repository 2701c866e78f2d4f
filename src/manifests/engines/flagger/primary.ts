import type { ServiceSpec } from '../../../spec/service-spec';
import type { Variant } from '../../manifest';

/**
 * What Flagger makes of the service's own objects for the pods that serve between releases.
 *
 * It copies the Deployment, and changes the label that selects the copy's pods. The plan takes no selector but one that Flagger knows.
 * @see https://docs.flagger.app/usage/how-it-works#canary-target
 */
export function primaryOf({ name, selector }: ServiceSpec): Required<Variant> {
  return {
    name: `${name}-primary`,
    labels: Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, `${value}-primary`])),
  };
}
