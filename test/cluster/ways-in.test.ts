import { deployment, ingress, namespaceObject, service } from './manifests';
import { documents, waysText } from './read';

const INSIDE = 'clusterInternal by Service shop/payments';
const ways = (...others: readonly string[]) => waysText(documents(deployment(), ...others));

describe('a Service', () => {
  const nlb = (annotations: string) => service(', type: LoadBalancer', { annotations });
  const NLB = 'networkLoadBalancer by Service shop/payments';
  const TYPE = 'service.beta.kubernetes.io/aws-load-balancer-type';
  const TARGET = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

  test.each([
    ['of no kind in particular', service(), [INSIDE]],
    ['that is headless', service(', clusterIP: None'), ['headless by Service shop/payments']],
    ['of type NodePort', service(', type: NodePort'), [INSIDE]],
    ['of type LoadBalancer without annotations', service(', type: LoadBalancer'), [INSIDE]],
    ['for an NLB to pods', nlb(`{ ${TYPE}: external, ${TARGET}: ip }`), [INSIDE, `${NLB}, ip`]],
    ['for an NLB to nodes', nlb(`{ ${TYPE}: external, ${TARGET}: instance }`), [INSIDE, `${NLB}, instance`]],
    ['for an NLB without a target type', nlb(`{ ${TYPE}: external }`), [INSIDE, `${NLB}, instance`]],
    ['for an NLB as the cloud provider makes it', nlb(`{ ${TYPE}: nlb }`), [INSIDE, `${NLB}, instance`]],
    ['for an NLB by its older name', nlb(`{ ${TYPE}: nlb-ip }`), [INSIDE, `${NLB}, ip`]],
    ['for an NLB by its class', service(', type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb'), [INSIDE, `${NLB}, instance`]],
    ['with the annotations and another type', service('', { annotations: `{ ${TYPE}: external }` }), [INSIDE]],
    ['of another namespace', service('', { namespace: 'other' }), []],
    ['without a selector', 'apiVersion: v1\nkind: Service\nmetadata: { name: payments, namespace: shop }\nspec: { ports: [{ port: 80 }] }', []],
    ['with an empty selector', 'apiVersion: v1\nkind: Service\nmetadata: { name: payments, namespace: shop }\nspec: { selector: {} }', []],
  ] as const)('%s', (_, written, expected) => {
    expect(ways(written)).toEqual(expected);
  });

  test('is one of several', () => {
    expect(ways(service(), service(', clusterIP: None', { name: 'payments-pods' }))).toEqual([INSIDE, 'headless by Service shop/payments-pods']);
  });
});

describe('an Ingress', () => {
  const ALB = 'awsLoadBalancer by Ingress shop/public';
  const IP = '{ alb.ingress.kubernetes.io/target-type: ip }';
  const classOf = (controller: string, parameters = '') =>
    `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: public }\nspec: { controller: ${controller} ${parameters} }`;

  test.each([
    ['of class alb, to pods', [ingress(', ingressClassName: alb', IP)], [`${ALB}, ip`]],
    ['of class alb, to nodes', [ingress(', ingressClassName: alb')], [`${ALB}, instance`]],
    ['known by its annotations alone', [ingress('', IP)], [`${ALB}, ip`]],
    ['of the class annotation', [ingress('', '{ kubernetes.io/ingress.class: alb }')], [`${ALB}, instance`]],
    ['of an IngressClass of the AWS controller', [classOf('ingress.k8s.aws/alb'), ingress(', ingressClassName: public', IP)], [`${ALB}, ip`]],
    ['of class nginx', [ingress(', ingressClassName: nginx')], ['ingressNginx by Ingress shop/public']],
    ['of an IngressClass of ingress-nginx', [classOf('k8s.io/ingress-nginx'), ingress(', ingressClassName: public')], ['ingressNginx by Ingress shop/public']],
    ['with annotations of ingress-nginx', [ingress('', '{ nginx.ingress.kubernetes.io/proxy-read-timeout: "5" }')], ['ingressNginx by Ingress shop/public']],
    ['of a class that nobody tells', [ingress(', ingressClassName: traefik', IP)], ['otherIngress by Ingress shop/public']],
    ['of no class', [ingress()], ['otherIngress by Ingress shop/public']],
    ['to another Service', [ingress('', '{}', '{ service: { name: carts, port: { number: 80 } } }')], []],
    ['by its default backend', [ingress(', ingressClassName: nginx, defaultBackend: { service: { name: payments, port: { name: http } } }', '{}',
      '{ service: { name: carts, port: { number: 80 } } }')], ['ingressNginx by Ingress shop/public']],
  ] as const)('%s', (_, written, expected) => {
    expect(ways(service(), ...written)).toEqual([INSIDE, ...expected]);
  });

  test('takes the target type of the Service before its own', () => {
    expect(ways(service('', { annotations: '{ alb.ingress.kubernetes.io/target-type: instance }' }), ingress(', ingressClassName: alb', IP)))
      .toEqual([INSIDE, `${ALB}, instance`]);
  });

  test('takes the target type of its class where nobody else says one', () => {
    const parameters = 'apiVersion: elbv2.k8s.aws/v1beta1\nkind: IngressClassParams\nmetadata: { name: pods }\nspec: { targetType: ip }';
    expect(ways(service(), parameters, classOf('ingress.k8s.aws/alb', ', parameters: { kind: IngressClassParams, name: pods }'),
      ingress(', ingressClassName: public'))).toEqual([INSIDE, `${ALB}, ip`]);
  });

  const action = (json: string) => ingress(', ingressClassName: alb', `{ alb.ingress.kubernetes.io/actions.split: '${json}' }`,
    '{ service: { name: split, port: { name: use-annotation } } }');

  test.each([
    ['{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"payments","servicePort":"80","weight":90},{"serviceName":"b","servicePort":80}]}}', true],
    ['{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"b"}]}}', false], ['{"type":"redirect"}', false], ['not JSON', false], ['null', false],
    ['[]', false], ['{"forwardConfig":{"targetGroups":{}}}', false], ['{"forwardConfig":{"targetGroups":[null,7,{"serviceName":7}]}}', false],
  ])('forwards by the action %s: %p', (json, isWay) => {
    expect(ways(service(), action(json))).toEqual(isWay ? [INSIDE, `${ALB}, instance`] : [INSIDE]);
  });

  test('never means the action itself by a backend that uses an annotation, though a Service has its name', () => {
    const named = ingress(', ingressClassName: alb', '{}', '{ service: { name: payments, port: { name: use-annotation } } }');
    expect(ways(service(), named)).toEqual([INSIDE]);
  });
});

