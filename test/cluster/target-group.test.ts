import { deployment, ingress, service } from './manifests';
import { documents, waysIn } from './read';
import { loadBalancerAttribute, secondsIn, targetGroupAttributeOf, type Attribute } from '../../src/cluster/target-group';

const DELAY = 'deregistration_delay.timeout_seconds';
const ALB = 'alb.ingress.kubernetes.io/target-group-attributes';
const NLB = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';

function albAttribute(ofIngress: string, ofService = '{}'): Attribute {
  const ways = waysIn(documents(deployment(), service('', { annotations: ofService }), ingress(', ingressClassName: alb', ofIngress)));
  return targetGroupAttributeOf(ways.find(({ path }) => path === 'awsLoadBalancer')!, DELAY);
}

test.each([
  ['nothing', '{}', '{}', undefined], ['the Ingress', `{ ${ALB}: ${DELAY}=60 }`, '{}', '60'], ['the Service', '{}', `{ ${ALB}: ${DELAY}=45 }`, '45'],
  ['both, of which the Service holds', `{ ${ALB}: ${DELAY}=60 }`, `{ ${ALB}: ${DELAY}=45 }`, '45'],
  ['the Ingress, where the Service names another attribute', `{ ${ALB}: ${DELAY}=60 }`, `{ ${ALB}: stickiness.enabled=true }`, undefined],
  ['several attributes with spaces', `{ ${ALB}: " stickiness.enabled=true , ${DELAY} = 30 " }`, '{}', '30'],
  ['an attribute whose name only begins so', `{ ${ALB}: ${DELAY}.more=60 }`, '{}', undefined], ['nothing that can be read', `{ ${ALB}: "${DELAY}" }`, '{}', undefined],
])('a target group attribute by %s', (_, ofIngress, ofService, value) => {
  expect(albAttribute(ofIngress, ofService).value).toBe(value);
});

test('an attribute tells the annotation that would say it', () => {
  expect(albAttribute('{}').field.text).toBe(`metadata.annotations["${ALB}"]`);
  expect(albAttribute('{}').field.object.value.kind).toBe('Ingress');
  expect(albAttribute('{}', `{ ${ALB}: a=b }`).field.object.value.kind).toBe('Service');
});

test('an NLB has the attributes of its Service alone', () => {
  const annotations = `{ service.beta.kubernetes.io/aws-load-balancer-type: external, ${NLB}: "${DELAY}=90", service.beta.kubernetes.io/aws-load-balancer-attributes: x=1 }`;
  const way = waysIn(documents(deployment(), service(', type: LoadBalancer', { annotations })))[1];
  expect([targetGroupAttributeOf(way, DELAY).value, loadBalancerAttribute(way, 'x').value]).toEqual(['90', '1']);
});

test('an ALB has the attributes of its Ingress', () => {
  const ways = waysIn(documents(deployment(), service(),
    ingress(', ingressClassName: alb', '{ alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=75 }')));
  expect(loadBalancerAttribute(ways[1], 'idle_timeout.timeout_seconds').value).toBe('75');
});

test.each([['60', 60], ['0', 0], [undefined, undefined], ['-1', undefined], ['60s', undefined], ['', undefined]])('%p is %p seconds', (value, seconds) => {
  expect(secondsIn(value)).toBe(seconds);
});
