/** A workload whose pods listen on 8080 (`http`). */
export function workload(name: string, { kind = 'Deployment', namespace = 'shop', labels = `app: ${name}`, spec = '', pod = '', annotations = '' } = {}): string {
  return `
apiVersion: ${kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, annotations: { ${annotations} } }
spec:
  selector: { matchLabels: { ${labels} } }
  ${spec}
  template:
    metadata: { labels: { ${labels} } }
    spec:
      ${pod}
      containers: [{ name: main, image: main:1.0.0, ports: [{ name: http, containerPort: 8080 }] }]
`;
}

/** A Service of port 80 (`web`) for the pods of a name. */
export function service(name: string, { namespace = 'shop', selector = `app: ${name}`, spec = '', annotations = '', ports = '' } = {}): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, annotations: { ${annotations} } }
spec:
  selector: { ${selector} }
  ports: [${ports || '{ name: web, port: 80, targetPort: http }'}]
  ${spec}
`;
}

/** An object of a custom kind that some operator may make pods and Services for. */
export const OPERATED = `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: database, namespace: shop }
`;

/** An Ingress whose only path goes to a backend. */
export function ingress(name: string, { namespace = 'shop', className = 'nginx', annotations = '', backend = 'name: cart, port: { number: 80 }', host = 'a.example.com', path = '/' } = {}): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: ${namespace}, annotations: { ${annotations} } }
spec:
  ingressClassName: ${className}
  rules: [{ host: ${host}, http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { ${backend} } } }] } }]
`;
}

/** A VirtualService with some http routes, each one line of flow style. */
export function virtualService(routes: readonly string[], { namespace = 'shop', spec = 'hosts: [cart]' } = {}): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: ${namespace} }
spec:
  ${spec}
  http: [${routes.join(', ')}]
`;
}

/** A DestinationRule. */
export function destinationRule(name: string, { namespace = 'shop', host = 'cart', spec = '' } = {}): string {
  return `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  host: "${host}"
  ${spec}
`;
}

/** A Gateway API route with some rules, each one line of flow style. */
export function gatewayRoute(rules: readonly string[], { kind = 'HTTPRoute', namespace = 'shop' } = {}): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: cart, namespace: ${namespace} }
spec:
  rules: [${rules.join(', ')}]
`;
}
