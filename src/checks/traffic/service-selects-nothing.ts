import { runningContainersOf } from '../../cluster/pod-template';
import type { Service } from '../../cluster/service';
import type { Workload } from '../../cluster/workload';
import type { Rule, RuleContext } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { otherPodsMayHave, selectorOf, workloadsBehind } from './pods-behind';
import { canariesIn, holdsOperated } from './unread';

/** A Service's selector is met by some pod template of its namespace. */
export const SERVICE_SELECTS_NOTHING: Rule = {
  id: 'service-selects-nothing',
  severity: 'warning',
  title: 'A Service selects pods that something makes.',
  why: 'A Service has endpoints only where pods carry every label of its selector. One label that differs by a letter, or that only old pods '
    + 'carried, leaves it without any, and every connection to it is refused. Nothing else notices: the Service itself is valid.',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
    'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpointslices'],
  failing: `${paymentsPods()}---${PAYMENTS_SERVICE.replace('{ app: payments }', '{ app: payment }')}`,
  passing: `${paymentsPods()}---${PAYMENTS_SERVICE}`,
  check: (context) => context.cluster.services.filter((service) => selectsNothing(context, service)).flatMap((service) => {
    const wanted = service.selector?.text ?? '';
    const left = unselected(context, service);
    // Where each workload that listens has a Service, the pods of this one are kept in files that were not read.
    return left.length === 0 ? [] : [{
      object: service,
      field: service.field.get('spec', 'selector'),
      message: `no pod template of namespace ${service.namespace} has the labels ${wanted}, so the Service has no endpoint and refuses connections, `
        + `while no Service selects ${left.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
      actual: wanted,
      fix: `write labels in spec.selector that the template of ${left.length === 1 ? `${left[0].kind} ${left[0].name}` : 'its workload'} has`,
    }];
  }),
};

function selectsNothing(context: RuleContext, service: Service): boolean {
  const wanted = selectorOf(service);
  return wanted.size > 0 && service.type !== 'ExternalName' && workloadsBehind(context, service).length === 0
    && !otherPodsMayHave(context.cluster, service.namespace, wanted)
    && !isForFlagger(context, service) && !holdsOperated(context.cluster, service.namespace);
}

/** The workloads beside a Service that declare ports and that no Service selects. */
function unselected(context: RuleContext, { namespace }: Service): readonly Workload[] {
  const services = context.cluster.services.filter((service) => service.namespace === namespace);
  const selected = new Set(services.flatMap((service) => workloadsBehind(context, service)));
  return context.relations.workloadsIn(namespace)
    .filter((workload) => !selected.has(workload) && runningContainersOf(workload.template).some(({ ports }) => ports.length > 0));
}

/** Flagger renames the pods that it keeps, so a selector for them fits no template that is written. */
function isForFlagger({ cluster }: RuleContext, service: Service): boolean {
  const targets = canariesIn(cluster, service.namespace).map(({ field }) => field.get('spec', 'targetRef', 'name').string() ?? '');
  return [...selectorOf(service).values()].some((value) => targets.some((target) => value === `${target}-primary`));
}
