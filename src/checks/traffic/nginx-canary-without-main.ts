import { NGINX_PREFIX, type Ingress } from '../../cluster/ingress';
import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';

const INGRESS = (name: string, host: string, annotations: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec:
  ingressClassName: nginx
  rules:
    - host: ${host}
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: payments, port: { number: 80 } } } }] }
`;
const CANARY = 'nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "10"';
const MAIN = `${PAYMENTS_SERVICE}---${INGRESS('payments', 'payments.example.com', '')}---`;

/** A canary Ingress has a main one beside it. */
export const NGINX_CANARY_WITHOUT_MAIN: Rule = {
  id: 'nginx-canary-without-main',
  severity: 'error',
  title: 'A canary Ingress has an Ingress without canary for the same host and path.',
  why: 'ingress-nginx adds the backend of a canary Ingress to the location that another Ingress makes for the same host and path. Where none does, '
    + 'it drops the canary with a line in its log: the canary gets nothing, and a host or path that only it names is answered with 404.',
  sources: ['https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary',
    'https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/controller/controller.go'],
  failing: `${MAIN}${INGRESS('payments-canary', 'pay.example.com', CANARY)}`,
  passing: `${MAIN}${INGRESS('payments-canary', 'payments.example.com', CANARY)}`,
  check: ({ cluster }) => {
    const ofNginx = cluster.ingresses.filter(({ controller }) => controller === 'nginx');
    const isRead = (namespace: string) => ofNginx.some((ingress) => ingress.namespace === namespace && !isCanary(ingress));
    const known = new Set(ofNginx.filter((ingress) => !isCanary(ingress)).flatMap(locationsOf).map(({ text }) => text));
    return ofNginx.filter((ingress) => isCanary(ingress) && isRead(ingress.namespace)).flatMap((ingress) => locationsOf(ingress)
      .filter(({ text }) => !known.has(text))
      .map(({ field, text }) => ({
        object: ingress,
        field,
        message: `no Ingress without canary has ${text}, so ingress-nginx drops this canary, and it gets no requests`,
        actual: text,
        fix: 'give the canary the host and path of its main Ingress, letter for letter, or add the main Ingress',
      })));
  },
};

function isCanary({ annotations }: Ingress): boolean {
  return annotations.get(`${NGINX_PREFIX}canary`) === 'true';
}

function locationsOf({ field }: Ingress): readonly { readonly field: Field; readonly text: string }[] {
  return field.get('spec', 'rules').items().flatMap((rule) => rule.get('http', 'paths').items().map((path) => ({
    field: path,
    text: `host ${rule.get('host').string() ?? '*'} with path ${path.get('path').string() ?? '/'}`,
  })));
}
