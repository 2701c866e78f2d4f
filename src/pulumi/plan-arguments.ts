import type { ZeroDowntimeServiceArgs } from './args';
import { balancingProblems, type BalancedWay } from './aws/balancing-problems';
import { holdsPlaceholder, isLater, laterProblem, readable } from './inputs/placeholder';
import { laterProblems } from './inputs/plain-only';
import { readablePlan } from './inputs/readable-plan';
import { orInvalid } from './invalid-arguments-error';
import { declaredOf } from './props-of-args';
import { releaseStepProblem } from './release-step';
import { balancingOf } from './vocabulary/traffic';
import { judgeSql } from '../migrations/declared/judge-sql';
import { planService } from '../plan/plan-service';
import type { Planned } from '../plan/planned-service';
import type { Reference } from '../plan/references';
import type { ServicePlan } from '../plan/service-plan';
import { DeclarationError, refuseIf } from '../spec/declaration-error';
import { Health } from '../spec/health';
import { dnsLabelProblem } from '../spec/names';
import type { Traffic } from '../spec/traffic/traffic';
import { instanceProblem, quoted, settingsOf, textProblem } from '../spec/values';

/** A service as it has been decided. */
export interface PlannedArguments {
  readonly planned: Planned;
  readonly plan: ServicePlan;
  /** The way in whose load balancer Pulumi makes, or adds rules to. */
  readonly balanced?: BalancedWay;
}

/** Decides everything about a service before anything of it is made, or throws with every problem of its arguments at once. */
export function planArguments(component: string, args: ZeroDowntimeServiceArgs): PlannedArguments {
  return orInvalid({ component, args }, () => {
    refuseIf(textProblem('the component\'s name', component));
    refuseIf(isLater(args) ? laterProblem('the arguments', '; only single texts of them may be known later') : undefined);
    const { namespace, props } = declaredOf(component, settingsOf('the arguments', args));
    refuseAll([
      ...laterProblems({ ...props, releaseStep: args.releaseStep }),
      isLater(props.health) ? undefined : instanceProblem('health', props.health, Health, 'Health.http({ readiness: … })'),
      namespace === undefined ? undefined : dnsLabelProblem('namespace', namespace),
    ]);
    const { planned, plan } = planService({ name: props.name ?? component, namespace, path: component, props, judgeSql });
    const balanced = balancedOf(planned, props.traffic ?? []);
    refuseAll([
      ...planned.openReferences.map(referenceProblem),
      releaseStepProblem(planned, args.releaseStep),
      ...(balanced ? balancingProblems(planned, balanced) : []),
    ]);
    return { planned, plan: readablePlan(plan), balanced };
  }, readable);
}

function balancedOf({ traffic }: Planned, declared: readonly Traffic[]): BalancedWay | undefined {
  const given = declared.find((way) => balancingOf(way) !== undefined);
  const planned = traffic.find((way) => way.kind === 'awsLoadBalancer');
  return given && planned && { traffic: planned, balancing: balancingOf(given)!, given: given._spec.options as Record<string, unknown> };
}

/** Whoever passes the name of an object as its resource's output has made it; another name may be misspelt. */
function referenceProblem({ kind, name, usedBy }: Reference): string | undefined {
  return holdsPlaceholder(name) ? undefined
    : `${usedBy} refers to ${kind} ${quoted(name)}, which the service does not create; pass the name as an Output of the resource that makes it, `
      + `or declare it with External.${kind === 'Secret' ? 'secret' : 'configMap'}(${quoted(name)})`;
}

function refuseAll(answers: readonly (string | undefined)[]): void {
  const problems = answers.filter((problem) => problem !== undefined);
  if (problems.length > 0) {
    throw new DeclarationError(problems);
  }
}
