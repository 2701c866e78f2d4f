import { predictBrokenRelease } from './capacity/broken-release';
import { remediedCapacity, type RemediedCapacity } from './capacity-remedy';
import { suppositionsOf, type Supposition } from './model/alternatives';
import { modelOf } from './model/model-of';
import { openQuestionsOf } from './model/open-questions';
import type { Subject } from './model/subject';
import type { Answer, Verdict, WayVerdict, WorkloadVerdict } from './verdict';
import { answersFor, type CaseAnswers } from './verify-way';
import type { WorkloadModel } from './workload-model';
import type { ClusterWayIn } from '../cluster/ways-in';

/** One combination of what was left open, and what it leads to. */
interface Case {
  readonly supposed: Supposition;
  readonly model: WorkloadModel;
}

/** What one case leads to on one way in. */
type JudgedCase = CaseAnswers & { readonly supposed: Supposition };

/** Says why nothing can be proved of a way in, where that is so. */
export type Obstruction = (way: ClusterWayIn) => string | undefined;

/** The verdict on a workload that requests reach. */
export function verifyWorkload(subject: Subject, obstruction: Obstruction = () => undefined): WorkloadVerdict {
  const { workload } = subject;
  const cases = suppositionsOf(openQuestionsOf(subject)).map((supposed): Case => ({ supposed, model: modelOf(subject, supposed) }));
  // What is left open concerns single pods: the counts are the same in all cases.
  const [{ model }] = cases;
  const capacity = remediedCapacity(model);
  const ways = subject.ways.map((way, index) => obstructed(wayVerdict(cases, index, capacity), obstruction(way)));
  return {
    workload: model.workload,
    kind: workload.kind,
    namespace: workload.namespace,
    name: workload.name,
    source: workload.field.object.source.name,
    position: workload.field.get('metadata', 'name').position,
    verdict: worst(ways.map(({ verdict }) => verdict)),
    ways,
    fewestReady: capacity.exact ? capacity.fewest : undefined,
    replicas: model.replicas.min,
    assumptions: subject.assumptions.used,
    broken: predictBrokenRelease(model),
  };
}

/** What was refuted stays so: there a request is lost whatever else is wrong. */
function obstructed(verdict: WayVerdict, reason: string | undefined): WayVerdict {
  return reason === undefined || verdict.verdict === 'REFUTED' ? verdict : { ...verdict, verdict: 'UNKNOWN', reason };
}

function wayVerdict(cases: readonly Case[], index: number, capacity: RemediedCapacity): WayVerdict {
  const judged = cases.map(({ supposed, model }) => ({ supposed, ...answersFor(model, model.waysIn[index], capacity) }));
  const { path, through } = cases[0].model.waysIn[index];
  const verdicts = judged.map(verdictOf);
  const verdict = verdicts.every((each) => each === verdicts[0]) ? verdicts[0] : 'UNKNOWN';
  const missing = verdict === 'UNKNOWN' ? missingKeys(judged, verdicts) : [];
  return {
    path,
    through,
    verdict,
    answers: shownAnswers(judged, verdict, missing),
    counterexample: verdict === 'REFUTED' ? shortest(failuresOf(mildest(judged)))?.counterexample : undefined,
    missing,
    reason: verdict === 'UNKNOWN' ? reasonOf(judged, missing) : undefined,
  };
}

function verdictOf({ answers, undecided }: CaseAnswers): Verdict {
  if (answers.some(({ holds }) => !holds)) {
    return 'REFUTED';
  }
  return undecided === undefined ? 'PROVED' : 'UNKNOWN';
}

/** The keys of which some value, all others the same, makes the verdict another. */
function missingKeys(judged: readonly { readonly supposed: Supposition }[], verdicts: readonly Verdict[]): readonly string[] {
  return [...judged[0].supposed.keys()].filter((key) => judged.some((one, i) => judged.some((other, j) =>
    verdicts[i] !== verdicts[j] && [...one.supposed].every(([name, value]) => name === key || other.supposed.get(name) === value))));
}

function reasonOf(judged: readonly CaseAnswers[], missing: readonly string[]): string {
  return missing.length > 0 ? `it depends on ${missing.join(' and ')}` : judged.find(({ undecided }) => undecided !== undefined)?.undecided ?? 'undecided';
}

/** What fails even in the mildest case needs no supposition; of what depends on one, the cases in which it fails are told. */
function shownAnswers(judged: readonly JudgedCase[], verdict: Verdict, missing: readonly string[]): readonly Answer[] {
  const { answers } = mildest(judged);
  if (verdict !== 'UNKNOWN') {
    return [...answers].sort((one, other) => Number(one.holds) - Number(other.holds));
  }
  const failing = judged.flatMap((each) => failuresOf(each).map((answer) => ({ ...answer, supposing: suppositionText(each.supposed, missing) })));
  const byQuestion = new Map(failing.reverse().map((answer) => [answer.question, answer]));
  return [...byQuestion.values(), ...answers.filter(({ question }) => !byQuestion.has(question))];
}

/** The case in which the least fails. */
function mildest<T extends CaseAnswers>(judged: readonly T[]): T {
  return [...judged].sort((one, other) => failuresOf(one).length - failuresOf(other).length)[0];
}

function failuresOf({ answers }: CaseAnswers): readonly Answer[] {
  return answers.filter(({ holds }) => !holds);
}

function suppositionText(supposed: Supposition, missing: readonly string[]): string {
  return [...supposed].filter(([key]) => missing.includes(key)).map(([key, value]) => `${key} ${value}`).join(' and ');
}

/** The counterexample that is read fastest: in seconds before steps, and the fewer events the better. */
function shortest(lost: readonly Answer[]): Answer | undefined {
  const weight = ({ counterexample }: Answer) => (counterexample?.unit === 'steps' ? 100 : 0) + (counterexample?.events.length ?? Infinity);
  return [...lost].sort((one, other) => weight(one) - weight(other))[0];
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('REFUTED') ? 'REFUTED' : verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'PROVED';
}
