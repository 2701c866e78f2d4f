import type { Container } from '../../cluster/container';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { servedOf } from './served';

/** A container that answers requests reserves what it needs. */
export const MISSING_REQUESTS: Rule = {
  id: 'missing-requests',
  severity: 'warning',
  title: 'A container that answers requests reserves processor time and memory.',
  why: 'The scheduler puts pods without requests on nodes that are full already, where they get what others leave, and the kubelet evicts first what uses '
    + 'more memory than it requested. During a release, when old and new pods run side by side, that is when they are slow or gone.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#pod-selection-for-kubelet-eviction',
  ],
  failing: exampleOf({ container: { resources: undefined } }),
  passing: exampleOf(),
  check: (context) => servedOf(context).flatMap(({ workload, containers }) => {
    // A LimitRange fills in requests, and those of the whole pod stand for those of its containers.
    const isSetElsewhere = workload.template.spec.get('resources').exists
      || context.cluster.ofKind('LimitRange').some(({ namespace }) => namespace === workload.namespace);
    return isSetElsewhere ? [] : containers.flatMap((container) => {
      const missing = ['cpu', 'memory'].filter((resource) => !reserves(container, resource));
      return missing.length === 0 ? [] : [{
        object: workload,
        field: container.field.get('resources', 'requests'),
        message: `container ${container.name} requests no ${missing.join(' and no ')}, so its pods are placed on full nodes and evicted first`,
        fix: `set resources.requests.${missing.join(' and resources.requests.')}`,
      }];
    });
  }),
};

/** Where only a limit is written, it is the request too. */
function reserves({ field }: Container, resource: string): boolean {
  return field.get('resources', 'requests', resource).exists || field.get('resources', 'limits', resource).exists;
}
