/** What tests change of the Deployment below, each as YAML of one line. */
export interface Parts {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly spec?: string;
  readonly labels?: string;
  readonly annotations?: string;
  readonly pod?: string;
  readonly containers?: string;
}

/** A Deployment of one container, with the label app: payments. */
export function deployment({
  kind = 'Deployment', namespace = 'shop', name = 'payments', spec = '', labels = '', annotations = '{}', pod = '',
  containers = '[{ name: app, ports: [{ containerPort: 8080, name: http }] }]',
}: Parts = {}): string {
  return `apiVersion: ${kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments ${labels} }, annotations: ${annotations} }
    spec: { containers: ${containers} ${pod} }
${spec === '' ? '' : `  ${spec}\n`}`;
}

/** A Service that sends to it. `spec` is what it says besides. */
export function service(spec = '', { namespace = 'shop', name = 'payments', annotations = '{}' } = {}): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, annotations: ${annotations} }
spec: { selector: { app: payments }, ports: [{ port: 80, targetPort: 8080 }] ${spec} }
`;
}

/** An Ingress with one path to it. */
export function ingress(spec = '', annotations = '{}', backend = '{ service: { name: payments, port: { number: 80 } } }'): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: public, namespace: shop, annotations: ${annotations} }
spec: { rules: [{ http: { paths: [{ path: /, backend: ${backend} }] } }] ${spec} }
`;
}

/** A Namespace. */
export function namespaceObject(labels: string, name = 'shop'): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: ${labels} }\n`;
}
