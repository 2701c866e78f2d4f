import { backendsOf } from '../../cluster/ingress';
import type { Rule } from '../rule';
import { hasPort, portFieldOf, portsText } from './backend-text';
import { PAYMENTS_SERVICE } from './example-pods';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: payments }
spec:
  ingressClassName: nginx
  rules:
    - host: payments.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: payments, port: { number: 80 } } } }
`;

/** The ports that an Ingress names are ports of the Service. */
export const INGRESS_PORT_MISSING: Rule = {
  id: 'ingress-port-missing',
  severity: 'error',
  title: 'A port that an Ingress names is a port of the Service, by number or name.',
  why: 'The port of an Ingress backend is the Service\'s own port, not the container\'s. Where the Service has none of that number or name, the '
    + 'controller has no endpoints for the path, and answers 503.',
  sources: ['https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/#IngressBackend'],
  failing: `${PAYMENTS_SERVICE}---${INGRESS.replace('number: 80', 'number: 8080')}`,
  passing: `${PAYMENTS_SERVICE}---${INGRESS}`,
  check: ({ cluster, relations }) => cluster.ingresses.flatMap((ingress) => backendsOf(ingress).flatMap((backend) => {
    const service = relations.serviceNamed(backend.namespace, backend.service);
    return !service || backend.port === undefined || hasPort(service, backend.port) ? [] : [{
      object: ingress,
      field: portFieldOf(backend),
      message: `Service ${service.name} has no port ${backend.port}, so requests for it are answered with an error`,
      actual: String(backend.port),
      required: `one of ${portsText(service)}`,
      fix: 'name one of the Service\'s ports; the number that the container listens on is its targetPort',
    }];
  })),
};
