import { backendsOf } from '../../cluster/ingress';
import type { Rule } from '../rule';
import { nameFieldOf } from './backend-text';
import { PAYMENTS_SERVICE } from './example-pods';
import { mayExistUnread } from './unread';

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
          - { path: /, pathType: Prefix, backend: { service: { name: payments, port: { name: http } } } }
`;

/** The Services that an Ingress names are there. */
export const INGRESS_BACKEND_MISSING: Rule = {
  id: 'ingress-backend-missing',
  severity: 'error',
  title: 'Every Service that an Ingress names is there.',
  why: 'An Ingress is accepted whatever Services it names. For a path whose Service is not in the Ingress\'s own namespace, the controller has no '
    + 'endpoints, and answers 503 or its default page.',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules'],
  failing: `${PAYMENTS_SERVICE}---${INGRESS.replace('service: { name: payments', 'service: { name: payment')}`,
  passing: `${PAYMENTS_SERVICE}---${INGRESS}`,
  check: ({ cluster, relations }) => cluster.ingresses.flatMap((ingress) => backendsOf(ingress)
    .filter(({ namespace, service }) => !relations.serviceNamed(namespace, service) && !mayExistUnread(cluster, namespace, service))
    .map((backend) => ({
      object: ingress,
      field: nameFieldOf(backend),
      message: `Service ${backend.service} is not in namespace ${backend.namespace}, so requests for it are answered with an error`,
      actual: backend.service,
      required: `a Service of namespace ${backend.namespace}`,
      fix: 'name a Service that is there, or add the one that is missing',
    }))),
};
