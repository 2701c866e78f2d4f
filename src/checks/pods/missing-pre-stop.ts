import type { Rule, RuleContext } from '../rule';
import { shutdownOf } from '../shutdown';
import { exampleOf } from './example';
import { slowestPropagationOf } from './propagation';
import { containersBeside, endingContainersOf, type EndingContainer } from './served';

/** A container that answers requests goes on doing so until nobody sends it any. */
export const MISSING_PRE_STOP: Rule = {
  id: 'missing-pre-stop',
  severity: 'error',
  title: 'A container that a Service sends requests to has a preStop hook.',
  why: 'When a pod is deleted, SIGTERM and the withdrawal of its endpoints start at the same time, and nothing joins the two. The program stops listening '
    + 'within milliseconds, while every proxy and load balancer goes on sending it requests for a second to minutes: they are refused, '
    + 'wherever a pod is ended: in releases, when a node is drained, when an autoscaler takes pods away. (A Rollout that shifts requests before it ends pods '
    + 'is spared the first of these.) A preStop hook that sleeps holds SIGTERM back for as long.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366',
  ],
  failing: exampleOf({ container: { lifecycle: undefined } }),
  passing: exampleOf(),
  check: (context) => endingContainersOf(context).filter((ending) => ending.hook === undefined && !hasHookBeside(ending)).map((ending) => ({
    object: ending.workload,
    field: ending.container.field.get('lifecycle', 'preStop'),
    message: `container ${ending.container.name} has no preStop hook, so it gets SIGTERM while requests still come by way of ${throughText(context, ending)}`,
    fix: fixText(context, ending),
  })),
};

function hasHookBeside(ending: EndingContainer): boolean {
  return containersBeside(ending).some(({ preStop }) => preStop);
}

function throughText(context: RuleContext, ending: EndingContainer): string {
  const { through } = slowestPropagationOf(context, ending) ?? { through: ending.services[0] };
  return `${through.kind} ${through.name}`;
}

/** What to write for the version at hand, with the grace period that goes with it. */
function fixText(context: RuleContext, ending: EndingContainer): string {
  const { workload, container } = ending;
  const seconds = slowestPropagationOf(context, ending)?.seconds ?? 10;
  const { drainSeconds } = shutdownOf(context.relations, workload, context.assumptionsOf(workload));
  const hook = context.kubernetesMinor >= 30 ? `{ sleep: { seconds: ${seconds} } }` : `{ exec: { command: [sleep, "${seconds}"] } }`;
  const grace = seconds + drainSeconds;
  const raise = workload.template.terminationGracePeriodSeconds >= grace ? '' : `, and set terminationGracePeriodSeconds to at least ${grace}`;
  return `add lifecycle: { preStop: ${hook} } to container ${container.name}${raise}`;
}