describe('a route of the Gateway API', () => {
  const route = (kind: string, backend: string, inNamespace = 'shop') =>
    `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: { name: r, namespace: ${inNamespace} }\nspec: { rules: [{ backendRefs: [${backend}] }] }`;

  test.each([
    ['HTTPRoute', '{ name: payments, port: 80 }', 'shop', ['httpRoute by HTTPRoute shop/r']],
    ['GRPCRoute', '{ name: payments, port: 80 }', 'shop', ['grpcRoute by GRPCRoute shop/r']],
    ['HTTPRoute', '{ name: payments, namespace: shop, port: 80 }', 'edge', ['httpRoute by HTTPRoute edge/r']],
    ['HTTPRoute', '{ name: payments, port: 80 }', 'edge', []],
    ['HTTPRoute', '{ name: payments, namespace: other, port: 80 }', 'shop', []],
    ['HTTPRoute', '{ name: payments, kind: Bucket, group: example.com }', 'shop', []],
    ['HTTPRoute', '{ name: payments, kind: Service, group: "" }', 'shop', ['httpRoute by HTTPRoute shop/r']],
    ['HTTPRoute', '{ name: payments, group: net.gke.io }', 'shop', []],
  ] as const)('%s to %s from namespace %s', (kind, backend, inNamespace, expected) => {
    expect(ways(service(), route(kind, backend, inNamespace))).toEqual([INSIDE, ...expected]);
  });
});

describe('Istio', () => {
  const virtualService = (host: string, inNamespace = 'shop') => 'apiVersion: networking.istio.io/v1\nkind: VirtualService\n'
    + `metadata: { name: v, namespace: ${inNamespace} }\nspec: { hosts: [any], http: [{ route: [{ destination: { host: ${host} } }] }] }`;

  test.each([
    ['payments', 'shop', true], ['payments.shop.svc.cluster.local', 'shop', true], ['payments.shop.svc.cluster.local', 'edge', true],
    ['payments.shop.svc', 'edge', true], ['payments', 'edge', false], ['payments.shop', 'shop', false], ['payments.other.svc.cluster.local', 'shop', false],
    ['"*.shop.svc.cluster.local"', 'shop', false], ['api.example.com', 'shop', false], ['carts', 'shop', false], ['""', 'shop', false],
  ])('routes to the host %s from namespace %s: %p', (host, inNamespace, isWay) => {
    expect(ways(service(), virtualService(host, inNamespace))).toEqual(isWay ? [INSIDE, `istio by VirtualService ${inNamespace}/v`] : [INSIDE]);
  });

  const injected = (labels: string | undefined, pod = '', annotations = '{}', containers = '[{ name: app }]') =>
    waysText(documents(...labels === undefined ? [] : [namespaceObject(labels)], deployment({ labels: pod, annotations, containers }), service()))
      .includes('istio by Service shop/payments');

  test.each([
    ['by the namespace', '{ istio-injection: enabled }', '', true], ['by the namespace\'s revision', '{ istio.io/rev: stable }', '', true],
    ['by nobody', '{}', '', false], ['by nobody, the namespace absent', undefined, '', false], ['by the pod alone', undefined, ', sidecar.istio.io/inject: "true"', true],
    ['by the pod\'s revision', undefined, ', istio.io/rev: stable', true], ['unless the pod refuses', '{ istio-injection: enabled }', ', sidecar.istio.io/inject: "false"', false],
    ['unless the namespace refuses', '{ istio-injection: disabled }', ', sidecar.istio.io/inject: "true"', false],
    ['unless the namespace refuses, revision or not', '{ istio-injection: disabled, istio.io/rev: stable }', '', false],
  ] as const)('injects a sidecar %s', (_, labels, pod, expected) => {
    expect(injected(labels, pod)).toBe(expected);
  });

  test('injects a sidecar as an annotation of the pod says, and none where it refuses', () => {
    expect(injected('{}', '', '{ sidecar.istio.io/inject: "true" }')).toBe(true);
    expect(injected('{ istio-injection: enabled }', '', '{ sidecar.istio.io/inject: "false" }')).toBe(false);
  });

  test('has a sidecar that is written out, whatever is injected', () => {
    expect(injected('{}', ', sidecar.istio.io/inject: "false"', '{}', '[{ name: app }, { name: istio-proxy }]')).toBe(true);
    expect(waysText(documents(deployment({ pod: ', initContainers: [{ name: istio-proxy, restartPolicy: Always }]' }), service())))
      .toContain('istio by Service shop/payments');
  });

  test('is one way for each VirtualService, which takes the place of the sidecar\'s', () => {
    expect(ways(namespaceObject('{ istio-injection: enabled }'), service(), virtualService('payments'))).toEqual([INSIDE, 'istio by VirtualService shop/v']);
  });
});
