import type { Rule } from '../rule';
import { exampleOf } from './example';
import { servedOf } from './served';

/** A new pod proves itself before the next old one goes. */
export const MIN_READY_ZERO: Rule = {
  id: 'min-ready-zero',
  severity: 'info',
  title: 'A new pod stays ready for a while before it counts as available.',
  why: 'With minReadySeconds 0 a release goes on at the first successful probe. A version that crashes after its first requests replaces every old pod '
    + 'before anybody notices; some seconds of proof stop such a release at its first pod.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#min-ready-seconds'],
  failing: exampleOf(),
  passing: exampleOf({ spec: { minReadySeconds: '10' } }),
  check: (context) => servedOf(context)
    .filter(({ workload }) => workload.minReadySeconds === 0 && workload.strategy.type === 'RollingUpdate')
    .filter(({ workload }) => workload.kind === 'DaemonSet' || context.relations.replicasOf(workload).max > 1)
    .map(({ workload }) => ({
      object: workload,
      field: workload.field.get('spec', 'minReadySeconds'),
      message: 'a new pod counts as available at its first successful probe, so a version that crashes soon after replaces every old pod',
      actual: '0 s',
      required: '> 0 s',
      fix: 'set minReadySeconds to the time in which a bad version shows itself, for example 10',
    })),
};
