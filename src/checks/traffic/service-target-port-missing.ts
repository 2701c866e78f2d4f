import type { Rule } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { undeclaredTargets } from './named-target-port';

/** A targetPort that is a name is declared by a container of the pods. */
export const SERVICE_TARGET_PORT_MISSING: Rule = {
  id: 'service-target-port-missing',
  severity: 'error',
  title: 'A targetPort that is a name is the name of a port of the selected pods.',
  why: 'A name is looked up among the ports that the containers of each pod declare, of the same protocol. A pod that declares none of that '
    + 'name becomes no endpoint of the Service\'s port: the pods run and are ready, and no request reaches them.',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports'],
  failing: `${paymentsPods()}---${PAYMENTS_SERVICE.replace('targetPort: http', 'targetPort: web')}`,
  passing: `${paymentsPods()}---${PAYMENTS_SERVICE}`,
  check: (context) => undeclaredTargets(context, 'name').map(({ service, port, workload, declared }) => ({
    object: service,
    field: port.field.get('targetPort'),
    message: `targetPort ${port.targetPort} is the name of no ${port.protocol} port of ${workload.kind} ${workload.name}, `
      + `so port ${port.port} has no endpoint among its pods`,
    actual: String(port.targetPort),
    required: declared === '' ? 'a declared port' : `one of ${declared}`,
    fix: `name the container's port ${port.targetPort}, or set targetPort to the number that it listens on`,
  })),
};
