import { runningContainersOf } from '../../cluster/pod-template';
import type { Workload } from '../../cluster/workload';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { needsNewPodFirst } from './replacement';

const PORTS = { ports: '[{ containerPort: 3000, hostPort: 3000 }]' };

/** A new pod finds a node whose port is free. */
export const HOST_PORT_BLOCKS_SURGE: Rule = {
  id: 'host-port-blocks-surge',
  severity: 'warning',
  title: 'A workload with host ports lets a release take an old pod away first.',
  why: 'One pod of a node can have a host port. With a surge and nothing unavailable a new pod must run beside all old ones, so it needs a node that has '
    + 'none of them. Where there is no such node it stays Pending, no old pod may go, and the release stops.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/overview/#services',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
  ],
  failing: exampleOf({ container: PORTS }),
  passing: exampleOf({ spec: { strategy: '{ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }' }, container: PORTS }),
  check: (context) => context.cluster.workloads.filter((workload) => needsNewPodFirst(context, workload)).flatMap((workload) => {
    const port = hostPortOf(workload);
    return port === undefined ? [] : [{
      object: workload,
      field: port.field,
      message: `port ${port.number} of a node belongs to one pod, so a new pod needs a node without an old one, `
        + `${workload.kind === 'DaemonSet' ? 'which a DaemonSet never has' : 'and the release stops where there is none'}`,
      fix: 'set maxSurge to 0 and maxUnavailable to at least 1, or use a Service instead of host ports',
    }];
  }),
};

/** The first port of a node that the pods take. In the host's network every declared port is one. */
function hostPortOf({ template }: Workload) {
  const isHost = template.spec.get('hostNetwork').value === true;
  return runningContainersOf(template).flatMap(({ field }) => field.get('ports').items()).flatMap((port) => {
    const written = port.get('hostPort');
    return written.integer() ? [{ field: written, number: written.integer() }]
      : isHost && port.get('containerPort').exists ? [{ field: template.spec.get('hostNetwork'), number: port.get('containerPort').integer() }] : [];
  })[0];
}
