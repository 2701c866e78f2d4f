import { Field, refuseDuplicates } from './field';
import { labelSelector, selectorKeys } from './label-selectors';
import { labels } from './metadata';
import { labelValue, qualifiedName } from './names';

const WHEN_UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway'];
const NODE_POLICIES = ['Honor', 'Ignore'];
const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What a pod spec says about the nodes it may run on. */
export function scheduling(spec: Field): void {
  labels(spec.get('nodeSelector'));
  spec.get('tolerations').items.forEach(toleration);
  podAffinity(spec.get('affinity', 'podAffinity'));
  podAffinity(spec.get('affinity', 'podAntiAffinity'));
  topologySpreadConstraints(spec.get('topologySpreadConstraints'));
}

function topologySpreadConstraints(constraints: Field): void {
  for (const constraint of constraints.items) {
    constraint.get('maxSkew').atLeast(1);
    constraint.get('topologyKey').requiredName(qualifiedName);
    constraint.get('whenUnsatisfiable').oneOf(WHEN_UNSATISFIABLE);
    constraint.get('nodeAffinityPolicy').oneOf(NODE_POLICIES);
    constraint.get('nodeTaintsPolicy').oneOf(NODE_POLICIES);
    const minDomains = constraint.get('minDomains');
    minDomains.atLeast(1);
    minDomains.refuseIf(
      minDomains.isSet && constraint.get('whenUnsatisfiable').text !== 'DoNotSchedule',
      'can only be used with whenUnsatisfiable=DoNotSchedule',
    );
    labelSelector(constraint.get('labelSelector'));
    matchLabelKeys(constraint);
  }
  refuseDuplicates(
    constraints.items,
    (constraint) => `{${constraint.get('topologyKey').text}, ${constraint.get('whenUnsatisfiable').text}}`,
    'duplicate topologyKey and whenUnsatisfiable',
  );
}

function matchLabelKeys(constraint: Field): void {
  const [keys, selector] = [constraint.get('matchLabelKeys'), constraint.get('labelSelector')];
  keys.refuseIf(keys.items.length > 0 && !selector.isSet, 'must not be specified when labelSelector is not set');
  const selected = selectorKeys(selector);
  for (const key of keys.items) {
    key.name(qualifiedName);
    key.refuseIf(selected.has(key.text ?? ''), 'exists in both matchLabelKeys and labelSelector');
  }
}

function toleration(field: Field): void {
  const [key, operator, value, effect] = ['key', 'operator', 'value', 'effect'].map((name) => field.get(name));
  key.name(qualifiedName);
  effect.oneOf(['', ...TAINT_EFFECTS]);
  value.name(labelValue);
  operator.refuseIf(!key.text && operator.text !== 'Exists', 'must be Exists when key is empty');
  value.refuseIf(operator.text === 'Exists' && Boolean(value.text), 'must be empty when operator is Exists');
  effect.refuseIf(field.get('tolerationSeconds').isSet && effect.text !== 'NoExecute', 'must be NoExecute when tolerationSeconds is set');
}

function podAffinity(affinity: Field): void {
  affinity.get('requiredDuringSchedulingIgnoredDuringExecution').items.forEach(podAffinityTerm);
  for (const weighted of affinity.get('preferredDuringSchedulingIgnoredDuringExecution').items) {
    weighted.get('weight').within(1, 100);
    podAffinityTerm(weighted.get('podAffinityTerm'));
  }
}

function podAffinityTerm(term: Field): void {
  term.get('topologyKey').requiredName(qualifiedName);
  labelSelector(term.get('labelSelector'));
  labelSelector(term.get('namespaceSelector'));
}
