import * as fc from 'fast-check';
import { ingress, service, workload } from './manifests';
import { documents, told } from './told';
import { ALB_DEREGISTRATION_DELAY } from '../../../src/checks/traffic/alb-deregistration-delay';
import { ALB_DEREGISTRATION_DELAY_LONG } from '../../../src/checks/traffic/alb-deregistration-delay-long';
import { NLB_DEREGISTRATION } from '../../../src/checks/traffic/nlb-deregistration';

const ATTRIBUTES = 'alb.ingress.kubernetes.io/target-group-attributes';
const TO_PODS = 'alb.ingress.kubernetes.io/target-type: ip';
const DELAY = 'deregistration_delay.timeout_seconds';
const graced = (grace: number) => workload('cart', { pod: `terminationGracePeriodSeconds: ${grace}` });
const alb = (delay: number | string, grace = 30) => documents(graced(grace), service('cart'),
  ingress('cart', { className: 'alb', annotations: `${TO_PODS}, ${ATTRIBUTES}: "slow_start.duration_seconds=30,${DELAY}=${delay}"` }));

describe('alb-deregistration-delay', () => {
  test('tells the delay, and the longest request', () => {
    expect(told(ALB_DEREGISTRATION_DELAY, alb(9))).toEqual([{
      object: 'Ingress shop/cart',
      path: `metadata.annotations["${ATTRIBUTES}"]`,
      message: 'the load balancer closes connections 9 s after it drops a pod of Deployment cart, but requests take up to 10 s: the longer ones are cut',
      actual: '9 s',
      required: '≥ 10 s',
      fix: `set ${DELAY} to at least 10`,
    }]);
  });

  test('the bound is the longest request, for every one', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 3600 }), fc.integer({ min: 1, max: 3600 }), (delay, longest) => {
      const found = told(ALB_DEREGISTRATION_DELAY, alb(delay), { assume: { 'longest-request-seconds': longest } });
      expect(found.map(({ required }) => required)).toEqual(delay < longest ? [`≥ ${longest} s`] : []);
    }), { numRuns: 60 });
  });

  test('the default of 300 s may be too short as well', () => {
    const plain = documents(workload('cart'), service('cart'), ingress('cart', { className: 'alb', annotations: TO_PODS }));
    expect(told(ALB_DEREGISTRATION_DELAY, plain, { assume: { 'longest-request-seconds': 300 } })).toEqual([]);
    expect(told(ALB_DEREGISTRATION_DELAY, plain, { assume: { 'longest-request-seconds': 301 } }).map(({ actual }) => actual)).toEqual(['300 s']);
  });

  test('the annotation of the Service takes the place of that of the Ingress', () => {
    const annotated = service('cart', { annotations: `${ATTRIBUTES}: ${DELAY}=5` });
    const leading = ingress('cart', { className: 'alb', annotations: `${TO_PODS}, ${ATTRIBUTES}: ${DELAY}=60` });
    const found = told(ALB_DEREGISTRATION_DELAY, documents(workload('cart'), annotated, leading, leading.replace('name: cart', 'name: second')));
    expect(found.map(({ object, actual }) => [object, actual])).toEqual([['Service shop/cart', '5 s']]);
  });

  test.each([
    ['targets that are nodes', alb(5).replace(`${TO_PODS}, `, '')],
    ['another controller', alb(5).replace('ingressClassName: alb', 'ingressClassName: nginx')],
    ['pods that are not read', documents(service('cart'), ingress('cart', { className: 'alb', annotations: `${TO_PODS}, ${ATTRIBUTES}: ${DELAY}=5` }))],
    ['a text that is no number', alb('soon')],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(ALB_DEREGISTRATION_DELAY, yaml)).toEqual([]);
  });
});

describe('alb-deregistration-delay-long', () => {
  test('tells how long connections are kept, and when the pod is gone', () => {
    expect(told(ALB_DEREGISTRATION_DELAY_LONG, alb(300, 90))).toEqual([{
      object: 'Ingress shop/cart',
      path: `metadata.annotations["${ATTRIBUTES}"]`,
      message: 'the load balancer may keep connections to a pod of Deployment cart for 360 s (60 s until it drops it, and its delay of 300 s), '
        + 'but the pod is gone after 90 s',
      actual: '300 s',
      required: '≤ 30 s',
      fix: `set ${DELAY} to the longest request, and terminationGracePeriodSeconds to at least 60 more`,
    }]);
  });

  test('where the grace period does not even cover the propagation no delay is short enough', () => {
    expect(told(ALB_DEREGISTRATION_DELAY_LONG, alb(0, 59)).map(({ required }) => required)).toEqual([undefined]);
    expect(told(ALB_DEREGISTRATION_DELAY_LONG, alb(0, 60))).toEqual([]);
  });

  test('the bound is the grace period less the propagation', () => {
    const seconds = fc.integer({ min: 0, max: 600 });
    fc.assert(fc.property(seconds, seconds, seconds, (delay, grace, propagation) => {
      const found = told(ALB_DEREGISTRATION_DELAY_LONG, alb(delay, grace), { assume: { 'propagation-seconds.awsLoadBalancer': propagation } });
      expect(found).toHaveLength(propagation + delay <= grace ? 0 : 1);
    }), { numRuns: 60 });
  });
});

describe('nlb-deregistration', () => {
  const NLB = 'service.beta.kubernetes.io/aws-load-balancer-';
  const nlb = (attributes: string, targetType = 'ip') => documents(workload('cart'), service('cart', {
    annotations: `${NLB}type: external, ${NLB}nlb-target-type: ${targetType}, ${NLB}target-group-attributes: "${attributes}"`, spec: 'type: LoadBalancer',
  }));
  const TERMINATED = 'deregistration_delay.connection_termination.enabled=true';

  test('tells the delay after which connections are cut', () => {
    expect(told(NLB_DEREGISTRATION, nlb(`${TERMINATED},${DELAY}=9`))).toEqual([{
      object: 'Service shop/cart',
      path: `metadata.annotations["${NLB}target-group-attributes"]`,
      message: 'the load balancer cuts connections 9 s after it drops a pod of Deployment cart, but requests take up to 10 s',
      actual: '9 s',
      required: '≥ 10 s',
      fix: `set ${DELAY} to at least 10`,
    }]);
  });

  test('the bound is the longest request, for every one', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 3600 }), fc.integer({ min: 1, max: 3600 }), (delay, longest) => {
      const found = told(NLB_DEREGISTRATION, nlb(`${TERMINATED},${DELAY}=${delay}`), { assume: { 'longest-request-seconds': longest } });
      expect(found.map(({ required }) => required)).toEqual(delay < longest ? [`≥ ${longest} s`] : []);
    }), { numRuns: 60 });
  });

  test.each([
    ['connections that are left alone', nlb(`${DELAY}=0`)],
    ['the default delay', nlb(TERMINATED)],
    ['targets that are nodes', nlb(`${TERMINATED},${DELAY}=0`, 'instance')],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(NLB_DEREGISTRATION, yaml)).toEqual([]);
  });
});
