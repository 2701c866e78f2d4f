import { askProgressDeadline } from '../../../src/verify/race/progress-deadline';
import type { RaceAnswer } from '../../../src/verify/race/race-answer';
import { RACES } from '../../../src/verify/race/races';
import { askReplacement } from '../../../src/verify/race/replacement';
import type { StartModel, TerminationModel, WayIn, WorkloadModel } from '../../../src/verify/workload-model';

/** What a test changes of the model below. */
export interface Changes extends Partial<Omit<WorkloadModel, 'start' | 'termination' | 'waysIn'>> {
  readonly start?: Partial<StartModel>;
  readonly termination?: Partial<TerminationModel>;
  readonly way?: Partial<WayIn>;
}

export const exactly = (seconds: number) => ({ atLeast: seconds, atMost: seconds });
export const upTo = (seconds: number) => ({ atLeast: 0, atMost: seconds });

const WAY: WayIn = {
  path: 'clusterInternal',
  through: 'Service shop/payments',
  detach: upTo(10),
  attach: upTo(10),
  inOrder: true,
  fallsBackToTerminating: true,
  routesUnready: false,
  readinessGate: false,
  keptBy: 'client',
};

/** A service of which everything holds with room: preStop 20 s, requests of 30 s, grace period 60 s. */
export function modelOf({ start, termination, way, ...changes }: Changes = {}): WorkloadModel {
  return {
    workload: 'Deployment shop/payments',
    replicas: { min: 3, max: 3 },
    strategy: { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 },
    minReadySeconds: 10,
    progressDeadlineSeconds: 600,
    start: { accepts: { atLeast: 1, atMost: 5 }, gated: true, noticedWithinSeconds: 1, ...start },
    termination: {
      gracePeriodSeconds: 60, preStop: exactly(20), kubeletSeconds: 2, shutdown: 'drains', drainSeconds: 35, ...termination,
    },
    longestRequestSeconds: 30,
    keptConnections: 'announced',
    evictions: 0,
    requiredReady: 1,
    waysIn: [{ ...WAY, ...way }],
    ...changes,
  };
}

export const QUESTIONS = {
  ...RACES,
  replacement: askReplacement,
  progressDeadline: askProgressDeadline,
};

export type QuestionName = keyof typeof QUESTIONS;

/** The answer of one question about the first way in. */
export function asked(name: QuestionName, changes: Changes = {}): RaceAnswer {
  const model = modelOf(changes);
  return QUESTIONS[name](model, model.waysIn[0]);
}

/** The questions whose answer is that something is lost. */
export function failing(model: WorkloadModel): string[] {
  return Object.entries(QUESTIONS).filter(([, ask]) => !ask(model, model.waysIn[0]).holds).map(([name]) => name);
}
