import { planAvailability, planStabilization } from './availability';
import { planCapacity } from './capacity';
import { planConfigMaps } from './config-maps';
import { planConnections } from './connections';
import { Context, contextOf } from './context';
import { checkFeatures } from './feature-checks';
import { planKeepAlive } from './keep-alive';
import { Ledger } from './ledger';
import { judgeSchema } from './migrations/judge-schema';
import { planSchema } from './migrations/plan-schema';
import { planMonitoring } from './monitoring/plan-monitoring';
import type { Planned } from './planned-service';
import { planProbes } from './probes';
import { planReferences } from './references';
import { planRollout } from './rollout/plan-rollout';
import { factAnnotationsOf, runtimeFactsOf } from './runtime-facts';
import { ServicePlan } from './service-plan';
import { planTermination } from './termination';
import { pathOf } from './traffic/path-of';
import { warnOfWeaknesses } from './weaknesses';
import { DeclarationError } from '../spec/declaration-error';
import { Problems } from '../spec/problems';
import { serviceSpecOf } from '../spec/service-spec';
import type { ZeroDowntimeServiceProps } from '../spec/zero-downtime-service-props';
import type { JudgeSql } from '../sql/declared-sql';

/** A declaration and where it stands. */
export interface Declared {
  readonly name: string;
  readonly namespace?: string;
  /** How messages name the place, such as the construct path. */
  readonly path: string;
  readonly props: ZeroDowntimeServiceProps;
  /** Who can tell what the SQL of migrations does; where nobody can, it is taken as it is. */
  readonly judgeSql?: JudgeSql;
}

/** The numbers for the manifests, and the same as told to a reader. */
export interface PlannedService {
  readonly planned: Planned;
  readonly plan: ServicePlan;
}

/**
 * Decides everything about one service.
 * @throws DeclarationError with every problem of the declaration, where it has any
 */
export function planService({ name, namespace, path, props, judgeSql }: Declared): PlannedService {
  const problems = new Problems();
  const decided = gathering(problems, () => {
    const spec = serviceSpecOf(name, namespace, props, problems);
    const ledger = new Ledger(problems, spec.risks);
    return { ledger, planned: decideAll(contextOf(spec, ledger), judgeSql) };
  });
  if (!decided || problems.all.length > 0) {
    throw new DeclarationError(problems.all, path);
  }
  const { planned, ledger } = decided;
  const kubernetesVersion = planned.spec.kubernetes.toString();
  return { planned, plan: ServicePlan._of({ name, namespace, kubernetesVersion, ledger }) };
}

/** Each part follows from the ones before it. */
function decideAll(context: Context, judgeSql?: JudgeSql): Planned {
  const { spec, ledger } = context;
  checkFeatures(context);
  const paths = spec.traffic.map((traffic) => pathOf(context, traffic));
  const termination = planTermination(context, paths);
  const keepAlive = planKeepAlive(context, paths);
  const probes = planProbes(context);
  const capacity = planCapacity(context);
  const schema = planSchema(context);
  judgeSchema(context, judgeSql);
  const counted = planAvailability({ context, paths, probes, migratesWithin: schema?.migratesWithin });
  const rollout = planRollout({ context, paths, capacity, availability: counted, termination });
  const scaleDownStabilization = planStabilization({ context, availability: counted, termination, rollout });
  const availability = { ...counted, scaleDownStabilization };
  const peakPods = planConnections({ context, capacity, availability, termination, rollout }, schema?.jobs);
  const monitoring = planMonitoring({ context, capacity, availability, rollout });
  const traffic = paths.map((path) => path.plan(capacity));
  const configMaps = planConfigMaps(spec, ledger);
  const openReferences = planReferences(spec, configMaps, ledger);
  warnOfWeaknesses(context);
  const facts = {
    spec,
    capacity,
    termination,
    keepAlive,
    probes,
    availability,
    peakPods,
    rollout,
    monitoring,
    paths,
    traffic,
    configMaps,
    schema,
    openReferences,
    warnings: ledger.warnings,
  };
  return { ...facts, runtimeFacts: runtimeFactsOf(facts), factAnnotations: factAnnotationsOf(facts) };
}

/** A single bad value is refused at once, deep inside; the user is told of it together with what was found before. */
function gathering<T>(problems: Problems, decide: () => T): T | undefined {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof DeclarationError)) {
      throw error;
    }
    error.problems.forEach((problem) => problems.add(problem));
    return undefined;
  }
}
