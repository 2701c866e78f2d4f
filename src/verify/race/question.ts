import { largestOf, System, Term, TightestBounds, Times, timesOfLargest } from './difference-constraints';
import { marginsOf } from './margins';
import type { Asked, ModelBound } from './model-bound';
import type { RaceAnswer } from './race-answer';
import type { Timeline } from '../timeline';

/** One event must not come after another. */
export interface Demand {
  readonly system: System;
  readonly event: string;
  readonly notAfter: string;
  /** Nor together with it. */
  readonly isStrict?: boolean;
}

/** A question about the order of events. */
export interface Question {
  readonly question: string;
  /** The numbers on which the answer may depend. */
  readonly bounds: readonly ModelBound[];
  /** All must be met; at least one. */
  demandsOf(asked: Asked): readonly Demand[];
  /** What happens at these times, in which a demand is violated most. */
  violationOf(asked: Asked, demand: Demand, times: Times): Timeline;
  remedyOf(asked: Asked): string;
}

interface Weighed {
  readonly demand: Demand;
  /** By how many seconds the demand can be violated; met where not positive. */
  readonly excess: number;
}

/** Answers a question exactly, in whole seconds. */
export function answer(question: Question, asked: Asked): RaceAnswer {
  const { demand, excess } = worstOf(question, asked);
  const terms = TightestBounds.of(demand.system).termsOf(demand.notAfter, demand.event);
  const holds = excess <= 0;
  return {
    holds,
    question: question.question,
    inequality: inequalityOf(terms, demand.isStrict === true ? '>' : '≥'),
    margins: marginsOf(asked, question.bounds, (changed) => question.demandsOf(changed).every((each) => weigh(each).excess <= 0)),
    ...(holds ? {} : { counterexample: counterexampleOf(question, asked, demand) }),
  };
}

function worstOf(question: Question, asked: Asked): Weighed {
  return question.demandsOf(asked).map(weigh).reduce((worst, other) => other.excess > worst.excess ? other : worst);
}

function weigh(demand: Demand): Weighed {
  return { demand, excess: largestOf(demand.system, demand.notAfter, demand.event) + (demand.isStrict === true ? 1 : 0) };
}

function counterexampleOf(question: Question, asked: Asked, demand: Demand): Timeline {
  const times = timesOfLargest(demand.system, demand.notAfter, demand.event);
  return { ...question.violationOf(asked, demand, times), remedy: question.remedyOf(asked) };
}

/**
 * What is sure to pass before the later event, against what may pass before the other. The terms lead back from the later event to
 * the start, and from there to the other: each side is told in the order in which it happens.
 */
function inequalityOf(terms: readonly Term[], relation: '≥' | '>'): string {
  return `${sideOf([...terms].reverse(), 'atLeast')} ${relation} ${sideOf(terms, 'atMost')}`;
}

function sideOf(terms: readonly Term[], limit: Term['limit']): string {
  const named = terms.filter((term) => term.limit === limit && term.name !== undefined);
  const counted = named.filter(({ seconds }) => seconds > 0);
  const shown = counted.length > 0 ? counted : named.slice(0, 1);
  return shown.map(({ name, seconds }) => `${name} ${seconds}s`).join(' + ') || '0s';
}
