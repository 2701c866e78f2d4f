import { serviceOfHost, type DestinationRule } from '../../cluster/istio';
import type { Field } from '../../reading/field';
import type { Violation } from '../finding';
import type { Rule, RuleContext } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { workloadsBehind } from './pods-behind';
import { PAYMENTS_DESTINATION_RULE } from './route-examples';

const EJECTING = (percent: number) => `${paymentsPods(15)}---${PAYMENTS_SERVICE}---${PAYMENTS_DESTINATION_RULE}  trafficPolicy:
    outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: ${percent} }
`;

/** Outlier detection leaves enough pods. */
export const OUTLIER_EJECTION: Rule = {
  id: 'outlier-ejection',
  severity: 'warning',
  title: 'Outlier detection leaves the pods that carry the load.',
  why: 'Pods that answer with errors are ejected, up to maxEjectionPercent of them, rounded down. An error that all pods share, of a database for '
    + 'example, ejects them one after another: at 100 % none is left, and clients get 503 long after the pods have recovered. How many must be '
    + 'left is the assumption required-ready.',
  inequality: 'pods − ⌊pods × maxEjectionPercent⌋ ≥ required-ready',
  sources: ['https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier',
    'https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection'],
  failing: EJECTING(100),
  passing: EJECTING(50),
  check: (context) => context.cluster.destinationRules.flatMap((rule) => [rule.field.get('spec'), ...rule.field.get('spec', 'subsets').items()]
    .map((part) => part.get('trafficPolicy', 'outlierDetection'))
    .flatMap((detection) => violationsOf(context, rule, detection))),
};

/** Envoy's share where nothing is written, which only very many pods notice. */
const DEFAULT_PERCENT = 10;

function violationsOf(context: RuleContext, rule: DestinationRule, detection: Field): readonly Violation[] {
  const { pods, required } = podsBehind(context, rule);
  const percent = detection.get('maxEjectionPercent').integer() ?? DEFAULT_PERCENT;
  const left = pods - Math.floor(pods * percent / 100);
  // Below minHealthPercent Envoy sends to all pods again, ejected or not.
  const recovers = (detection.get('minHealthPercent').number() ?? 0) > 0;
  return !detection.exists || pods === 0 || left >= required || recovers || left === pods ? [] : [{
    object: rule,
    field: detection.get('maxEjectionPercent'),
    message: `maxEjectionPercent ${percent} lets ${pods - left} of ${pods} pods be ejected at once, which leaves ${left}`,
    actual: `${left} left`,
    required: `≥ ${required} left`,
    fix: `set maxEjectionPercent below ${firstPercentThatLeavesFewer(pods, required)}`,
  }];
}

/** The fewest pods behind a host, and how many of them carry the load. */
function podsBehind(context: RuleContext, { host, namespace }: DestinationRule): { readonly pods: number; readonly required: number } {
  const target = serviceOfHost(host, namespace);
  const service = target && context.relations.serviceNamed(target.namespace, target.name);
  const behind = service ? workloadsBehind(context, service) : [];
  const pods = behind.map((workload) => workload.kind === 'DaemonSet' ? context.assumptionsOf(workload).numberOf('nodes')
    : Math.max(1, context.relations.replicasOf(workload).min));
  const required = behind.map((workload) => context.assumptionsOf(workload).numberOf('required-ready'));
  return { pods: pods.reduce((total, number) => total + number, 0), required: Math.max(1, ...required) };
}

/** The smallest share at which fewer than `required` of the pods are left, or at which any is ejected where there are fewer than that. */
function firstPercentThatLeavesFewer(pods: number, required: number): number {
  return Math.ceil(100 * Math.max(1, pods - required + 1) / pods);
}
