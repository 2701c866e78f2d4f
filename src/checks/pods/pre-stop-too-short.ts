import type { Rule } from '../rule';
import { exampleOf } from './example';
import { slowestPropagationOf } from './propagation';
import { endingContainersOf } from './served';

/** The preStop hook outlasts the slowest way in. */
export const PRE_STOP_TOO_SHORT: Rule = {
  id: 'pre-stop-too-short',
  severity: 'error',
  title: 'The preStop hook is as long as the slowest way in goes on sending requests.',
  why: 'The hook holds SIGTERM back while everybody who sends requests learns that the pod is going. What is sent to it after SIGTERM is refused. kube-proxy '
    + 'needs seconds, a load balancer of AWS up to a minute and more; a program that exits at once also needs the time of the requests it has just taken.',
  inequality: 'preStop ≥ propagation of the slowest way in (+ longest request, where the program exits at once)',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2106',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1064',
  ],
  failing: exampleOf({ container: { lifecycle: '{ preStop: { sleep: { seconds: 2 } } }' } }),
  passing: exampleOf({ container: { lifecycle: '{ preStop: { sleep: { seconds: 10 } } }' } }),
  check: (context) => endingContainersOf(context).flatMap((ending) => {
    const slowest = slowestPropagationOf(context, ending);
    const { workload, container, hook } = ending;
    if (slowest === undefined || hook?.sleepSeconds === undefined) {
      return [];
    }
    const assumptions = context.assumptionsOf(workload);
    const request = assumptions.word('shutdown') === 'exits-at-once' ? assumptions.numberOf('longest-request-seconds') : 0;
    const needed = slowest.seconds + request;
    return hook.sleepSeconds >= needed ? [] : [{
      object: workload,
      field: hook.lengthField,
      message: `the preStop hook of container ${container.name} takes ${hook.sleepSeconds} s, but requests may come by way of `
        + `${slowest.through.kind} ${slowest.through.name} for ${slowest.seconds} s after the deletion (${slowest.key})`
        + (request === 0 ? '' : `, and the program, which exits at once, may need ${request} s for the last of them`),
      actual: `${hook.sleepSeconds} s`,
      required: `≥ ${needed} s`,
      fix: `let the preStop hook sleep for at least ${needed} s, and raise terminationGracePeriodSeconds with it`,
    }];
  }),
};
