import type { Finding, Violation } from './finding';
import { ignoredBy, type Ignore } from './ignore';
import type { Rule, RuleContext } from './rule';
import { RULES } from './rules';
import { annotationProblemsOf, contradictionsOf, type Assumptions } from '../assumptions/assumptions';
import type { Cluster } from '../cluster/cluster';
import { objectText } from '../cluster/identity';
import { Relations } from '../cluster/relations';
import { waysInOf } from '../cluster/ways-in';
import type { Workload } from '../cluster/workload';
import type { InputProblem } from '../reading/input-problem';
import { visible } from '../reading/quoted';
import { problemOf } from '../reading/wrong-field';

/** What the checks are told. */
export interface CheckSettings {
  readonly assumptions: Assumptions;
  /** The minor version of Kubernetes 1.x. */
  readonly kubernetesMinor: number;
  readonly ignores: readonly Ignore[];
  /** All rules where nothing is said. */
  readonly rules?: readonly Rule[];
}

/** What the checks found. */
export interface Checked {
  /** In the order of sources and positions; ignored ones among them, with their reason. */
  readonly findings: readonly Finding[];
  readonly problems: readonly InputProblem[];
}

/** Holds every rule against a cluster. */
export function checkCluster(cluster: Cluster, settings: CheckSettings): Checked {
  return checkIn(contextOf(cluster, settings), settings);
}

/**
 * Holds every rule against a cluster whose context is known. What is assumed is looked up anew, because a verdict names what it was
 * asked for, and what only rules ask for is no part of that.
 */
export function checkIn(context: RuleContext, { assumptions, rules = RULES, ignores }: CheckSettings): Checked {
  const looked = { ...context, assumptionsOf: remembered((workload: Workload) => assumptions.of(workload)) };
  const problems = [...context.problems];
  const findings = rules.flatMap((rule) => {
    try {
      return rule.check(looked).map((violation) => findingOf(rule, violation, ignores));
    } catch (error) {
      problems.push(problemOf(error));
      return [];
    }
  });
  return { findings: findings.sort(inOrder), problems: distinct(problems) };
}

/** What rules look at. Relations and assumptions are worked out once for all of them. */
export function contextOf(cluster: Cluster, { assumptions, kubernetesMinor }: CheckSettings): RuleContext {
  const relations = new Relations(cluster);
  return {
    cluster,
    relations,
    ruleIds: RULES.map(({ id }) => id),
    problems: [
      ...cluster.workloads.flatMap((workload) => [...annotationProblemsOf(workload), ...contradictionsOf(workload, assumptions.of(workload))]),
      ...assumptions.problemsWith(cluster.workloads),
    ],
    kubernetesMinor,
    assumptionsOf: remembered((workload: Workload) => assumptions.of(workload)),
    waysInOf: remembered((workload: Workload) => waysInOf(relations, workload)),
  };
}

function remembered<K extends object, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key) ?? work(key);
    known.set(key, found);
    return found;
  };
}

function findingOf(rule: Rule, { object, field, message, actual, required, fix }: Violation, ignores: readonly Ignore[]): Finding {
  return {
    ruleId: rule.id,
    severity: rule.severity,
    object: objectText(object),
    kind: object.kind,
    namespace: object.namespace,
    name: object.name,
    path: visible(field.text),
    source: field.object.source.name,
    position: field.position,
    message: visible(message),
    actual: actual && visible(actual),
    required: required && visible(required),
    fix: visible(fix),
    ignored: ignoredBy(rule.id, object, ignores),
  };
}

function inOrder(one: Finding, other: Finding): number {
  return compare(one.source, other.source) || (one.position?.line ?? 0) - (other.position?.line ?? 0)
    || (one.position?.column ?? 0) - (other.position?.column ?? 0) || compare(one.ruleId, other.ruleId) || compare(one.message, other.message);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** A wrong field that several rules read is one problem. */
function distinct(problems: readonly InputProblem[]): InputProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
