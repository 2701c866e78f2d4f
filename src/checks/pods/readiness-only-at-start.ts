import type { Rule } from '../rule';
import { exampleOf } from './example';
import { containersBeside, isEverRelieved, servedOf } from './served';

const STARTUP = '{ httpGet: { path: /live, port: 3000 }, periodSeconds: 5, failureThreshold: 20 }';

/** A container that is sent requests can also say later on that it cannot answer them. */
export const READINESS_ONLY_AT_START: Rule = {
  id: 'readiness-only-at-start',
  severity: 'warning',
  title: 'A container that a Service sends requests to has a readiness probe beside its startup probe.',
  why: 'A startup probe is asked until it succeeds once, and never again. A pod that later cannot answer, because it is overloaded or has lost what it '
    + 'depends on, stays among the endpoints and is sent its share of the requests, also while a release counts on it as available.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/probes/'],
  failing: exampleOf({ container: { readinessProbe: undefined, startupProbe: STARTUP } }),
  passing: exampleOf({ container: { startupProbe: STARTUP } }),
  check: (context) => servedOf(context)
    .filter((served) => isEverRelieved(context, served.workload) && !containersBeside(served).some(({ readiness }) => readiness))
    .flatMap(({ workload, services, containers }) => containers.filter(({ readiness, startup }) => !readiness && startup).map((container) => ({
      object: workload,
      field: container.field.get('readinessProbe'),
      message: `container ${container.name} has a startup probe and no readiness probe, so once it has started Service ${services[0].name} sends it requests `
        + 'whether or not it can answer them',
      fix: 'add a readinessProbe that asks the program whether it can answer requests',
    }))),
};
