/** What tests change of the manifests below. */
export interface Changes {
  readonly kind?: string;
  /** The spec's fields but for selector and template, as YAML of one line. */
  readonly spec?: string;
  readonly preStop?: string;
  readonly grace?: number;
  readonly readiness?: string;
  readonly annotations?: string;
  readonly podAnnotations?: string;
  readonly podLabels?: string;
  /** The pod spec's fields besides, as YAML of one line. */
  readonly pod?: string;
  readonly containers?: string;
  /** Other documents. */
  readonly others?: readonly string[];
}

const READINESS = '{ httpGet: { path: /ready, port: 8080 } }';

/** Four replicas with a readiness probe and a hook of 10 s behind a Service: every release of it holds where the program drains. */
export function manifests({
  kind = 'Deployment', spec = 'replicas: 4', preStop = '{ sleep: { seconds: 10 } }', grace = 30, readiness = READINESS, annotations = '{}',
  podAnnotations = '{}', podLabels = '', pod = '', containers, others = [],
}: Changes = {}): string {
  const lifecycle = preStop === '' ? '' : `, lifecycle: { preStop: ${preStop} }`;
  const probe = readiness === '' ? '' : `, readinessProbe: ${readiness}`;
  const container = `{ name: app, image: registry.example.com/payments:1.4.2, ports: [{ containerPort: 8080 }]${lifecycle}${probe} }`;
  return [`apiVersion: ${kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}
kind: ${kind}
metadata: { name: payments, namespace: shop, annotations: ${annotations} }
spec:
  selector: { matchLabels: { app: payments } }
  template:
    metadata: { labels: { app: payments ${podLabels} }, annotations: ${podAnnotations} }
    spec: { terminationGracePeriodSeconds: ${grace}, containers: ${containers ?? `[${container}]`} ${pod} }
  ${spec}
`, ...others].join('---\n');
}

export const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: payments, namespace: shop }
spec: { selector: { app: payments }, ports: [{ port: 80, targetPort: 8080 }] }
`;

/** Behind a Service inside the cluster. */
export function inside(changes: Changes = {}): string {
  return manifests({ ...changes, others: [SERVICE, ...changes.others ?? []] });
}

/** An Ingress by which an Application Load Balancer sends to pods, with a deregistration delay. */
export function albIngress(deregistrationSeconds: number, attributes = ''): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: public
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: deregistration_delay.timeout_seconds=${deregistrationSeconds}
    ${attributes}
spec:
  ingressClassName: alb
  rules: [{ http: { paths: [{ path: /, backend: { service: { name: payments, port: { number: 80 } } } }] } }]
`;
}

/** The Namespace of the manifests. */
export function namespace(labels: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: ${labels} }\n`;
}

export const GATED = namespace('{ elbv2.k8s.aws/pod-readiness-gate-inject: enabled }');
export const DRAINS = { assume: { shutdown: 'drains' } } as const;

export const NEW_CONNECTIONS = 'no connection is opened to a pod that has stopped accepting';
export const IN_FLIGHT = 'no request that was accepted is cut';
export const KEPT = 'no request is sent on a kept connection that the program is closing';
export const START = 'no request is sent to a pod that does not accept yet';
export const SOME_POD = 'some pod is always there to be sent requests';
