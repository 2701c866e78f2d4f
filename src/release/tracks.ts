import type { Cluster } from '../cluster/cluster';
import { labelsOf, type ClusterObject } from '../cluster/identity';
import type { Field } from '../reading/field';

/** The label by which the two versions of a service, their pods and what selects them are told apart. */
export const TRACK_LABEL = 'zero-downtime/track';

/** The track of a Deployment; nothing where it has none. */
export function trackOf(object: ClusterObject): string | undefined {
  return object.field.get('spec', 'selector', 'matchLabels', TRACK_LABEL).string() ?? labelsOf(object).get(TRACK_LABEL);
}

/** The track that a Service selects; nothing where it selects all pods. */
export function trackSelectedBy(service: Field): string | undefined {
  return service.get('spec', 'selector', TRACK_LABEL).string();
}

/** Says which track a destination of a route means. */
export interface Destinations {
  /** `service` is a Service's name, `subset` one of its DestinationRule. */
  trackOf(service: string, subset?: string): string | undefined;
}

/** Reads from Services and DestinationRules which tracks their names mean. */
export function destinationsIn({ services, destinationRules }: Pick<Cluster, 'services' | 'destinationRules'>): Destinations {
  // A Service of the service's own name may select one track after the other.
  const own = services.filter(({ name, field }) => name.endsWith(`-${trackSelectedBy(field)}`));
  const ofService = new Map(own.map(({ name, field }) => [name, trackSelectedBy(field)]));
  const ofSubset = new Map(destinationRules.flatMap(({ host, subsets }) => subsets
    .map(({ name, labels }) => [`${host.split('.')[0]}/${name}`, labels.get(TRACK_LABEL)] as const)));
  return {
    trackOf: (service, subset) => (subset === undefined ? undefined : ofSubset.get(`${service}/${subset}`)) ?? ofService.get(service),
  };
}
