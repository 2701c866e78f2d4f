import { isRouted } from '../../cluster/serving';
import type { Workload } from '../../cluster/workload';
import type { Rule, RuleContext } from '../rule';
import { shutdownOf } from '../shutdown';
import { exampleOf } from './example';

/** terminationGracePeriodSeconds covers the preStop hook and the drain. */
export const GRACE_TOO_SHORT: Rule = {
  id: 'grace-too-short',
  severity: 'error',
  title: 'The grace period covers the preStop hook and the longest request.',
  why: 'The grace period runs from the deletion and includes the preStop hook. What is left after the hook is all that the program has to finish '
    + 'its requests; then the kubelet kills it, and they are cut.',
  inequality: 'terminationGracePeriodSeconds ≥ preStop + drain',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination'],
  failing: exampleOf({ pod: { terminationGracePeriodSeconds: '12' } }),
  passing: exampleOf({ pod: { terminationGracePeriodSeconds: '25' } }),
  check: (context) => context.cluster.workloads.filter((workload) => isAboutRequests(context, workload)).flatMap((workload) => {
    const grace = workload.template.terminationGracePeriodSeconds;
    const { preStopSeconds, drainSeconds } = shutdownOf(context.relations, workload, context.assumptionsOf(workload));
    const needed = (preStopSeconds ?? 0) + drainSeconds;
    // A hook that leaves nothing at all is for pre-stop-fills-grace to tell of.
    const isOtherwiseTold = preStopSeconds !== undefined && preStopSeconds > 0 && preStopSeconds >= grace;
    return grace >= needed || preStopSeconds === undefined || isOtherwiseTold ? [] : [{
      object: workload,
      field: workload.template.spec.get('terminationGracePeriodSeconds'),
      message: preStopSeconds === 0
        ? `the pod is killed ${grace} s after its deletion, but its drain takes up to ${drainSeconds} s`
        : `the pod is killed ${grace} s after its deletion, but its preStop hook takes ${preStopSeconds} s and its drain up to ${drainSeconds} s`,
      actual: `${grace} s`,
      required: `≥ ${needed} s`,
      fix: `set terminationGracePeriodSeconds to at least ${needed}`,
    }];
  }),
};

/** What nobody sends requests to has none to finish, unless its hook, or somebody, says that it has. */
function isAboutRequests({ relations, assumptionsOf }: RuleContext, workload: Workload): boolean {
  const assumptions = assumptionsOf(workload);
  const isSaid = ['drain-seconds', 'longest-request-seconds'].some((key) => (assumptions.tryFind(key)?.origin ?? 'default') !== 'default');
  return isRouted(relations, workload) || isSaid || workload.template.containers.some(({ preStop }) => preStop);
}
