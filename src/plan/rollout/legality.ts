import { type Feature, FEATURES } from './legal-features';
import { type Strategy, STRATEGIES } from './legal-strategies';
import { type EngineKind, ENGINE_NAMES, type Verdict, verdictFor, WAYS, type WayKind } from './verdict';
import type { ServiceSpec } from '../../spec/service-spec';
import type { Ledger } from '../ledger';

/** What one engine can do through one way in. */
export interface Legality {
  readonly engine: EngineKind;
  readonly strategy: Strategy;
  /** Absent for the release itself. */
  readonly feature?: string;
  /** Of each way in that has it. */
  readonly verdicts: ReadonlyArray<readonly [way: WayKind, verdict: Verdict]>;
}

/** Everything that is known to be legal or not, for the documentation: what the planner refuses comes from the same tables. */
export function legalities(): Legality[] {
  return engines().flatMap((engine) => (['canary', 'abTest', 'blueGreen'] as const).flatMap((strategy) => {
    const whole = STRATEGIES[engine][strategy];
    const features = FEATURES.filter(({ strategies, verdicts }) => strategies.includes(strategy) && verdicts[engine] !== undefined);
    return [
      { engine, strategy, verdicts: WAYS.map((way) => [way, verdictFor(whole, way)] as const) },
      ...features.map((feature) => ({
        engine,
        strategy,
        feature: feature.name,
        verdicts: WAYS.filter((way) => feature.way === undefined || feature.way === way)
          .map((way) => [way, verdictFor(whole, way) ?? verdictFor(feature.verdicts[engine]!, way)] as const),
      })),
    ];
  }));
}

/** Notes what the declared engine cannot do through a declared way in. */
export function checkLegality(spec: ServiceSpec, ledger: Ledger): void {
  const { rollout } = spec;
  if (rollout.kind === 'rolling') {
    return;
  }
  const engine = rollout.engine.kind;
  for (const way of waysOf(spec)) {
    const whole = verdictFor(STRATEGIES[engine][rollout.kind], way);
    if (whole) {
      ledger.problem(refusalOf(`Rollout.${rollout.kind}`, engine, way, whole));
      continue;
    }
    for (const [title, verdict] of askedOf(spec, rollout.kind, engine, way)) {
      ledger.problem(verdict && refusalOf(title, engine, way, verdict));
    }
  }
}

/** The ways in through which a release must work: calls from inside the cluster only where there is no other. */
export function waysOf({ traffic }: ServiceSpec): WayKind[] {
  const others = traffic.map(({ kind }) => kind).filter((kind) => kind !== 'clusterInternal');
  return others.length === 0 ? ['clusterInternal'] : others;
}

function askedOf(spec: ServiceSpec, strategy: Strategy, engine: EngineKind, way: WayKind): Array<[string, Verdict]> {
  return FEATURES.filter(({ strategies }) => strategies.includes(strategy)).flatMap((feature): Array<[string, Verdict]> => {
    const value = feature.askedBy(spec);
    const verdicts = feature.verdicts[engine];
    return value === undefined || verdicts === undefined ? [] : [[titleOf(feature, strategy, value), verdictFor(verdicts, way)]];
  });
}

function titleOf({ name }: Feature, strategy: Strategy, value: string): string {
  return [name.includes('.') ? name : `Rollout.${strategy} ${name}`, value].filter((part) => part !== '').join(' ');
}

function refusalOf(title: string, engine: EngineKind, way: WayKind, { because, instead }: NonNullable<Verdict>): string {
  return `${title} cannot be given with ${ENGINE_NAMES[engine]} and Traffic.${way}, because ${because}; ${instead}`;
}

function engines(): EngineKind[] {
  return Object.keys(STRATEGIES) as EngineKind[];
}
