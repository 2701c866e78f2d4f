import type { Container } from '../../cluster/container';
import type { Rule } from '../rule';
import { exampleOf, type Lines } from './example';
import { containersBeside, declares, isEverRelieved, servedOf } from './served';

const LOGS: Lines = { name: 'log-shipper', image: 'registry.example.com/log-shipper:1.4.0' };

/** The readiness probe stands with the container that answers requests. */
export const READINESS_ON_WRONG_CONTAINER: Rule = {
  id: 'readiness-on-wrong-container',
  severity: 'error',
  title: 'The readiness probe asks the container that the Service sends requests to.',
  why: 'A pod is ready when all its containers are, and a container without a readiness probe is ready as soon as it runs. A probe of another '
    + 'container therefore says nothing about the program that answers: the pod is sent requests before that one listens.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-probes'],
  failing: exampleOf({ container: { readinessProbe: undefined }, beside: [{ ...LOGS, readinessProbe: '{ httpGet: { path: /ready, port: 2020 } }' }] }),
  passing: exampleOf({ beside: [LOGS] }),
  check: (context) => servedOf(context).filter(({ isCertain, workload }) => isCertain && isEverRelieved(context, workload)).flatMap((served) => {
    const probed = containersBeside(served).filter(({ readiness }) => readiness);
    const unprobed = served.containers
      .filter(({ readiness, startup }) => !readiness && !startup)
      .filter((container) => !probed.some((other) => asks(other, container)));
    return probed.length === 0 ? [] : unprobed.map((container) => ({
      object: served.workload,
      field: container.field.get('readinessProbe'),
      message: `only container ${probed[0].name} has a readiness probe, but Service ${served.services[0].name} sends requests to container `
        + `${container.name}, before it has started to listen`,
      fix: `add a readinessProbe to container ${container.name}`,
    }));
  }),
};

/** Containers of a pod share its address, so a probe of one may ask the port of another. */
function asks({ readiness }: Container, container: Container): boolean {
  return typeof readiness?.port === 'number' && declares(container, readiness.port);
}
