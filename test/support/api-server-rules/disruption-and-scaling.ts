import { Field } from './field';
import { atMostHundredPercent, intOrPercent } from './int-or-percent';
import { labelSelector } from './label-selectors';
import { pathSegmentName } from './names';
import { parseQuantity } from './quantities';

const MAX_STABILIZATION_WINDOW_SECONDS = 3600;
const MAX_POLICY_PERIOD_SECONDS = 1800;

/** By metric type: the field that describes it, and the targets of which exactly one must be set. */
const METRICS: Record<string, { source: string; targets: string[] }> = {
  Resource: { source: 'resource', targets: ['averageUtilization', 'averageValue'] },
  ContainerResource: { source: 'containerResource', targets: ['averageUtilization', 'averageValue'] },
  Pods: { source: 'pods', targets: ['averageValue'] },
  Object: { source: 'object', targets: ['value', 'averageValue'] },
  External: { source: 'external', targets: ['value', 'averageValue'] },
};

/** The API server accepts a budget with neither number, which then protects nothing. */
export function podDisruptionBudget(manifest: Field): void {
  const spec = manifest.get('spec');
  for (const name of spec.exactlyOneOf(['minAvailable', 'maxUnavailable'])) {
    intOrPercent(spec.get(name));
    atMostHundredPercent(spec.get(name));
  }
  labelSelector(spec.get('selector'));
  spec.get('unhealthyPodEvictionPolicy').oneOf(['IfHealthyBudget', 'AlwaysAllow']);
}

export function horizontalPodAutoscaler(manifest: Field): void {
  const spec = manifest.get('spec');
  const [minReplicas, maxReplicas] = [spec.get('minReplicas'), spec.get('maxReplicas')];
  for (const name of ['kind', 'name']) {
    spec.get('scaleTargetRef', name).requiredName(pathSegmentName);
  }
  minReplicas.atLeast(1);
  maxReplicas.atLeast(1);
  maxReplicas.refuseIf((maxReplicas.number ?? Infinity) < (minReplicas.number ?? 1), 'must be greater than or equal to minReplicas');
  spec.get('metrics').items.forEach(metric);
  scalingRules(spec.get('behavior', 'scaleUp'));
  scalingRules(spec.get('behavior', 'scaleDown'));
}

function metric(field: Field): void {
  const type = field.get('type');
  type.oneOf(Object.keys(METRICS));
  const expected = METRICS[type.text ?? ''];
  if (expected === undefined) {
    return;
  }
  const source = field.get(expected.source);
  source.refuseIf(!source.isSet, `must populate information for a metric of type ${type.text}`);
  for (const { source: other } of Object.values(METRICS).filter((candidate) => candidate !== expected)) {
    field.get(other).refuseIf(field.get(other).isSet, 'must populate the given metric source only');
  }
  if (source.isSet) {
    metricTarget(source.get('target'), expected.targets);
  }
}

function metricTarget(target: Field, targets: readonly string[]): void {
  target.get('type').oneOf(['Utilization', 'Value', 'AverageValue']);
  target.exactlyOneOf(targets);
  target.get('averageUtilization').atLeast(1);
  for (const name of ['averageValue', 'value'].filter((candidate) => target.get(candidate).isSet)) {
    target.get(name).refuseIf((parseQuantity(target.get(name).value) ?? 0n) <= 0n, 'must be positive');
  }
}

function scalingRules(rules: Field): void {
  rules.get('stabilizationWindowSeconds').within(0, MAX_STABILIZATION_WINDOW_SECONDS);
  rules.get('selectPolicy').oneOf(['Max', 'Min', 'Disabled']);
  const policies = rules.get('policies');
  // Left out, the defaults apply; an empty list replaces them by nothing.
  policies.refuseIf(policies.isSet && policies.items.length === 0, 'must specify at least one policy');
  for (const policy of policies.items) {
    policy.get('type').oneOf(['Pods', 'Percent']);
    policy.get('value').atLeast(1);
    policy.get('periodSeconds').within(1, MAX_POLICY_PERIOD_SECONDS);
  }
}
