import type { Service } from '../../cluster/service';
import type { RuleContext } from '../rule';
import { workloadsBehind } from './pods-behind';

/** The longest request to a Service that somebody gave or annotated; nothing where it would be the default. */
export function givenRequestSeconds(context: RuleContext, services: readonly (Service | undefined)[]): number | undefined {
  const behind = services.flatMap((service) => service ? workloadsBehind(context, service) : []);
  const given = behind.flatMap((workload) => {
    const assumptions = context.assumptionsOf(workload);
    const isGiven = assumptions.tryFind('longest-request-seconds')?.origin !== 'default';
    return isGiven ? [assumptions.numberOf('longest-request-seconds')] : [];
  });
  return given.length === 0 ? undefined : Math.max(...given);
}
