import type { Difference, Times } from './difference-constraints';
import {
  Asked, CUTS_AFTER, DETACH_AT_MOST, DRAIN, GRACE_PERIOD, KUBELET, LONGEST_REQUEST, ModelBound,
  PRE_STOP_AT_LEAST, PRE_STOP_AT_MOST, PROXY_ENDS,
} from './model-bound';
import { before, exactly, originOf, podEnd, within } from './pod-end';
import { answer, Demand, Question } from './question';
import type { RaceAnswer } from './race-answer';
import { allOf, holdBackFor } from './remedy';
import { spans, terminationTimeline } from './termination-timeline';
import type { Timeline } from '../timeline';
import type { WayIn, WorkloadModel } from '../workload-model';

/** What ends what is in flight, and how. */
const CUT_BY: Readonly<Record<string, string>> = {
  exits: 'the program exits',
  killed: 'the grace period is over and the program is killed',
  proxyEnds: 'the pod\'s proxy ends and cuts what it carries',
  cut: 'the load balancer cuts what is in flight',
};

const DRAINS_BOUNDS: readonly ModelBound[] = [
  LONGEST_REQUEST, PRE_STOP_AT_MOST, KUBELET, DETACH_AT_MOST, GRACE_PERIOD, DRAIN, PROXY_ENDS, CUTS_AFTER,
];
const EXITS_BOUNDS: readonly ModelBound[] = [LONGEST_REQUEST, PRE_STOP_AT_LEAST, DETACH_AT_MOST, GRACE_PERIOD, PROXY_ENDS, CUTS_AFTER];

/**
 * Clients that keep their connections send requests on them until the program closes them, also through a load balancer. Where the
 * program exits at once those are lost whatever the numbers, which `askKeptConnections` answers; here only requests on new
 * connections are asked about.
 */
function comesOnKeptConnections({ model, way }: Asked): boolean {
  return way.keptBy === 'client' && model.termination.shutdown === 'drains';
}

function demandsOf(asked: Asked): Demand[] {
  const { model, way } = asked;
  const { cutsAfterSeconds } = way;
  const differences = [
    ...podEnd(asked),
    before('accepted', 'SIGTERM'),
    ...comesOnKeptConnections(asked) ? [] : sentBefore(cutsAfterSeconds === undefined ? ['detached'] : ['detached', 'deregistered']),
    within('accepted', 'answered', model.longestRequestSeconds, 'request'),
    ...cutsAfterSeconds === undefined ? [] : [
      { from: 'deleted', to: 'deregistered', ...way.detach, name: `detach of ${way.path}` },
      ...originOf(asked) === 'deleted' ? [exactly('deregistered', 'detached', 0, 'deregistered')] : [],
      exactly('deregistered', 'cut', cutsAfterSeconds, `deregistration delay of ${way.path}`),
    ],
  ];
  const ends = [
    'exits', 'killed', ...model.termination.proxy === undefined ? [] : ['proxyEnds'], ...cutsAfterSeconds === undefined ? [] : ['cut'],
  ];
  return ends.map((end) => ({ system: { origin: originOf(asked), differences: [...differences, ...notAcceptedAfter(end)] }, event: 'answered', notAfter: end }));
}

const sentBefore = (events: readonly string[]): Difference[] => events.map((event) => before('accepted', event));

/** What ends apart from the program takes the way to it along. */
function notAcceptedAfter(end: string): Difference[] {
  return end === 'proxyEnds' || end === 'cut' ? [before('accepted', end)] : [];
}

function violationOf(asked: Asked, { notAfter }: Demand, times: Times): Timeline {
  const request = `request of ${asked.model.longestRequestSeconds}s`;
  return terminationTimeline(asked, times, {
    title: `a request is cut before it is answered: ${CUT_BY[notAfter]}`,
    routedUntil: times.detached,
    lanes: [{ label: request, spans: spans([{ state: 'routed', from: times.accepted, to: times.answered }]) }],
    events: [
      { at: times.accepted, what: 'the last request is accepted' },
      ...notAfter === 'cut' ? [{ at: times.cut, what: `${asked.way.path} cuts what is in flight` }] : [],
    ],
    lost: { at: times[notAfter], lane: request, why: `${CUT_BY[notAfter]} ${times.answered - times[notAfter]}s before the request is answered` },
  });
}

function remedyOf(asked: Asked): string {
  const { model, way } = asked;
  const { preStop, gracePeriodSeconds, kubeletSeconds, drainSeconds, shutdown, proxy } = model.termination;
  const request = model.longestRequestSeconds;
  const lastSent = way.detach.atMost + request;
  const lastOnHook = preStop.atMost + kubeletSeconds + request;
  const lastAnswer = comesOnKeptConnections(asked) ? lastOnHook : Math.min(lastSent, lastOnHook);
  // What clients send on kept connections comes as long as the hook lasts, however soon the load balancer has dropped the pod.
  const delay = comesOnKeptConnections(asked) ? Math.max(request, lastOnHook - way.detach.atLeast) : request;
  // A hook longer than the grace period is refused, and one as long leaves no time for SIGTERM.
  const grace = Math.max(lastAnswer, preStop.atMost + 1);
  return allOf([
    shutdown === 'drains' && drainSeconds < request && `let the program drain for at least ${request} s`,
    shutdown === 'drains' && gracePeriodSeconds < grace && `set terminationGracePeriodSeconds to at least ${grace}`,
    shutdown === 'exitsAtOnce' && Math.min(preStop.atLeast, gracePeriodSeconds) < lastSent && holdBackFor(model, lastSent),
    proxy !== undefined && proxy.endsSeconds < Math.max(lastAnswer, lastSent)
      && `set the proxy's terminationDrainDuration to at least ${Math.max(lastAnswer, lastSent)} s`,
    way.cutsAfterSeconds !== undefined && way.cutsAfterSeconds < delay
      && `set the target group's deregistration_delay.timeout_seconds to at least ${delay}`,
  ]);
}

const IN_FLIGHT = { question: 'no request that was accepted is cut', demandsOf, violationOf, remedyOf };

const DRAINS: Question = { ...IN_FLIGHT, bounds: DRAINS_BOUNDS };
const EXITS_AT_ONCE: Question = { ...IN_FLIGHT, bounds: EXITS_BOUNDS };

/** Whether the last request that a pod accepts is answered before anything ends it. */
export function askInFlight(model: WorkloadModel, way: WayIn): RaceAnswer {
  return answer(model.termination.shutdown === 'drains' ? DRAINS : EXITS_AT_ONCE, { model, way });
}
