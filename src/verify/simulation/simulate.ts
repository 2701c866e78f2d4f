import { Cluster } from './cluster';
import { Extremes, follow } from './course-of-run';
import { Delays, milliseconds, Spread } from './delays';
import { Epoch, epochsOf } from './epochs';
import type { RequestSeconds } from './exchange';
import { exposureOf } from './exposure';
import { sendOnKeptConnections } from './kept-connections';
import { openConnections } from './new-connections';
import { Random } from './random';
import { drawCourse, Scenario, scenariosOf } from './scenario';
import { ByConnection, Losses, LossReason, Tally } from './tally';
import { traceOf } from './trace';
import type { Timeline } from '../timeline';
import type { WorkloadModel } from '../workload-model';

/** What one run is made of. */
export interface SimulationOptions {
  /** The same seed makes the same run. */
  readonly seed: number;
  /** @default - one that the model allows is drawn */
  readonly scenario?: Scenario;
  /**
   * Requests a second on every way in: so many on connections of their own, and as many on kept ones as far as these get to it.
   *
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /** @default 'upToLongest' */
  readonly requestSeconds?: RequestSeconds;
  /** @default 'corners' */
  readonly delays?: Spread;
  /**
   * How long a packet travels one way: for twice as long a request may cross the closing of its connection.
   *
   * @default - 1 to 50 milliseconds are drawn
   */
  readonly networkLatencySeconds?: number;
}

/** What happened to the requests of one way in. */
export interface WayRun {
  readonly path: string;
  readonly through: string;
  readonly requests: ByConnection;
  readonly served: ByConnection;
  readonly lost: Losses;
  /** How a request could have been lost, had one come at the worst moment; what closing kept connections may lose is left out. */
  readonly exposed: readonly LossReason[];
  /** The fewest pods that the way sent requests to at once. */
  readonly fewestEndpoints: number;
}

/** What happened in one run; times are seconds from the first change. */
export interface SimulationRun {
  readonly scenario: Scenario;
  /** How many replicas there were when it began. */
  readonly replicas: number;
  readonly requests: ByConnection;
  readonly served: ByConnection;
  readonly lost: Losses;
  /** Ready and not terminating. */
  readonly fewestReady: number;
  /** Terminating ones included. */
  readonly mostPods: number;
  readonly mostTerminating: number;
  /** When every pod that was asked for was available, and no other was left but terminating ones. */
  readonly doneAt: number;
  /** When the last pod that ended had gone. */
  readonly oldGoneAt: number;
  /** How a request could have been lost on any way in. */
  readonly exposed: readonly LossReason[];
  /** With the first request that was lost, if any. */
  readonly trace: Timeline;
  readonly perWay: readonly WayRun[];
}

/** Longer requests than this are under way when a run begins only as far as they began within it. */
const MOST_WARM_UP = 30_000;
const AFTERWARDS = 1000;
const DEFAULT_RATE = 20;

/** Plays one change of a workload through, with delays drawn at random from the model's bounds. */
export function simulate(model: WorkloadModel, options: SimulationOptions): SimulationRun {
  const random = new Random(options.seed);
  const course = drawCourse(model, options.scenario ?? random.pick(scenariosOf(model)), random);
  const cluster = new Cluster(model, random, new Delays(random, options.delays ?? 'corners'), course.replicas);
  const extremes = follow(cluster, course);
  const end = lastChange(cluster) + AFTERWARDS;
  const from = -Math.min(milliseconds(model.longestRequestSeconds), MOST_WARM_UP) - AFTERWARDS;
  const networkLatency = options.networkLatencySeconds === undefined
    ? random.pick([1, 50, random.between(1, 50)])
    : options.networkLatencySeconds * 1000;
  const ways = cluster.views.map((view, index) => {
    const { way } = view;
    const epochs = epochsOf(view, index, cluster.all, from, end);
    const tally = new Tally();
    const { requestsPerSecond = DEFAULT_RATE, requestSeconds = 'upToLongest' } = options;
    const load = { model, way, index, epochs, random, requestsPerSecond, requestSeconds, networkLatency };
    openConnections(load, tally);
    sendOnKeptConnections(load, tally);
    return { way, epochs, tally, first: tally.first, exposed: exposureOf(model, way, index, epochs) };
  });
  return {
    scenario: course.scenario,
    replicas: course.replicas,
    ...totals(ways.map(({ tally }) => tally)),
    ...inSeconds(extremes),
    exposed: [...new Set(ways.flatMap(({ exposed }) => exposed))].sort(),
    trace: traceOf(cluster, ways, `${model.workload}: ${course.scenario}, seed ${options.seed}`, end),
    perWay: ways.map(({ way: { path, through }, tally: { requests, served, lost }, epochs, exposed }) =>
      ({ path, through, requests, served, lost, exposed, fewestEndpoints: fewestEndpoints(epochs) })),
  };
}

/** When the last pod or way changed. */
function lastChange(cluster: Cluster): number {
  const moments = [
    ...cluster.all.flatMap(({ goneAt, sights }) => [goneAt, ...sights.flatMap(({ attachAt, forgottenAt }) => [attachAt, forgottenAt])]),
    ...cluster.views.flatMap(({ flips }) => flips.map(({ at }) => at)),
  ].filter(Number.isFinite);
  return moments.reduce((last, moment) => Math.max(last, moment), cluster.now);
}

function fewestEndpoints(epochs: readonly Epoch[]): number {
  return epochs.reduce((fewest, { endpoints }) => Math.min(fewest, endpoints.length), Infinity);
}

function inSeconds({ doneAt, oldGoneAt, ...pods }: Extremes): Extremes {
  return { ...pods, doneAt: doneAt / 1000, oldGoneAt: oldGoneAt / 1000 };
}

function totals(tallies: readonly Tally[]): Pick<SimulationRun, 'requests' | 'served' | 'lost'> {
  const add = (count: (tally: Tally) => number) => tallies.reduce((total, tally) => total + count(tally), 0);
  const both = (count: (tally: Tally) => ByConnection): ByConnection => ({
    newConnections: add((tally) => count(tally).newConnections),
    keptConnections: add((tally) => count(tally).keptConnections),
  });
  const because = (reason: LossReason) => add(({ lost }) => lost.byReason[reason]);
  return {
    requests: both(({ requests }) => requests),
    served: both(({ served }) => served),
    lost: {
      ...both(({ lost }) => lost),
      byReason: {
        refused: because('refused'),
        cut: because('cut'),
        noEndpoint: because('noEndpoint'),
        closedWhileWriting: because('closedWhileWriting'),
        loadBalancerCut: because('loadBalancerCut'),
      },
    },
  };
}
