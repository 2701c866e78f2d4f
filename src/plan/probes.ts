import { Amount, literal, named, product } from './amount';
import { atLeast, atMost } from './bound';
import type { Context } from './context';
import type { ProbeTiming } from '../spec/overrides';
import { secondsOf } from '../spec/values';

/** The rhythm of one probe, in seconds. */
export interface PlannedProbe {
  readonly period: number;
  readonly timeout: number;
  readonly failureThreshold: number;
}

/** The rhythms of the three probes. */
export interface Probes {
  readonly startup: PlannedProbe;
  readonly readiness: PlannedProbe;
  readonly liveness: PlannedProbe;
  /** The time that the kubelet gives a container to start. */
  readonly startupBudget: Amount;
  /** The time until an unready pod is seen to be one. */
  readonly unreadyWithin: Amount;
}

const KUBELET = 'Kubernetes: a probe counts after failureThreshold failures in a row, period apart';
const AT_LEAST_ONE = { because: 'Kubernetes refuses it', source: 'Kubernetes API validation' };

/** Decides how often each question is asked, and how many failures count. */
export function planProbes(context: Context): Probes {
  const { overrides } = context.spec;
  const startup = planStartup(context, overrides.startupProbe ?? {});
  const readiness = planReadiness(context, overrides.readinessProbe ?? {});
  return { ...startup, ...readiness, liveness: planLiveness(context, overrides.livenessProbe ?? {}, readiness.unreadyWithin) };
}

/** Asks a slow program less often than a quick one, so that neither waits long for being seen as started. */
function planStartup({ ledger, startsWithin }: Context, timing: ProbeTiming) {
  const period = planPeriod(ledger, 'startupProbe', timing, Math.min(10, Math.max(1, Math.ceil(startsWithin.value / 30))));
  const timeout = planTimeout(ledger, 'startupProbe', timing, period, 3);
  const failureThreshold = ledger.decide({
    name: 'startupProbe.failureThreshold',
    unit: '',
    override: timing.failureThreshold,
    bounds: [atLeast({
      value: Math.ceil(startsWithin.value / period.value) + 1,
      text: `⌈${startsWithin.text} ÷ ${period.text}⌉ + 1`,
      isCompound: true,
    }, {
      because: 'a program that is still starting is killed, and never comes up',
      source: `${KUBELET}, and the first is asked at once`,
    })],
  });
  const startupBudget = product(named('startupProbe.failureThreshold', failureThreshold.value, ''), period);
  return {
    startup: { period: period.value, timeout: timeout.value, failureThreshold: failureThreshold.value },
    startupBudget,
  };
}

function planReadiness({ ledger }: Context, timing: ProbeTiming) {
  const period = planPeriod(ledger, 'readinessProbe', timing, 5);
  const timeout = planTimeout(ledger, 'readinessProbe', timing, period, 3);
  const failureThreshold = planThreshold(ledger, 'readinessProbe', timing, 3);
  return {
    readiness: { period: period.value, timeout: timeout.value, failureThreshold: failureThreshold.value },
    unreadyWithin: product(period, failureThreshold),
  };
}

/** A pod in trouble leaves traffic before it is restarted: most troubles pass, and a restart of all pods is an outage. */
function planLiveness({ ledger }: Context, timing: ProbeTiming, unreadyWithin: Amount): PlannedProbe {
  const period = planPeriod(ledger, 'livenessProbe', timing, 10);
  const timeout = planTimeout(ledger, 'livenessProbe', timing, period, 5);
  const failureThreshold = ledger.decide({
    name: 'livenessProbe.failureThreshold',
    unit: '',
    override: timing.failureThreshold,
    preferred: 3,
    bounds: [
      atLeast(literal(1, ''), AT_LEAST_ONE),
      atLeast({
        value: Math.ceil(unreadyWithin.value / period.value) + 1, text: `⌈${unreadyWithin.text} ÷ ${period.text}⌉ + 1`, isCompound: true,
      }, { because: 'a pod is restarted while requests are still sent to it', source: KUBELET }),
    ],
  });
  return { period: period.value, timeout: timeout.value, failureThreshold: failureThreshold.value };
}

type Book = Context['ledger'];

function planPeriod(ledger: Book, probe: string, timing: ProbeTiming, preferred: number): Amount {
  return ledger.decide({
    name: `${probe}.period`,
    unit: 's',
    override: timing.period && secondsOf(timing.period),
    preferred,
    bounds: [atLeast(literal(1, 's'), AT_LEAST_ONE)],
  });
}

function planTimeout(ledger: Book, probe: string, timing: ProbeTiming, period: Amount, preferred: number): Amount {
  return ledger.decide({
    name: `${probe}.timeout`,
    unit: 's',
    override: timing.timeout && secondsOf(timing.timeout),
    preferred,
    bounds: [
      atLeast(literal(1, 's'), AT_LEAST_ONE),
      atMost(period, { because: 'an unanswered question delays the next one, and failures are seen late', source: KUBELET }),
    ],
  });
}

function planThreshold(ledger: Book, probe: string, timing: ProbeTiming, preferred: number): Amount {
  return ledger.decide({
    name: `${probe}.failureThreshold`,
    unit: '',
    override: timing.failureThreshold,
    preferred,
    bounds: [atLeast(literal(1, ''), AT_LEAST_ONE)],
  });
}

