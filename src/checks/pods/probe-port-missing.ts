import type { Container } from '../../cluster/container';
import { runningContainersOf } from '../../cluster/pod-template';
import type { Rule } from '../rule';
import { exampleOf } from './example';

const PROBES = ['startup', 'readiness', 'liveness'] as const;

/** The port that a probe names is one that its container declares. */
export const PROBE_PORT_MISSING: Rule = {
  id: 'probe-port-missing',
  severity: 'error',
  title: 'A port that a probe names is declared by its container.',
  why: 'The kubelet looks a named port up in the ports of the container that the probe belongs to, and in no other. Where it finds none it throws the '
    + 'result away: a readiness or startup probe then never succeeds, so the pod is never ready and a release waits for it in vain; '
    + 'a liveness probe never fails, so a program that hangs is never restarted.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/prober/worker.go',
  ],
  failing: exampleOf({ container: { readinessProbe: '{ httpGet: { path: /ready, port: http } }' } }),
  passing: exampleOf({ container: { ports: '[{ name: http, containerPort: 3000 }]', readinessProbe: '{ httpGet: { path: /ready, port: http } }' } }),
  check: ({ cluster }) => cluster.workloads.flatMap((workload) => runningContainersOf(workload.template).flatMap((container) =>
    PROBES.flatMap((kind) => {
      const { port, field, handler } = container[kind] ?? {};
      return field === undefined || handler === undefined || typeof port !== 'string' || isKnown(container, port) ? [] : [{
        object: workload,
        field: field.get(handler, 'port'),
        message: `the ${kind} probe of container ${container.name} asks port ${port}, which the container does not declare, `
          + `so ${kind === 'liveness' ? 'a program that hangs is never restarted' : 'the pod never becomes ready'}`,
        fix: `declare a port named ${port} in the container's ports, or write the port's number`,
      }];
    }))),
};

/** A number in quotes is taken for the number. */
function isKnown({ ports }: Container, port: string): boolean {
  return /^\d+$/.test(port) || ports.some(({ name }) => name === port);
}
