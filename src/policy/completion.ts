import { roleOf } from './hidden-role';
import { ABSENT, filled, hiddenIn, type HiddenValue } from './hidden-value';
import type { StackObject } from './stack-object';
import { clusterOf } from '../cluster/cluster';
import type { ReadObject } from '../reading/read-object';

/** What a hidden value may turn out to be, as one of several possibilities. */
type Guess = (hidden: HiddenValue) => unknown;

/** Every text that stands for a hidden value, so that no finding with one is told. */
export const STAND_IN = /pulumi-(?:unknown|secret)-\d+/;

/**
 * Values that take the rules to different answers: switches, no pods and very many, no time and very much. What holds with all of
 * them does not depend on what is hidden.
 */
const CONSTANTS: readonly unknown[] = [false, true, 0, 1, 7, 30, 100_000, '0s', '7s', '100000s', '0%', '25%', '100%', 'pulumi-unknown-0', ...[
  'Recreate', 'OnDelete', 'Always', 'Never', 'Local', 'Cluster', 'ClientIP', 'AlwaysAllow', 'IfHealthyBudget', 'TCP', 'UDP', 'HTTPS', 'NodePort', 'ExternalName', '*', 'nginx', 'alb', 'Service', 'In', 'Exists',
]];

/** What a value is taken to be first: as little as its object may do with. */
const FIRST: readonly Guess[] = [() => ABSENT, textOf(), () => 1, () => true, () => '1s', () => ({}), () => []];

/** A text of its own for every value, the same for those that are known to be the same. */
function textOf(): Guess {
  const texts = new Map<unknown, string>();
  return ({ because, identity }) => {
    const text = texts.get(identity) ?? `pulumi-${because}-${texts.size + 1}`;
    texts.set(identity, text);
    return text;
  };
}

/** Decides what may stand for the hidden values of some objects, so that each object can still be read. */
export class Completions {
  private readonly known = new Map<string, boolean>();
  private readonly first = new Map<HiddenValue, Guess>();
  private readonly scalars: ReadonlySet<HiddenValue>;

  constructor(private readonly objects: readonly StackObject[]) {
    objects.forEach((object) => object.hidden.forEach((hidden) => this.first.set(hidden, this.firstFor(object, hidden))));
    this.scalars = new Set(objects.flatMap((object) => object.hidden.filter((hidden) => roleOf(object, hidden) === 'scalar')));
  }

  /** The objects with as little as possible in the place of hidden values. */
  least(): readonly ReadObject[] {
    return this.objects.map((object) => readable(object, filled(object.value, (hidden) => this.first.get(hidden)?.(hidden))));
  }

  /** The objects with every other way in which hidden values may turn out: all of them as texts, and those on which others depend as more. */
  others(): readonly (readonly ReadObject[])[] {
    if (this.first.size === 0) {
      return [];
    }
    const constants = this.scalars.size === 0 ? [] : [...CONSTANTS, ...this.names(), ...this.ports()].map((value): Guess => () => value);
    return [...this.with(textOf(), () => true), ...constants.flatMap((guess) => this.with(guess, (hidden) => this.scalars.has(hidden)))];
  }

  /** Nothing where a guess is acceptable nowhere. */
  private with(guess: Guess, isGuessed: (hidden: HiddenValue) => boolean): (readonly ReadObject[])[] {
    let isUsed = false;
    const completed = this.objects.map((object) => readable(object, filled(object.value, (hidden) => {
      const value = guess(hidden);
      const isTaken = isGuessed(hidden) && this.isAcceptable(object, hidden, value);
      isUsed ||= isTaken;
      return isTaken ? value : this.first.get(hidden)?.(hidden);
    })));
    return isUsed ? [completed] : [];
  }

  /** Any of these may be what a reference or a selector names. */
  private names(): readonly string[] {
    return [...new Set(this.objects.flatMap(({ value }) => [
      ...textsOf(value.metadata, 'name'), ...labelsIn(value), ...['namespace', 'kind'].flatMap((key) => valuesUnder(value, key)).filter(isText),
    ]))];
  }

  /** Any of these may be what a port refers to. */
  private ports(): readonly unknown[] {
    return [...new Set(this.objects.flatMap(({ value }) => portsIn(value)))];
  }

  private firstFor(object: StackObject, hidden: HiddenValue): Guess {
    return FIRST.find((guess) => this.isAcceptable(object, hidden, guess(hidden))) ?? FIRST[0];
  }

  /** Whether an object can be read with a value at a place, whatever its other hidden values are. */
  private isAcceptable(object: StackObject, hidden: HiddenValue, value: unknown): boolean {
    const { apiVersion, kind } = object.value;
    const place = hidden.path.map((step) => typeof step === 'number' ? '*' : step);
    const key = JSON.stringify([apiVersion, kind, place, value === ABSENT ? 'absent' : [typeof value, STAND_IN.test(String(value)) ? 'text' : value]]);
    const found = this.known.get(key) ?? canBeRead(readable(object, filled(object.value, (other) =>
      other === hidden ? value : this.first.get(other)?.(other) ?? ABSENT)));
    this.known.set(key, found);
    return found;
  }
}

function canBeRead(object: ReadObject): boolean {
  return clusterOf([object]).problems.length === 0;
}

function readable({ urn }: StackObject, value: unknown): ReadObject {
  return { value: value as Readonly<Record<string, unknown>>, source: { name: urn, position: () => undefined } };
}

function textsOf(values: unknown, ...keys: readonly string[]): string[] {
  const found = keys.map((key) => (values as Readonly<Record<string, unknown>>)[key]);
  return found.filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The values of all labels, of objects and of pod templates. */
function labelsIn(value: unknown): string[] {
  return valuesUnder(value, 'labels').flatMap((labels) => hiddenIn(labels).length > 0 ? [] : textsOf(labels, ...Object.keys(labels as object)));
}

function portsIn(value: unknown): unknown[] {
  return ['containerPort', 'port', 'targetPort'].flatMap((key) => valuesUnder(value, key)).filter((port) => typeof port === 'number' || typeof port === 'string');
}

/** What stands under a key anywhere in a value. */
function valuesUnder(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value as Readonly<Record<string, unknown>>)
    .flatMap(([name, field]) => [...name === key && field !== null ? [field] : [], ...valuesUnder(field, key)]);
}
