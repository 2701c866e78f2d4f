import { givenValueOf } from './assumption-value';
import { tryFindKnown } from './known-assumptions';
import { annotationsOf, objectText } from '../cluster/identity';
import type { Workload } from '../cluster/workload';
import type { InputProblem } from '../reading/input-problem';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';

/** A bound that a verdict rests on, and who says so. */
export interface Assumption {
  readonly key: string;
  readonly value: number | string;
  readonly unit?: string;
  /** `given` on the command line or in a file, `annotation` on the object, or the `default`. */
  readonly origin: 'given' | 'annotation' | 'default';
  /** Who says so, or where the default comes from. */
  readonly source: string;
  readonly meaning: string;
}

/** A value that somebody gave. */
export interface Given {
  readonly value: number | string;
  /** For example `--assume` or the name of a file. */
  readonly source: string;
}

/** Prefix of annotations by which manifests say what they do not otherwise show. */
export const ANNOTATION_PREFIX = 'zero-downtime/';

type Values = ReadonlyMap<string, Given>;

/** What is assumed of every workload, and of single ones. */
export class Assumptions {
  /** `byWorkload` is keyed by `namespace/name`. */
  constructor(private readonly general: Values = new Map(), private readonly byWorkload: ReadonlyMap<string, Values> = new Map()) {}

  /** What is assumed of one workload: given for it, given for all, annotated, or the default, in this order. */
  of(workload: Workload): WorkloadAssumptions {
    const annotations = annotationsOf(workload);
    const special = this.byWorkload.get(`${workload.namespace}/${workload.name}`);
    return new WorkloadAssumptions((key) => {
      const given = special?.get(key) ?? this.general.get(key);
      return given ? assumptionOf(key, given.value, 'given', given.source) : annotated(workload, annotations, key) ?? defaultOf(key);
    });
  }

  /** What is given for a workload that is not there would be without effect, and nobody would know. */
  problemsWith(workloads: readonly Workload[]): readonly InputProblem[] {
    const names = new Set(workloads.map(({ namespace, name }) => `${namespace}/${name}`));
    return [...this.byWorkload].filter(([name]) => !names.has(name)).map(([name, values]) => ({
      source: [...values.values()][0]?.source ?? '--assume',
      message: `${quoted(name)} is no workload among the objects${didYouMean(name, [...names])}`,
    }));
  }
}

/** What is assumed of one workload. Remembers what it was asked for, because a verdict names what it rests on. */
export class WorkloadAssumptions {
  private readonly asked = new Map<string, Assumption>();

  constructor(private readonly lookUp: (key: string) => Assumption | undefined) {}

  /** A number, or nothing where nobody says and there is no default. */
  number(key: string): number | undefined {
    return this.find(key)?.value as number | undefined;
  }

  /** A number that has a default. */
  numberOf(key: string): number {
    return this.number(key) ?? Number(tryFindKnown(key)?.default);
  }

  /** A word, or nothing where nobody says and there is no default. */
  word(key: string): string | undefined {
    return this.find(key)?.value as string | undefined;
  }

  /** The assumption behind a key, without resting on it. */
  tryFind(key: string): Assumption | undefined {
    return this.lookUp(key);
  }

  /** What was asked for so far. */
  get used(): readonly Assumption[] {
    return [...this.asked.values()];
  }

  private find(key: string): Assumption | undefined {
    const found = this.lookUp(key);
    if (found) {
      this.asked.set(key, found);
    }
    return found;
  }
}

/** Annotations that hold no value that can be taken. */
export function annotationProblemsOf(workload: Workload): readonly InputProblem[] {
  return [...annotationsOf(workload)].flatMap(([name, text]) => {
    const key = name.slice(ANNOTATION_PREFIX.length);
    const given = name.startsWith(ANNOTATION_PREFIX) && tryFindKnown(key) ? givenValueOf(key, text) : undefined;
    const field = workload.field.get('metadata', 'annotations', name);
    return given && 'problem' in given
      ? [{ source: field.object.source.name, position: field.position, message: `${objectText(workload)}: annotation ${ANNOTATION_PREFIX}${given.problem}` }]
      : [];
  });
}

/** Assumptions that contradict each other: no program starts later than it does. */
export function contradictionsOf(workload: Workload, assumptions: WorkloadAssumptions): readonly InputProblem[] {
  const [after, within] = ['starts-after-seconds', 'starts-within-seconds'].map((key) => assumptions.tryFind(key));
  return after === undefined || within === undefined || Number(after.value) <= Number(within.value) ? [] : [{
    source: after.origin === 'given' ? after.source : workload.field.object.source.name,
    message: `${objectText(workload)}: ${after.key} ${after.value} must be at most ${within.key} ${within.value}; lower it, or raise the other`,
  }];
}

function annotated(workload: Workload, annotations: ReadonlyMap<string, string>, key: string): Assumption | undefined {
  const text = annotations.get(`${ANNOTATION_PREFIX}${key}`);
  const given = text === undefined ? undefined : givenValueOf(key, text);
  return given && 'value' in given ? assumptionOf(key, given.value, 'annotation', objectText(workload)) : undefined;
}

function defaultOf(key: string): Assumption | undefined {
  const known = tryFindKnown(key);
  return known?.default === undefined ? undefined : assumptionOf(key, known.default, 'default', known.source ?? '');
}

function assumptionOf(key: string, value: number | string, origin: Assumption['origin'], source: string): Assumption {
  const known = tryFindKnown(key);
  return { key, value, unit: known?.unit, origin, source, meaning: known?.meaning ?? '' };
}
