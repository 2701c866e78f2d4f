import { Amount, named, show, showAmount, Unit } from './amount';
import { Bound, holds, inWords, largestAllowed, smallestAllowed } from './bound';
import type { Assumption, Decision, Requirement, Warning } from './decision';
import type { Problems } from '../spec/problems';
import type { Risk } from '../spec/risk';
import type { StatedSeconds } from '../spec/service-spec';

/** A number to be decided. */
export interface Question {
  readonly name: string;
  readonly unit: Unit;
  /** The user's own value. It is held against the bounds, never changed. */
  readonly override?: number;
  /** The user's word for the value, where it is not the name. */
  readonly field?: string;
  /** Whether the user's value states a fact about the program rather than replaces a derived one. */
  readonly isFact?: boolean;
  /** The customary value, taken where the bounds allow it. */
  readonly preferred?: number;
  readonly bounds: readonly Bound[];
}

interface Recorded {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly origin: string;
  readonly bounds: readonly Bound[];
}

/** Writes down every number of a plan as it is decided, with the inequalities that it satisfies. */
export class Ledger {
  readonly assumptions: Assumption[] = [];
  readonly requirements: Requirement[] = [];
  readonly warnings: Warning[] = [];

  private readonly recorded: Recorded[] = [];

  constructor(private readonly problems: Problems, private readonly risks: readonly Risk[]) {}

  /** The numbers as told to a reader. Made on demand, because most plans are never read. */
  get decisions(): Decision[] {
    return this.recorded.map(({ name, value, unit, origin, bounds }) => ({
      name,
      value,
      unit,
      origin,
      inequalities: bounds.map(({ relation, limit, because, source }) =>
        ({ relation, limit: limit.value, expression: limit.text, because, source })),
    }));
  }

  /** Takes a bound from the team, or the default with its source, and returns it as a term of inequalities. */
  assume(name: string, stated: StatedSeconds, source: string): Amount {
    this.assumptions.push({
      name, value: stated.seconds, unit: 's', origin: stated.isDefault ? 'default' : 'declared', source,
    });
    return named(name, stated.seconds, 's');
  }

  /** Takes a count that the plan relies on. */
  assumeCount(name: string, value: number, unit: Unit, source: string): Amount {
    this.assumptions.push({ name, value, unit, origin: 'default', source });
    return named(name, value, unit);
  }

  /** Decides a number: the user's, or the smallest that its bounds and custom allow. */
  decide(question: Question): Amount {
    const { name, unit, override, preferred, bounds } = question;
    const floor = Math.max(...bounds.map(smallestAllowed));
    const ceiling = Math.min(...bounds.map(largestAllowed));
    const value = override ?? Math.max(floor, Math.min(preferred ?? floor, ceiling));
    this.recorded.push({ name, unit, value, bounds, origin: originOf(question, value, floor) });
    this.judge(question, value, floor, ceiling);
    // What follows from a value that is none would only repeat that.
    return named(name, Number.isInteger(value) ? value : Math.max(floor, 0), unit);
  }

  private judge(question: Question, value: number, floor: number, ceiling: number): void {
    const { name, field = name, unit, override, bounds } = question;
    if (Number.isInteger(value) && value >= floor && value <= ceiling) {
      return;
    }
    if (!Number.isInteger(value)) {
      this.problem(`${field} ${show(value, unit)} must be a whole number`);
    } else if (override !== undefined && floor <= ceiling) {
      tightestBroken(value, bounds).forEach((bound) => this.problem(refusal(question, value, bound)));
    } else {
      // Where no value satisfies all bounds, another one of the user's would not either.
      const demanded = override === undefined ? value : floor;
      tightestBroken(demanded, bounds).forEach((bound) => this.problem(contradiction(question, demanded, bound)));
    }
  }

  /** Writes down a number that follows from others, and notes a problem for each bound that it breaks. */
  state(name: string, amount: Amount, unit: Unit, reason: { because: string; source: string }, bounds: readonly Bound[] = []): Amount {
    const origin: Bound = { relation: '=', limit: amount, ...reason };
    this.recorded.push({ name, unit, value: amount.value, bounds: [origin, ...bounds], origin: 'derived' });
    for (const bound of bounds.filter((b) => !holds(amount.value, b))) {
      const shown = amount.isCompound ? showAmount(amount, unit) : show(amount.value, unit);
      this.problem(`${name} ${shown} must be ${inWords(bound.relation)} ${showAmount(bound.limit, unit)}${remedyOf(bound)}`);
    }
    return named(name, amount.value, unit);
  }

  /** Notes what must hold outside the manifests. */
  require(of: 'program' | 'cluster', text: string): void {
    this.requirements.push({ of, text });
  }

  /** Notes a weakness, with the team's reason where it accepts the risk. */
  warn(id: string, text: string): void {
    this.warnings.push({ id, text, acceptedBecause: this.reasonFor(id) });
  }

  /** Notes what would be a problem if the team had not given a reason. */
  accept(id: string, text: string, reason: string): void {
    this.warnings.push({ id, text, acceptedBecause: reason });
  }

  /** The team's reason for accepting a risk, where it does. */
  reasonFor(id: string): string | undefined {
    return this.risks.find((risk) => risk.id === id)?.reason;
  }

  problem(text: string | undefined): void {
    this.problems.add(text);
  }
}

function originOf({ override, isFact, preferred }: Question, value: number, floor: number): string {
  if (override !== undefined) {
    return isFact ? 'declared' : 'overridden';
  }
  return value === preferred && value > floor ? 'preferred' : 'derived';
}

/** Of the bounds that a value breaks, the hardest on either side: who satisfies that one satisfies the others. */
function tightestBroken(value: number, bounds: readonly Bound[]): Bound[] {
  const broken = bounds.filter((bound) => !holds(value, bound));
  const lower = broken.filter((bound) => smallestAllowed(bound) > value).sort((a, b) => smallestAllowed(b) - smallestAllowed(a));
  const upper = broken.filter((bound) => largestAllowed(bound) < value).sort((a, b) => largestAllowed(a) - largestAllowed(b));
  return [...lower.slice(0, 1), ...upper.slice(0, 1)];
}

/** The user's value breaks a bound. */
function refusal({ name, field = name, unit, bounds }: Question, value: number, broken: Bound): string {
  const isLower = smallestAllowed(broken) > -Infinity;
  const works = isLower ? Math.max(...bounds.map(smallestAllowed)) : Math.min(...bounds.map(largestAllowed));
  return `${field} ${show(value, unit)} must be ${inWords(broken.relation)} ${showAmount(broken.limit, unit)}; `
    + `give it ${show(works, unit)} or ${isLower ? 'more' : 'less'}, or leave it out`;
}

/** No value satisfies all bounds. */
function contradiction({ name, unit, bounds }: Question, value: number, broken: Bound): string {
  const lower = bounds.find((bound) => smallestAllowed(bound) === value);
  const cause = lower ? ` (${showAmount(lower.limit, unit)})` : '';
  return `${name} ${show(value, unit)}${cause} must be ${inWords(broken.relation)} ${showAmount(broken.limit, unit)}${remedyOf(broken)}`;
}

function remedyOf(bound: Bound): string {
  return bound.remedy ? `; ${bound.remedy}` : '';
}
