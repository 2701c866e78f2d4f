import type { ClusterObject } from '../../cluster/identity';
import { ALB_PREFIX, backendsOf, type Ingress, NGINX_PREFIX } from '../../cluster/ingress';
import { serviceOfHost } from '../../cluster/istio';
import type { Service } from '../../cluster/service';
import type { Field } from '../../reading/field';
import type { Rule, RuleContext } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { givenRequestSeconds } from './given-request';
import { PAYMENTS_ROUTE } from './route-examples';
import { attributeOf, secondsIn } from '../../cluster/target-group';

const ANNOTATED = '{ name: payments, annotations: { zero-downtime/longest-request-seconds: "20" } }';
const ROUTED = (timeout: string) => `${paymentsPods(30).replace('{ name: payments }', ANNOTATED)}---${PAYMENTS_SERVICE}---${PAYMENTS_ROUTE}      timeouts: { request: ${timeout} }\n`;

/** No timeout on the way cuts a request that the service may take so long for. */
export const TIMEOUT_SHORTER_THAN_REQUEST: Rule = {
  id: 'timeout-shorter-than-request',
  severity: 'error',
  title: 'Every timeout on the way is at least as long as the longest request.',
  why: 'A proxy that gives up before the program answers cuts a request that would have succeeded, with 504, while the program goes on executing it. '
    + 'Judged only where the longest request is given or annotated.',
  inequality: 'timeout ≥ longest request',
  sources: ['https://gateway-api.sigs.k8s.io/reference/spec/#httproutetimeouts',
    'https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute',
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-timeouts',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout'],
  failing: ROUTED('15s'),
  passing: ROUTED('20s'),
  check: (context) => timeoutsOf(context).flatMap((timeout, _index, all) => {
    const { object, field, name, seconds, services } = timeout;
    const longest = givenRequestSeconds(context, services);
    // A route for some paths may be shorter on purpose, where another lets the longest requests pass.
    return longest === undefined || all.some((other) => isBeside(other, timeout) && isEnough(other, longest)) ? [] : [{
      object,
      field,
      message: `${name} gives up after ${seconds} s, but requests take up to ${longest} s: the longer ones are cut`,
      actual: `${seconds} s`,
      required: `≥ ${longest} s`,
      fix: `set ${name} to at least ${longest} seconds`,
    }];
  }),
};

/** 0 turns a timeout off. */
function isEnough({ seconds }: Timeout, longest: number): boolean {
  return seconds === undefined || seconds === 0 || seconds >= longest;
}

/** Whether a timeout is the same, or one of another route of the same object to one of the same Services. */
function isBeside(other: Timeout, { object, name, services }: Timeout): boolean {
  return other.object === object && other.name === name && other.services.some((service) => service !== undefined && services.includes(service));
}

interface Timeout {
  readonly object: ClusterObject;
  readonly field: Field;
  readonly name: string;
  readonly seconds?: number;
  readonly services: readonly (Service | undefined)[];
}

function timeoutsOf(context: RuleContext): readonly Timeout[] {
  return [...ofVirtualServices(context), ...ofGatewayRoutes(context), ...context.cluster.ingresses.flatMap((ingress) => ofIngress(context, ingress))];
}

function ofVirtualServices({ cluster, relations }: RuleContext): readonly Timeout[] {
  return cluster.virtualServices.flatMap((object) => object.routes.filter(({ protocol }) => protocol === 'http').map((route) => {
    const targets = route.destinations.map(({ host }) => serviceOfHost(host, object.namespace));
    const field = route.field.get('timeout');
    const services = targets.map((target) => target && relations.serviceNamed(target.namespace, target.name));
    return { object, field, name: 'timeout', seconds: field.seconds(), services };
  }));
}

function ofGatewayRoutes({ cluster, relations }: RuleContext): readonly Timeout[] {
  return cluster.gatewayRoutes.flatMap((object) => object.rules.flatMap((rule) => ['request', 'backendRequest'].map((key) => {
    const field = rule.field.get('timeouts', key);
    const services = rule.backends.map(({ namespace, service }) => relations.serviceNamed(namespace, service));
    return { object, field, name: `timeouts.${key}`, seconds: field.seconds(), services };
  })));
}

function ofIngress({ relations }: RuleContext, object: Ingress): readonly Timeout[] {
  const services = backendsOf(object).map(({ namespace, service }) => relations.serviceNamed(namespace, service));
  const readTimeout = `${NGINX_PREFIX}proxy-read-timeout`;
  const idle = attributeOf(object, `${ALB_PREFIX}load-balancer-attributes`, 'idle_timeout.timeout_seconds');
  return [
    ...(object.controller !== 'nginx' ? [] : [{
      object,
      services,
      name: 'proxy-read-timeout',
      field: object.field.get('metadata', 'annotations', readTimeout),
      seconds: secondsIn(object.annotations.get(readTimeout)),
    }]),
    ...(object.controller !== 'alb' ? [] : [{
      object, services, name: 'idle_timeout.timeout_seconds', field: idle.field, seconds: secondsIn(idle.value),
    }]),
  ];
}
