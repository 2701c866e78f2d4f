import type { Cluster } from '../../cluster/cluster';
import type { DestinationRule } from '../../cluster/istio';
import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { fullHost } from './istio-host';
import { PAYMENTS_DESTINATION_RULE } from './route-examples';

const POLICY = '  trafficPolicy: { connectionPool: { tcp: { connectTimeout: 2s } } }\n';
const SECOND = PAYMENTS_DESTINATION_RULE.replace('name: payments', 'name: payments-subsets')
  .replace('host: payments', 'host: payments.default.svc.cluster.local');

/** Several DestinationRules for one host do not contradict each other. */
export const DESTINATION_RULES_FOR_ONE_HOST: Rule = {
  id: 'destination-rules-for-one-host',
  severity: 'warning',
  title: 'Of the DestinationRules for one host, one has the traffic policy, and each subset is defined once.',
  why: 'Istio merges several DestinationRules for one host: subsets are added up, but of traffic policies, and of subsets of one name, it keeps the '
    + 'first that it meets, in the order in which the rules were made. Which settings hold then depends on what was applied when, and changes when '
    + 'a rule is deleted and made again.',
  sources: ['https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services'],
  failing: `${PAYMENTS_SERVICE}---${PAYMENTS_DESTINATION_RULE}${POLICY}---${SECOND}${POLICY}`,
  passing: `${PAYMENTS_SERVICE}---${PAYMENTS_DESTINATION_RULE}${POLICY}---${SECOND}  subsets: [{ name: v1, labels: { app: payments } }]\n`,
  check: ({ cluster }) => cluster.destinationRules.flatMap((rule, index) => earlierOf(cluster, rule, index).flatMap((earlier) => {
    const lost = lostBetween(earlier, rule);
    return lost === undefined ? [] : [{
      object: rule,
      field: rule.field.get('spec', 'host'),
      message: `DestinationRule ${earlier.name} also has ${lost} for host ${fullHost(rule.host, rule.namespace)}, and which of both holds depends on `
        + 'the order of their creation',
      fix: `write ${lost} in one of both DestinationRules only`,
    }];
  })),
};

function earlierOf(cluster: Cluster, rule: DestinationRule, index: number): readonly DestinationRule[] {
  const host = fullHost(rule.host, rule.namespace);
  return isForSome(rule) ? [] : cluster.destinationRules.slice(0, index).filter((other) => !isForSome(other) && other.namespace === rule.namespace
    && other.name !== rule.name && fullHost(other.host, other.namespace) === host);
}

/** What both say, so that one of them says it in vain. */
function lostBetween(one: DestinationRule, other: DestinationRule): string | undefined {
  if (one.trafficPolicy.exists && other.trafficPolicy.exists) {
    return 'a trafficPolicy';
  }
  const names = new Set(one.subsets.map(({ name }) => name));
  const shared = other.subsets.find(({ name }) => names.has(name));
  return shared && `the subset ${shared.name}`;
}

/** Rules for the sidecars of some workloads only are kept apart. */
function isForSome({ field }: DestinationRule): boolean {
  return field.get('spec', 'workloadSelector').exists;
}
