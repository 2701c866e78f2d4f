import type { Rule } from '../rule';
import { shutdownOf } from '../shutdown';
import { exampleOf } from './example';

const SLEEP = { lifecycle: '{ preStop: { sleep: { seconds: 30 } } }' };

/** The preStop hook leaves the program some of the grace period. */
export const PRE_STOP_FILLS_GRACE: Rule = {
  id: 'pre-stop-fills-grace',
  severity: 'error',
  title: 'The preStop hook is shorter than the grace period.',
  why: 'The hook is part of the grace period. One that takes all of it leaves the program the two seconds that the kubelet adds after SIGTERM, then it is '
    + 'killed with whatever it is doing. The API server refuses a sleep longer than the grace period, but neither an equal one nor any command.',
  inequality: 'preStop < terminationGracePeriodSeconds',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  ],
  failing: exampleOf({ pod: { terminationGracePeriodSeconds: '30' }, container: SLEEP }),
  passing: exampleOf({ pod: { terminationGracePeriodSeconds: '45' }, container: SLEEP }),
  check: ({ cluster, relations, assumptionsOf }) => cluster.workloads.flatMap((workload) => {
    const { preStop, preStopSeconds, drainSeconds } = shutdownOf(relations, workload, assumptionsOf(workload));
    const grace = workload.template.terminationGracePeriodSeconds;
    // A program that has nothing to finish needs nothing of the grace period; a hook of no length takes none of it.
    return preStop === undefined || !preStopSeconds || preStopSeconds < grace || drainSeconds === 0 ? [] : [{
      object: workload,
      field: preStop.lengthField,
      message: `the preStop hook takes ${preStopSeconds} s, all of the grace period of ${grace} s, so the program is killed before it has finished its requests`,
      actual: `${preStopSeconds} s`,
      required: `< ${grace} s`,
      fix: `set terminationGracePeriodSeconds to at least ${preStopSeconds + drainSeconds}`,
    }];
  }),
};
