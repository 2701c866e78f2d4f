import { ALB_PREFIX, type Ingress } from '../../cluster/ingress';
import type { Relations } from '../../cluster/relations';
import type { Rule } from '../rule';
import { actionsAskedFor, albActionsOf } from './alb-actions';
import { paymentsAlb, TO_PODS } from './alb-examples';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';

const ACTION = (name: string) => paymentsAlb(`${TO_PODS}
    alb.ingress.kubernetes.io/actions.${name}: >-
      {"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"payments","servicePort":80}]}}`, '{ name: use-annotation }');

/** The actions that an Ingress asks for are declared, and are JSON. */
export const ALB_ACTION_MISSING: Rule = {
  id: 'alb-action-missing',
  severity: 'error',
  title: 'Every backend with the port use-annotation has an actions annotation of its name, which is JSON.',
  why: 'With the port use-annotation, a backend\'s name is that of an action, and no Service. Where no annotation declares it, or declares it in a '
    + 'text that is no JSON, the controller cannot build the load balancer\'s rules, and nothing of the Ingress, or of its group, changes any more.',
  sources: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions'],
  failing: `${paymentsPods(60)}---${PAYMENTS_SERVICE}---${ACTION('payment')}`,
  passing: `${paymentsPods(60)}---${PAYMENTS_SERVICE}---${ACTION('payments')}`,
  check: ({ cluster, relations }) => cluster.ingresses.filter(({ controller }) => controller === 'alb').flatMap((ingress) => {
    const actions = albActionsOf(ingress);
    // An Ingress that is read without any workload is usually one part of several, and an engine of another part writes the annotation.
    const missing = relations.workloadsIn(ingress.namespace).length === 0 ? [] : actionsAskedFor(ingress)
      .filter(({ name }) => !actions.some((action) => action.name === name) && !isWrittenByArgo(relations, ingress, name));
    return [
      ...missing.map(({ name, field }) => ({
        object: ingress,
        field: field.get('name'),
        message: `the backend ${name} has the port use-annotation, but no annotation actions.${name} declares it, so the controller changes nothing`,
        actual: actions.map((action) => action.name).join(', ') || 'no actions annotation',
        required: `actions.${name}`,
        fix: `add the annotation ${ALB_PREFIX}actions.${name}, or name the port of a Service`,
      })),
      ...actions.filter(({ value }) => !value).map(({ name, field }) => ({
        object: ingress,
        field,
        message: `the annotation actions.${name} is no JSON object, so the controller changes nothing`,
        fix: 'write a JSON object with "type", for example {"type": "forward", "forwardConfig": {"targetGroups": []}}',
      })),
    ];
  }),
};

/** Argo Rollouts writes the action for the root Service of a canary, or for its stable one. */
function isWrittenByArgo(relations: Relations, ingress: Ingress, name: string): boolean {
  return relations.workloadsIn(ingress.namespace).some(({ kind, field }) => {
    const canary = field.get('spec', 'strategy', 'canary');
    const alb = canary.get('trafficRouting', 'alb');
    const ingresses = [alb.get('ingress').string(), ...alb.get('ingresses').items().map((item) => item.string())];
    return kind === 'Rollout' && ingresses.includes(ingress.name)
      && (alb.get('rootService').string() ?? canary.get('stableService').string()) === name;
  });
}
