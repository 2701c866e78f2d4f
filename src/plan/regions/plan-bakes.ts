import type { RegionSequenceSpec, RegionSpec } from '../../spec/regions/region-sequence-spec';
import { type Amount, literal, named, show, sum } from '../amount';
import { atLeast, type Bound } from '../bound';
import type { Ledger } from '../ledger';
import type { ServicePlan } from '../service-plan';

/** What a bake follows from: the plan of one service of the region. */
export interface BakedService {
  readonly name: string;
  readonly plan: ServicePlan;
  /** Whether the release has ended while pods of the old version, which the Service still selects, wait for their removal. */
  readonly outlivesItsRelease: boolean;
}

const CUSTOMARY_BAKE = 600;

const LASTS = atLeast(literal(1, 's'), { because: 'nothing can be seen in no time', source: 'the calendar' });

/** Decides how long each region is watched once its services are released, in seconds and in the order of the regions. */
export function planBakes(ledger: Ledger, { regions }: RegionSequenceSpec, servicesOf: (region: RegionSpec) => readonly BakedService[]): number[] {
  const bakes = regions.map((region) => {
    const services = servicesOf(region);
    const bake = ledger.decide({
      name: `${region.name}.bakeTime`,
      field: `bakeTime of region ${region.name}`,
      unit: 's',
      override: region.bakeSeconds,
      preferred: CUSTOMARY_BAKE,
      bounds: [...services.flatMap(boundsOf), LASTS],
    });
    services.forEach((service) => requireReturn(ledger, region, service, bake));
    return bake;
  });
  ledger.state('bakeTime of all regions', sum(...bakes), 's', {
    because: 'a version takes at least so long from the first region to the end', source: 'regions follow one another',
  });
  ledger.require('cluster', `each context leads to the cluster of its region and to no other: ${regions.map(({ name, context }) =>
    name === context ? name : `${name} by ${context}`).join(', ')}`);
  return bakes.map(({ value }) => value);
}

/**
 * The bake has to outlast the old version, whose answers hide what is wrong with the new one, and then as much measuring as the release
 * itself held to be enough at one of its shares.
 */
function boundsOf(service: BakedService): Bound[] {
  const analysis = amountOf(service, 'analysis.duration');
  const terms = [...oldVersionOf(service), ...analysis ? [analysis] : []];
  return terms.length === 0 ? [] : [atLeast(sum(...terms), {
    because: analysis ? 'the next region begins before a regression at all of the traffic has been measured' : 'the next region begins while the old version still answers',
    source: analysis ? 'the analysis that one share of the release needs' : 'Kubernetes: a pod that is deleted may serve until its grace period ends',
  })];
}

/** A blue-green release moves all requests at once, and its old pods get none while they wait. */
function oldVersionOf(service: BakedService): Amount[] {
  if (service.plan.tryFind('rollout.bakeTime')) {
    return [];
  }
  return [service.outlivesItsRelease ? amountOf(service, 'rollout.scaleDownDelay') : undefined, amountOf(service, 'terminationGracePeriod')]
    .filter((amount) => amount !== undefined);
}

/** Where the old version's pods are gone before the bake ends, a return is a release and no switch. */
function requireReturn(ledger: Ledger, region: RegionSpec, service: BakedService, bake: Amount): void {
  const kept = amountOf(service, 'rollout.bakeTime');
  const analysis = amountOf(service, 'analysis.duration');
  const needed = sum(...analysis ? [analysis] : [], { ...bake, text: `the region's ${bake.text.replace(`${region.name}.`, '')}` });
  if (kept && kept.value < needed.value) {
    ledger.require('cluster', `${region.name}: ${kept.text} ends before ${needed.text}, so that for the last ${show(needed.value - kept.value, 's')} of the bake `
      + `a return is a release of the version before; give the service a bakeTime of ${show(needed.value, 's')} where it must be at once`);
  }
}

function amountOf({ name, plan }: BakedService, decision: string): Amount | undefined {
  const found = plan.tryFind(decision);
  return found && named(`${name}.${decision}`, found.value, 's');
}
