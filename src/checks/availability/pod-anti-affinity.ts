import type { Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';

/** The terms of a workload's pod anti-affinity that must hold. */
export function requiredAntiAffinityTermsOf({ template }: Workload): readonly Field[] {
  return template.spec.get('affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').items();
}

/** All terms of a workload's pod anti-affinity, those that must hold and those that should. */
export function podAntiAffinityTermsOf(workload: Workload): readonly Field[] {
  const preferred = workload.template.spec.get('affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution').items();
  return [...requiredAntiAffinityTermsOf(workload), ...preferred.map((weighted) => weighted.get('podAffinityTerm'))];
}
