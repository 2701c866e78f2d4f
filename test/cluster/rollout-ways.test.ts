import { documents, waysText } from './read';

const SERVICES = ['stable', 'canary'].map((name) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { selector: { app: payments }, ports: [{ port: 80 }] }`).join('\n---\n');
const INSIDE = ['clusterInternal by Service shop/stable', 'clusterInternal by Service shop/canary'];

const rollout = (routing: string) => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: payments, namespace: shop }
spec:
  selector: { matchLabels: { app: payments } }
  template: { metadata: { labels: { app: payments } }, spec: { containers: [] } }
  strategy: { canary: { stableService: stable, canaryService: canary, trafficRouting: { ${routing} } } }`;

const ingress = (name: string, { type = 'ip', namespace = 'shop', backend = 'root', port = 'name: use-annotation' } = {}) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: ${namespace}, annotations: { alb.ingress.kubernetes.io/target-type: ${type} } }
spec: { ingressClassName: alb, rules: [{ http: { paths: [{ backend: { service: { name: ${backend}, port: { ${port} } } } }] } }] }`;

describe('an ALB that Argo Rollouts routes by', () => {
  test.each([
    ['to pods', 'alb: { ingress: public }', ingress('public'), 'awsLoadBalancer by Ingress shop/public, ip'],
    ['to nodes', 'alb: { ingress: public }', ingress('public', { type: 'instance' }), 'awsLoadBalancer by Ingress shop/public, instance'],
    ['as one of several', 'alb: { ingresses: [other, public] }', ingress('public'), 'awsLoadBalancer by Ingress shop/public, ip'],
  ])('leads in %s, though no backend names a Service of the Rollout', (_, routing, written, way) => {
    expect(waysText(documents(rollout(routing), SERVICES, written))).toEqual([...INSIDE, way]);
  });

  test.each([
    ['of another name', 'alb: { ingress: private }', ingress('public')],
    ['of another namespace', 'alb: { ingress: public }', ingress('public', { namespace: 'other' })],
    ['of another router', 'nginx: { stableIngress: public }', ingress('public')],
  ])('does not lead in %s', (_, routing, written) => {
    expect(waysText(documents(rollout(routing), SERVICES, written))).toEqual(INSIDE);
  });

  test('is one way in where a backend names a Service as well', () => {
    const written = ingress('public', { backend: 'stable', port: 'number: 80' });
    expect(waysText(documents(rollout('alb: { ingress: public }'), SERVICES, written)).filter((way) => way.startsWith('aws'))).toHaveLength(1);
  });
});
