import { NGINX_PREFIX } from '../../cluster/ingress';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';

const INGRESS = (conditions: string) => `${PAYMENTS_SERVICE}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: payments, annotations: { nginx.ingress.kubernetes.io/proxy-next-upstream: ${conditions} } }
spec:
  ingressClassName: nginx
  rules:
    - host: payments.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: payments, port: { number: 80 } } } }] }
`;

/** nginx does not try again what may have been executed. */
export const NGINX_RETRIES_UNSAFE: Rule = {
  id: 'nginx-retries-unsafe',
  severity: 'warning',
  title: 'What proxy-next-upstream repeats is idempotent.',
  why: 'nginx passes a request that failed to another pod, but one with POST, LOCK or PATCH only until it was sent. With non_idempotent it also '
    + 'repeats those that the first pod may have executed, most often during a release, when pods close connections: something is booked or '
    + 'paid twice.',
  sources: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream',
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-timeouts'],
  failing: INGRESS('error timeout non_idempotent'),
  passing: INGRESS('error timeout'),
  check: ({ cluster }) => cluster.ingresses.filter(({ controller }) => controller === 'nginx').flatMap((ingress) => {
    const annotation = `${NGINX_PREFIX}proxy-next-upstream`;
    const conditions = (ingress.annotations.get(annotation) ?? '').split(/\s+/);
    return !conditions.includes('non_idempotent') ? [] : [{
      object: ingress,
      field: ingress.field.get('metadata', 'annotations', annotation),
      message: 'non_idempotent makes nginx repeat POST, LOCK and PATCH requests that a pod may have executed already',
      actual: conditions.join(' '),
      required: conditions.filter((condition) => condition !== 'non_idempotent').join(' '),
      fix: 'remove non_idempotent from proxy-next-upstream',
    }];
  }),
};
