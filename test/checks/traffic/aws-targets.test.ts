import { ingress, service, workload } from './manifests';
import { documents, told } from './told';
import { ALB_INSTANCE_TARGETS } from '../../../src/checks/traffic/alb-instance-targets';
import { ALB_READINESS_GATE_MISSING } from '../../../src/checks/traffic/alb-readiness-gate-missing';
import { ALB_READINESS_GATE_UNKNOWN } from '../../../src/checks/traffic/alb-readiness-gate-unknown';
import { NLB_INSTANCE_TARGETS } from '../../../src/checks/traffic/nlb-instance-targets';

const TARGET_TYPE = 'alb.ingress.kubernetes.io/target-type';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
const alb = (targetType = '', className = 'alb') => ingress('cart', { className, annotations: targetType && `${TARGET_TYPE}: ${targetType}` });
const nlb = (annotations: string, type = 'LoadBalancer') => service('cart', { annotations, spec: `type: ${type}` });

describe('alb-instance-targets', () => {
  test('tells the Service that is reached by way of nodes, which is the default', () => {
    expect(told(ALB_INSTANCE_TARGETS, documents(service('cart'), alb()))).toEqual([{
      object: 'Ingress shop/cart',
      path: `metadata.annotations["${TARGET_TYPE}"]`,
      message: 'the load balancer reaches Service cart by way of nodes, so it neither checks nor drains single pods',
      actual: 'instance',
      required: 'ip',
      fix: `set the annotation ${TARGET_TYPE} to ip`,
    }]);
    expect(told(ALB_INSTANCE_TARGETS, alb('instance'))).toHaveLength(1);
  });

  test('a Service may say otherwise, either way', () => {
    const saying = (targetType: string) => service('cart', { annotations: `${TARGET_TYPE}: ${targetType}` });
    expect(told(ALB_INSTANCE_TARGETS, documents(saying('ip'), alb()))).toEqual([]);
    expect(told(ALB_INSTANCE_TARGETS, documents(saying('instance'), alb('ip')))).toHaveLength(1);
  });

  test('the parameters of its class may say ip', () => {
    const parameters = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: alb }\n'
      + 'spec: { controller: ingress.k8s.aws/alb, parameters: { apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: pods } }\n---\n'
      + 'apiVersion: elbv2.k8s.aws/v1beta1\nkind: IngressClassParams\nmetadata: { name: pods }\nspec: { targetType: ip }';
    expect(told(ALB_INSTANCE_TARGETS, documents(parameters, alb()))).toEqual([]);
    expect(told(ALB_INSTANCE_TARGETS, documents(parameters.replace('targetType: ip', 'scheme: internal'), alb()))).toHaveLength(1);
  });

  test('pods as targets, another controller, and an Ingress that only redirects are no finding', () => {
    const redirect = ingress('cart', { className: 'alb', backend: 'name: away, port: { name: use-annotation }' });
    expect([alb('ip'), alb('', 'nginx'), redirect].flatMap((yaml) => told(ALB_INSTANCE_TARGETS, yaml))).toEqual([]);
  });
});

describe('nlb-instance-targets', () => {
  test('tells a load balancer that reaches pods by way of nodes', () => {
    expect(told(NLB_INSTANCE_TARGETS, nlb(`${NLB}type: external`))).toEqual([{
      object: 'Service shop/cart',
      path: `metadata.annotations["${NLB}nlb-target-type"]`,
      message: 'the load balancer reaches pods by way of nodes, so it neither checks nor drains single pods',
      actual: 'instance',
      required: 'ip',
      fix: `set the annotation ${NLB}nlb-target-type to ip`,
    }]);
    expect(told(NLB_INSTANCE_TARGETS, service('cart', { spec: 'type: LoadBalancer\n  loadBalancerClass: service.k8s.aws/nlb' }))).toHaveLength(1);
  });

  test.each([
    ['pods as targets', nlb(`${NLB}type: external, ${NLB}nlb-target-type: ip`)],
    ['the older type for pods', nlb(`${NLB}type: nlb-ip`)],
    ['a load balancer of somebody else', nlb('')],
    ['a Service that is no load balancer', nlb(`${NLB}type: external`, 'ClusterIP')],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(NLB_INSTANCE_TARGETS, yaml)).toEqual([]);
  });
});

