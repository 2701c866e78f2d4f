import * as fc from 'fast-check';
import { lossesOf } from './judging';
import { someModel } from './models';
import { askInFlight } from '../../../src/verify/race/in-flight';
import { askKeptConnections } from '../../../src/verify/race/kept-connections';
import { askNewConnections } from '../../../src/verify/race/new-connections';
import { askStart } from '../../../src/verify/race/start';
import { askSwitchOver } from '../../../src/verify/race/switch-over';
import { simulate } from '../../../src/verify/simulation/simulate';
import type { WayIn, WorkloadModel } from '../../../src/verify/workload-model';

/** What is asked, how a run shows that it does not hold, and of what it is known that no run shows it. */
const QUESTIONS = {
  newConnections: { ask: askNewConnections, losses: ['refused'], isNeverSeen: () => false },
  inFlight: { ask: askInFlight, losses: ['cut', 'loadBalancerCut'], isNeverSeen: () => false },
  // Pods that are not ready are refused whatever the numbers, also where these happen to be right.
  start: {
    ask: askStart,
    losses: ['refused'],
    isNeverSeen: ({ start }: WorkloadModel, way: WayIn) => way.routesUnready && start.accepts.atMost <= way.attach.atLeast,
  },
  // Nothing is cut that takes no time, and nobody keeps a connection for no time.
  keptConnections: {
    ask: askKeptConnections,
    losses: ['closedWhileWriting', 'cut'],
    isNeverSeen: ({ longestRequestSeconds }: WorkloadModel, way: WayIn) => longestRequestSeconds === 0 || way.idleTimeoutSeconds === 0,
  },
  switchOver: { ask: askSwitchOver, losses: ['refused', 'noEndpoint'], isNeverSeen: () => false },
} as const;

type QuestionName = keyof typeof QUESTIONS;

interface Refuted {
  readonly question: QuestionName;
  readonly model: WorkloadModel;
  readonly way: number;
}

const MODELS = fc.sample(someModel, { numRuns: 200, seed: 7 });
const MOST_RUNS = 300;

function refutedIn(model: WorkloadModel, question: QuestionName): Refuted[] {
  const { ask, isNeverSeen } = QUESTIONS[question];
  return model.waysIn.flatMap((way, index) => ask(model, way).holds || isNeverSeen(model, way) ? [] : [{ question, model, way: index }]);
}

function isSeen({ question, model, way }: Refuted): boolean {
  const losses: readonly string[] = QUESTIONS[question].losses;
  // A slow network makes the moment long in which a connection closes.
  const options = question === 'keptConnections' ? { networkLatencySeconds: 0.5, requestsPerSecond: 20 } : { requestsPerSecond: 0.5 };
  for (let seed = 0; seed < MOST_RUNS; seed += 1) {
    if (lossesOf(simulate(model, { seed, ...options }).perWay[way]).some((reason) => losses.includes(reason))) {
      return true;
    }
  }
  return false;
}

test.each(Object.keys(QUESTIONS) as QuestionName[])('what %s refutes is lost in some run, but for one in a hundred', (question) => {
  const refuted = MODELS.flatMap((model) => refutedIn(model, question));
  expect(refuted.length).toBeGreaterThan(5);
  expect(refuted.filter((each) => !isSeen(each)).length).toBeLessThanOrEqual(refuted.length / 100);
});
