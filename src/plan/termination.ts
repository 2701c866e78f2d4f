import { Amount, literal, named, sum } from './amount';
import { atLeast, atMost } from './bound';
import { Context, MARGIN } from './context';
import type { Path } from './traffic/path';
import { secondsOf } from '../spec/values';

/** The end of a pod: it goes on serving, is told to stop, drains, and would be killed. */
export interface Termination {
  readonly preStop: Amount;
  readonly drain: Amount;
  readonly gracePeriod: Amount;
}

/** Decides the preStop hook, the drain and the grace period, and lets every path decide its own part between them. */
export function planTermination(context: Context, paths: readonly Path[]): Termination {
  const preStop = planPreStop(context, paths);
  const drain = planDrain(context);
  const asked = paths.flatMap((path) => path.planPodEnd({ preStop, drain }));
  const { spec, ledger } = context;
  const nodeDrainTimeout = ledger.assume('nodeDrainTimeout', spec.nodeDrainTimeout,
    'how long a node drain waits for a pod; 600s is the cluster autoscaler\'s max-graceful-termination-sec');
  const { terminationGracePeriod } = spec.overrides;
  const gracePeriod = ledger.decide({
    name: 'terminationGracePeriod',
    unit: 's',
    override: terminationGracePeriod && secondsOf(terminationGracePeriod),
    bounds: [
      atLeast(drain.value === 0 ? sum(preStop, MARGIN) : sum(preStop, drain, MARGIN), {
        because: 'the pod is killed with requests in flight',
        source: 'Kubernetes: the grace period starts with the deletion and includes the preStop hook',
      }),
      ...asked,
      ...sidecarEnds(context, preStop, drain),
      atMost(nodeDrainTimeout, {
        because: 'a node drain kills the pod before it has drained',
        source: 'cluster autoscaler: max-graceful-termination-sec',
        remedy: 'shorten what it is made of, or raise nodeDrainTimeout where the cluster waits longer',
      }),
    ],
  });
  return { preStop, drain, gracePeriod };
}

/**
 * While the hook runs the program serves as before. A program that exits at once must also have finished by then what
 * it was sent last.
 */
function planPreStop({ spec, ledger, longestExchange }: Context, paths: readonly Path[]): Amount {
  const { preStop } = spec.overrides;
  return ledger.decide({
    name: 'preStop',
    unit: 's',
    override: preStop && secondsOf(preStop),
    bounds: [
      ...paths.map((path) => atLeast(spec.shutdown.isDraining ? path.propagation : sum(path.propagation, longestExchange), {
        because: spec.shutdown.isDraining
          ? 'requests are still sent to a program that has stopped accepting them'
          : 'the program exits with requests in flight',
        source: 'Kubernetes: endpoints are withdrawn beside the preStop hook, and nothing joins the two',
      })),
      atLeast(literal(1, 's'), { because: 'there is no hook of zero seconds before 1.34', source: 'KEP-4818' }),
    ],
  });
}

function planDrain({ spec, ledger, longestExchange }: Context): Amount {
  if (!spec.shutdown.isDraining) {
    return ledger.state('drain', { value: 0, text: 'none: the program exits at once', isCompound: false }, 's', {
      because: 'nothing is finished after SIGTERM', source: 'Shutdown.exitsAtOnce',
    });
  }
  ledger.require('program', 'on SIGTERM it stops accepting, finishes what is in flight and exits; until then it serves and stays ready');
  return ledger.decide({
    name: 'drain',
    field: 'Shutdown.drains within',
    unit: 's',
    override: spec.shutdown.withinSeconds,
    isFact: true,
    bounds: [atLeast(longestExchange, {
      because: 'the longest request is cut', source: 'a request may arrive at the last moment before SIGTERM',
    })],
  });
}

function sidecarEnds({ spec }: Context, preStop: Amount, drain: Amount) {
  return spec.sidecars.filter(({ stopsWithinSeconds }) => stopsWithinSeconds > 0).map((sidecar) =>
    atLeast(sum(preStop, drain, named(`${sidecar.name}.stopsWithin`, sidecar.stopsWithinSeconds, 's'), MARGIN), {
      because: 'the sidecar is killed before it has stopped', source: 'Kubernetes: a sidecar is stopped after the service within the same grace period',
    }));
}
