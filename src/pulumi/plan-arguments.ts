import type { ZeroDowntimeServiceArgs } from './args';
import { orInvalid } from './invalid-arguments-error';
import { holdsPlaceholder } from './inputs/placeholder';
import { laterProblems } from './inputs/plain-only';
import { declaredOf } from './props-of-args';
import { planService } from '../plan/plan-service';
import type { Planned } from '../plan/planned-service';
import type { Reference } from '../plan/references';
import type { ServicePlan } from '../plan/service-plan';
import { DeclarationError } from '../spec/declaration-error';
import { quoted, settingsOf } from '../spec/values';

/** A service as it has been decided. */
export interface PlannedArguments {
  readonly planned: Planned;
  readonly plan: ServicePlan;
}

/** Decides everything about a service before anything of it is made, or throws with every problem of its arguments at once. */
export function planArguments(component: string, args: ZeroDowntimeServiceArgs): PlannedArguments {
  return orInvalid(component, () => {
    const { namespace, props } = declaredOf(settingsOf('args', args));
    refuseAll(laterProblems(props));
    const decided = planService({ name: props.name ?? component, namespace, path: component, props });
    refuseAll(decided.planned.openReferences.map(referenceProblem).filter((problem) => problem !== undefined));
    return decided;
  });
}

/** Whoever passes the name of an object as its resource's output has made it; another name may be misspelt. */
function referenceProblem({ kind, name, usedBy }: Reference): string | undefined {
  return holdsPlaceholder(name) ? undefined
    : `${usedBy} refers to ${kind} ${quoted(name)}, which the service does not create; pass the name as an Output of the resource that makes it, `
      + `or declare it with External.${kind === 'Secret' ? 'secret' : 'configMap'}(${quoted(name)})`;
}

function refuseAll(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new DeclarationError(problems);
  }
}
