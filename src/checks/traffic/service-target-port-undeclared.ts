import type { Rule } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { undeclaredTargets } from './named-target-port';

/** A targetPort that is a number is among the ports that containers declare, where they declare any. */
export const SERVICE_TARGET_PORT_UNDECLARED: Rule = {
  id: 'service-target-port-undeclared',
  severity: 'warning',
  title: 'A targetPort that is a number is a port that the selected pods declare, where they declare any.',
  why: 'Containers need not declare the ports that they listen on, so a number that none declares may work. But where a container declares '
    + 'other ports, one of both numbers is usually out of date, and then every connection to the Service is refused.',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports'],
  failing: `${paymentsPods()}---${PAYMENTS_SERVICE.replace('targetPort: http', 'targetPort: 80')}`,
  passing: `${paymentsPods()}---${PAYMENTS_SERVICE.replace('targetPort: http', 'targetPort: 8080')}`,
  check: (context) => undeclaredTargets(context, 'number').map(({ service, port, workload, declared }) => ({
    object: service,
    field: port.field.get('targetPort').exists ? port.field.get('targetPort') : port.field.get('port'),
    message: `port ${port.port} targets ${port.protocol} port ${port.targetPort}, which no container of ${workload.kind} ${workload.name} declares: `
      + 'if none listens there, connections are refused',
    actual: String(port.targetPort),
    required: `one of ${declared}`,
    fix: 'set targetPort to the port that the container listens on, or declare that port in the container',
  })),
};
