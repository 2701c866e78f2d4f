import { deployment, service } from './manifests';
import { documents, waysIn, waysText } from './read';

const INSIDE = 'clusterInternal by Canary shop/payments';

function canary(spec: string, { namespace = 'shop', target = 'payments' } = {}): string {
  return `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: payments, namespace: ${namespace} }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: ${target} }, ${spec} }`;
}

describe('a Canary of Flagger, which makes the Service and its routes itself', () => {
  test.each([
    ['without a provider', 'service: { port: 80 }', [INSIDE]],
    ['by Istio', 'provider: istio, service: { port: 80 }', [INSIDE, 'istio by Canary shop/payments']],
    ['by ingress-nginx', 'provider: nginx, service: { port: 80 }', [INSIDE, 'ingressNginx by Canary shop/payments']],
    ['by the Gateway API', 'provider: "gatewayapi:v1", service: { port: 80 }', [INSIDE, 'httpRoute by Canary shop/payments']],
    ['by a provider that is not known', 'provider: linkerd, service: { port: 80 }', [INSIDE]],
    ['by Knative, which needs no Service', 'provider: knative, service: { port: 80 }', []],
  ])('leads in %s', (_, spec, expected) => {
    expect(waysText(documents(deployment(), canary(spec)))).toEqual(expected);
  });

  test.each([
    ['of another namespace', canary('service: { port: 80 }', { namespace: 'other' })],
    ['of another workload', canary('service: { port: 80 }', { target: 'orders' })],
  ])('leads nowhere %s', (_, written) => {
    expect(waysText(documents(deployment(), written))).toEqual([]);
  });

  test('stands beside Services that are written', () => {
    expect(waysText(documents(deployment(), service(), canary('service: { port: 80 }')))).toEqual(['clusterInternal by Service shop/payments', INSIDE]);
  });

  test('has the ports that it names', () => {
    const [way] = waysIn(documents(deployment(), canary('service: { name: pay, port: 8080, portName: http, targetPort: web }')));
    expect(way.service).toMatchObject({ name: 'pay', isHeadless: false, ports: [{ name: 'http', port: 8080, targetPort: 'web', protocol: 'TCP' }] });
  });

  test('has a target port like its port where it names none', () => {
    const [way] = waysIn(documents(deployment(), canary('service: { port: 9000 }')));
    expect(way.service.ports).toMatchObject([{ port: 9000, targetPort: 9000 }]);
  });
});