describe('the readiness gate of a load balancer', () => {
  const LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';
  const namespace = (labels: string, name = 'shop') => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { ${labels} } }`;
  const served = (name: string) => documents(workload(name), service(name), alb('ip').replaceAll('name: cart', `name: ${name}`));
  const CART = served('cart');

  test('alb-readiness-gate-missing tells the label that a namespace lacks', () => {
    expect(told(ALB_READINESS_GATE_MISSING, documents(CART, namespace('team: shop')))).toEqual([{
      object: 'Namespace shop',
      path: `metadata.labels["${LABEL}"]`,
      message: 'a release of Deployment cart does not wait until the load balancer of Ingress shop/cart takes new pods for healthy',
      actual: 'no label',
      required: 'enabled',
      fix: `add the label ${LABEL}: enabled to the namespace, before the pods are created`,
    }]);
  });

  test('another value of the label is none, and two workloads are one finding', () => {
    const found = told(ALB_READINESS_GATE_MISSING, documents(CART, served('mail'), namespace(`${LABEL}: disabled`)));
    expect(found.map(({ message, actual }) => [message, actual])).toEqual([
      ['a release of Deployment cart (and 1 more) does not wait until the load balancer of Ingress shop/cart takes new pods for healthy', 'disabled'],
    ]);
  });

  test('a Network Load Balancer with pods as targets needs it too', () => {
    const way = documents(workload('cart'), nlb(`${NLB}type: external, ${NLB}nlb-target-type: ip`), namespace(''));
    expect(told(ALB_READINESS_GATE_MISSING, way).map(({ message }) => message))
      .toEqual(['a release of Deployment cart does not wait until the load balancer of Service shop/cart takes new pods for healthy']);
  });

  test('alb-readiness-gate-unknown tells the namespace that is not read', () => {
    expect(told(ALB_READINESS_GATE_UNKNOWN, documents(CART, namespace('', 'other')))).toEqual([{
      object: 'Deployment shop/cart',
      path: 'spec.template.spec.readinessGates',
      message: `Namespace shop is not among the objects read: if it lacks the label ${LABEL}: enabled, `
        + 'a release does not wait for the load balancer of Ingress shop/cart',
      actual: undefined,
      required: undefined,
      fix: `label the namespace ${LABEL}: enabled, and read it together with these manifests`,
    }]);
  });

  test('of both rules one speaks at most', () => {
    expect(told(ALB_READINESS_GATE_MISSING, CART)).toEqual([]);
    expect(told(ALB_READINESS_GATE_UNKNOWN, documents(CART, namespace('')))).toEqual([]);
  });

  test.each([
    ['a namespace with the label', documents(CART, namespace(`${LABEL}: enabled`))],
    ['a gate in the template', documents(CART, namespace('')).replace('spec:\n      \n', 'spec:\n      readinessGates: [{ conditionType: target-health.elbv2.k8s.aws/cart }]\n')],
    ['targets that are nodes', documents(workload('cart'), service('cart'), alb(), namespace(''))],
    ['pods that no load balancer of AWS knows', documents(workload('cart'), service('cart'), namespace(''))],
  ])('both are silent for %s', (_case, yaml) => {
    expect([...told(ALB_READINESS_GATE_MISSING, yaml), ...told(ALB_READINESS_GATE_UNKNOWN, yaml)]).toEqual([]);
  });

  test('a gate of somebody else is not the load balancer\'s', () => {
    const other = documents(CART, namespace('')).replace('spec:\n      \n', 'spec:\n      readinessGates: [{ conditionType: example.com/cart }]\n');
    expect(told(ALB_READINESS_GATE_MISSING, other)).toHaveLength(1);
  });
});
