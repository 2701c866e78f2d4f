import type { Container } from '../../cluster/container';
import type { Rule, RuleContext } from '../rule';
import { exampleOf } from './example';
import { containersBeside, isEverRelieved, servedOf, type Served } from './served';

/** A container that is sent requests says when it can answer them. */
export const MISSING_READINESS_PROBE: Rule = {
  id: 'missing-readiness-probe',
  severity: 'error',
  title: 'A container that a Service sends requests to has a readiness or startup probe.',
  why: 'Without a probe a pod counts as ready as soon as its containers run. It is sent requests while its program is still starting, and a rolling '
    + 'release takes old pods away for new ones that do not answer yet, so every release refuses requests.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes',
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  ],
  failing: exampleOf({ container: { readinessProbe: undefined } }),
  passing: exampleOf(),
  check: (context) => servedOf(context).filter((served) => isGated(context, served)).flatMap((served) => unprobedOf(served).map((container) => ({
    object: served.workload,
    field: container.field.get('readinessProbe'),
    message: `container ${container.name} has no readiness probe, so Service ${served.services[0].name} sends it requests as soon as it runs, `
      + 'before it has started to listen',
    fix: 'add a readinessProbe that asks the program whether it can answer requests',
  }))),
};

/** Services that send requests to unready pods on purpose ask no probe, and where nobody else could answer a probe saves no request. */
function isGated(context: RuleContext, { workload, services }: Served): boolean {
  return isEverRelieved(context, workload) && workload.template.readinessGates.length === 0
    && services.some(({ publishNotReadyAddresses }) => !publishNotReadyAddresses);
}

/** Where another container has a probe, that is the mistake to tell of. */
function unprobedOf(served: Served): readonly Container[] {
  const isElsewhere = containersBeside(served).some(({ readiness }) => readiness);
  return isElsewhere ? [] : served.containers.filter(({ readiness, startup }) => !readiness && !startup);
}
