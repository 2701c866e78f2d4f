import type { Cluster } from '../../cluster/cluster';
import { annotationsOf, type ClusterObject } from '../../cluster/identity';
import { ALB_PREFIX, NGINX_PREFIX } from '../../cluster/ingress';
import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { attributeOf } from '../../cluster/target-group';

/** No client is tied to a pod. */
export const SESSION_AFFINITY: Rule = {
  id: 'session-affinity',
  severity: 'warning',
  title: 'No client is tied to one pod.',
  why: 'Affinity exists because a pod keeps something about its clients. Every release and every eviction ends that pod, and what it kept is lost: '
    + 'users are logged out or lose a cart. It also keeps clients on the old version for as long as its pods live, and new pods idle.',
  sources: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions',
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB'],
  failing: `${PAYMENTS_SERVICE}  sessionAffinity: ClientIP\n`,
  passing: PAYMENTS_SERVICE,
  check: ({ cluster }) => tiesOf(cluster).map(({ object, field, by }) => ({
    object,
    field,
    message: `${by} ties each client to one pod, so what that pod keeps of it is lost with every release and eviction`,
    fix: 'keep what belongs to a client in a store that all pods share, and remove the affinity',
  })),
};

interface Tie {
  readonly object: ClusterObject;
  readonly field: Field;
  readonly by: string;
}

function tiesOf(cluster: Cluster): readonly Tie[] {
  return [
    ...cluster.services.filter(({ sessionAffinity }) => sessionAffinity === 'ClientIP')
      .map((service) => ({ object: service, field: service.field.get('spec', 'sessionAffinity'), by: 'sessionAffinity ClientIP' })),
    ...[...cluster.services, ...cluster.ingresses].flatMap(ofLoadBalancer),
    ...cluster.ingresses.filter(({ controller, annotations }) => controller === 'nginx' && annotations.get(`${NGINX_PREFIX}affinity`) === 'cookie')
      .map((ingress) => ({ object: ingress, field: ingress.field.get('metadata', 'annotations', `${NGINX_PREFIX}affinity`), by: 'affinity cookie' })),
    ...cluster.destinationRules.flatMap(ofMesh),
  ];
}

function ofLoadBalancer(object: ClusterObject): readonly Tie[] {
  const annotation = `${ALB_PREFIX}target-group-attributes`;
  const { field, value } = attributeOf(object, annotation, 'stickiness.enabled');
  return annotationsOf(object).has(annotation) && value === 'true' ? [{ object, field, by: 'stickiness.enabled=true' }] : [];
}

/** A hash of a header spreads work by its key, for caches mostly; one of a cookie or an address follows a client. */
const OF_CLIENTS = ['httpCookie', 'useSourceIp'];

function ofMesh(rule: ClusterObject): readonly Tie[] {
  const policies = [rule.field.get('spec'), ...rule.field.get('spec', 'subsets').items()].map((field) => field.get('trafficPolicy'));
  return policies.flatMap((policy) => [policy, ...policy.get('portLevelSettings').items()]).flatMap((settings) => OF_CLIENTS
    .map((key) => settings.get('loadBalancer', 'consistentHash', key))
    .filter(({ exists, value }) => exists && value !== false)
    .map((field) => ({ object: rule, field, by: `consistentHash ${field.path[field.path.length - 1]}` })));
}
