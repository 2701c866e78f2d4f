import { Completions, STAND_IN } from './completion';
import { HiddenPlaces } from './hidden-places';
import { judgementOf, verdictsOf, type Judgement, type JudgedWay } from './judgement';
import type { StackObject } from './stack-object';
import { TOLD_BESIDE_RULES, type Told } from './told';
import { findingText, lossText, partText, unknownText } from './told-text';
import type { CheckSettings } from '../checks/check-cluster';
import type { Finding } from '../checks/finding';
import type { Workload } from '../cluster/workload';
import { problemText, type InputProblem } from '../reading/input-problem';
import { pathText } from '../reading/source';

/** What is told of one cluster, and the workloads that are in it. */
export interface JudgedCluster {
  readonly told: readonly Told[];
  readonly workloads: readonly Workload[];
}

/**
 * Judges the objects of one cluster.
 *
 * Where values are hidden, the rules are held against the objects with each of the values that these may turn out to have, and only
 * what is the same with all of them is told: a value that is not known yet neither makes a rule pass nor makes it find what may not be
 * so. A verdict is UNKNOWN where it may depend on such a value.
 */
export function judgeCluster(objects: readonly StackObject[], settings: CheckSettings): JudgedCluster {
  const completions = new Completions(objects);
  const least = judgementOf(completions.least(), settings);
  const { ways, problems } = verdictsOf(least, settings);
  const others = completions.others().map((completed) => judgementOf(completed, settings));
  const judgements = [{ ...least, problems: [...least.problems, ...problems] }, ...others];
  const { workloads } = least.context.cluster;
  const places = new HiddenPlaces(objects);
  const unread = judgements[0].problems.filter((problem) => !STAND_IN.test(problem.message) && !isOfHidden(problem, judgements, places));
  return unread.length > 0 ? { workloads, told: unread.map(unreadable) }
    : { workloads, told: [...findingsTold(judgements, places), ...ways.flatMap((way) => verdictTold(way, places))] };
}

/** A problem of an object is told at its resource, any other with where it comes from. */
export function unreadable(problem: InputProblem): Told {
  const isResource = problem.source.startsWith('urn:');
  return isResource ? { policy: TOLD_BESIDE_RULES.unreadable, urn: problem.source, message: problem.message }
    : { policy: TOLD_BESIDE_RULES.unreadable, message: problemText(problem) };
}

/** Whether a problem is about what stands in a hidden place, or another value there would do. */
function isOfHidden(problem: InputProblem, [, ...others]: readonly Judgement[], places: HiddenPlaces): boolean {
  const hidden = places.of(problem.source);
  return hidden.some(({ path }) => problem.message.includes(pathText(path)))
    || (hidden.length > 0 && others.some(({ problems }) => !problems.some((other) => keyOf(other) === keyOf(problem))));
}

function findingsTold(judgements: readonly Judgement[], places: HiddenPlaces): Told[] {
  const [least, ...others] = judgements.map(({ findings }) => new Map(findings.map((finding) => [keyOf(finding), finding])));
  const certain = [...least].filter(([key, finding]) =>
    others.every((findings) => findings.has(key)) && !places.decide(finding) && !STAND_IN.test(key));
  const told = new Set(certain.map(([key]) => key));
  const open = judgements.flatMap(({ findings }) => findings).filter((finding) => !told.has(keyOf(finding)));
  return [
    ...certain.map(([, finding]) => ({ policy: finding.ruleId, urn: finding.source, path: finding.path, message: findingText(finding) })),
    ...partsTold(open, places),
  ];
}

/** What is left open of each resource, with rules that may still find something there. */
function partsTold(open: readonly Finding[], places: HiddenPlaces): Told[] {
  const rules = new Map(places.partlyKnown().map((urn) => [urn, new Set<string>()]));
  open.forEach(({ source, ruleId }) => rules.set(source, (rules.get(source) ?? new Set()).add(ruleId)));
  const namespaces = new Map(open.map(({ source, namespace }) => [source, namespace]));
  return [...rules].map(([urn, ids]) => {
    const own = places.of(urn);
    return { policy: TOLD_BESIDE_RULES.notJudged, urn, message: partText(own.length > 0 ? own : places.in(namespaces.get(urn)), [...ids].sort()) };
  });
}

function verdictTold(judged: JudgedWay, places: HiddenPlaces): Told[] {
  const { workload, way } = judged;
  const hidden = places.in(workload.namespace);
  if (hidden.length > 0) {
    return [{ policy: TOLD_BESIDE_RULES.unknown, urn: workload.source, message: unknownText(judged, hidden) }];
  }
  switch (way.verdict) {
    case 'PROVED': return [];
    case 'REFUTED': return [{ policy: TOLD_BESIDE_RULES.loses, urn: workload.source, message: lossText(judged) }];
    case 'UNKNOWN': return [{ policy: TOLD_BESIDE_RULES.unknown, urn: workload.source, message: unknownText(judged, []) }];
  }
}

function keyOf(item: Finding | InputProblem): string {
  return JSON.stringify(item);
}
