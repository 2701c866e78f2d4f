import { Amount, named, sum } from './amount';
import { atLeast, atMost, moreThan } from './bound';
import type { Context } from './context';
import type { Probes } from './probes';
import { requireOfAutoscaling, timeWithLess } from './rollout/flagger-autoscaling';
import type { PlannedRollout } from './rollout/planned-rollout';
import type { Termination } from './termination';
import type { Path } from './traffic/path';
import { secondsOf } from '../spec/values';

/** When a new pod counts, when a release counts as failed, and how slowly an autoscaler shrinks. */
export interface Availability {
  readonly minReady: Amount;
  readonly progressDeadline: Amount;
  /** Absent without an autoscaler. */
  readonly scaleDownStabilization?: Amount;
}

/** What one pod's turn in a release follows from. */
interface AvailabilityQuestion {
  readonly context: Context;
  readonly paths: readonly Path[];
  readonly probes: Probes;
  /** The longest that pods wait for migrations before their containers start. */
  readonly migratesWithin?: Amount;
}

/** Room for a new node, a large image and a full queue. */
const SCHEDULING = 300;
/** The default of Kubernetes. */
const CUSTOMARY_DEADLINE = 600;
/** The default of the autoscaler. */
const CUSTOMARY_STABILIZATION = 300;
/** The most that the API takes. */
const MAX_STABILIZATION = 3600;

/** Decides when one pod's turn in a release is over. */
export function planAvailability(question: AvailabilityQuestion): Availability {
  const { context, paths, probes } = question;
  const minReady = planMinReady(context, paths, probes);
  if (!context.spec.replicas.isAutoscaled && context.spec.overrides.scaleDownStabilization) {
    context.ledger.problem('overrides.scaleDownStabilization cannot be given with fixed replicas, which no autoscaler removes; leave it out');
  }
  return {
    minReady,
    progressDeadline: planProgressDeadline(question, minReady),
  };
}

function planMinReady({ spec, ledger }: Context, paths: readonly Path[], probes: Probes): Amount {
  const { minReady } = spec.overrides;
  const capacity = { because: 'an old pod leaves before every client sends to its successor, and capacity dips' };
  return ledger.decide({
    name: 'minReady',
    unit: 's',
    override: minReady && secondsOf(minReady),
    bounds: [
      atLeast(probes.unreadyWithin, {
        because: 'a pod that fails right after its start replaces one that works',
        source: 'Kubernetes: available is ready for minReadySeconds',
      }),
      ...paths.filter((path) => !path.isGated).map((path) => atLeast(path.propagation, {
        ...capacity, source: 'a path without a readiness gate learns of a new pod as slowly as of an old one',
      })),
      ...paths.flatMap(({ slowStart }) => slowStart ? [atLeast(slowStart, {
        ...capacity, source: 'AWS: in slow start a target gets less than its share',
      })] : []),
    ],
  });
}

function planProgressDeadline({ context: { spec, ledger }, paths, probes, migratesWithin }: AvailabilityQuestion, minReady: Amount): Amount {
  const { progressDeadline } = spec.overrides;
  const scheduling = ledger.assumeCount('schedulingAndPull', SCHEDULING, 's',
    'until a new pod\'s container starts: a node may have to be added and the image pulled; engineering judgement');
  const firstChecks = paths.flatMap(({ firstCheck }) => firstCheck ? [firstCheck] : []);
  return ledger.decide({
    name: 'progressDeadline',
    unit: 's',
    override: progressDeadline && secondsOf(progressDeadline),
    preferred: CUSTOMARY_DEADLINE,
    bounds: [moreThan(sum(scheduling, ...migratesWithin ? [migratesWithin] : [], probes.startupBudget, ...firstChecks, minReady), {
      because: 'a release that is on its way counts as failed',
      source: 'Kubernetes: progressDeadlineSeconds, which must exceed minReadySeconds',
    })],
  });
}

/** What the slowness of an autoscaler follows from. */
export interface StabilizationQuestion {
  readonly context: Context;
  readonly availability: Availability;
  readonly termination: Termination;
  readonly rollout: PlannedRollout;
}

/**
 * Decides how slowly an autoscaler shrinks the service. A release swaps warm pods for cold ones; what that does to the metrics must not
 * remove pods. And of Flagger's autoscaler for the old version, a copy, this is the one way to keep the pods of requests that may
 * come back: its own least number of replicas would hold between releases too.
 */
export function planStabilization({ context, availability, termination, rollout }: StabilizationQuestion): Amount | undefined {
  const { spec, ledger, startsWithin } = context;
  if (!spec.replicas.isAutoscaled) {
    return undefined;
  }
  const { scaleDownStabilization } = spec.overrides;
  const away = timeWithLess(rollout, availability.progressDeadline);
  const stabilization = ledger.decide({
    name: 'scaleDownStabilization',
    unit: 's',
    override: scaleDownStabilization && secondsOf(scaleDownStabilization),
    preferred: Math.min(MAX_STABILIZATION, Math.max(CUSTOMARY_STABILIZATION, away?.value ?? 0)),
    bounds: [
      atLeast(sum(startsWithin, availability.minReady, termination.gracePeriod), {
        because: 'the autoscaler removes pods in the middle of a pod\'s turn in a release, and adds them again after it',
        source: 'HorizontalPodAutoscaler: the highest recommendation of the window counts',
      }),
      atMost(named('API maximum', MAX_STABILIZATION, 's'), {
        because: 'Kubernetes refuses it',
        source: 'autoscaling/v2 API validation',
        remedy: 'shorten startsWithin or longestRequest',
      }),
    ],
  });
  requireOfAutoscaling(rollout, away, stabilization, ledger);
  return stabilization;
}

