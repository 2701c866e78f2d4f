import type { Rule } from '../rule';
import { exampleOf } from './example';
import { servedOf } from './served';

/** Readiness asks the program, not its socket. */
export const CONNECT_ONLY_READINESS: Rule = {
  id: 'connect-only-readiness',
  severity: 'info',
  title: 'The readiness probe asks the program itself rather than whether its port accepts connections.',
  why: 'A tcpSocket probe succeeds as soon as the operating system accepts a connection, which it does for a program that still loads its caches, '
    + 'has lost its database, or hangs with a listening socket. Such a pod stays in traffic and its requests fail.',
  sources: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-tcp-liveness-probe'],
  failing: exampleOf({ container: { readinessProbe: '{ tcpSocket: { port: 3000 } }' } }),
  passing: exampleOf(),
  check: (context) => servedOf(context).flatMap(({ workload, containers }) => containers.flatMap(({ name, readiness }) =>
    readiness?.handler !== 'tcpSocket' ? [] : [{
      object: workload,
      field: readiness.field.get('tcpSocket'),
      message: `the readiness probe of container ${name} asks only whether port ${readiness.port} accepts connections, `
        + 'which a program that cannot answer may still do',
      fix: 'use httpGet, grpc or exec to ask the program whether it can answer requests',
    }])),
};
