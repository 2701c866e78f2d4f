import type { ResourceValidationPolicy } from '@pulumi/policy';
import { RDS_INSTANCE, RdsInstance } from './instance';
import type { RdsRule } from './rds-rule';
import { RDS_RULES } from './rules';
import type { Levels } from '../levels';

/** A policy for each rule about RDS instances. They look at one resource at a time, before it is changed. */
export function rdsPolicies(levels: Levels): ResourceValidationPolicy[] {
  return RDS_RULES.map((rule) => policyOf(rule, levels));
}

function policyOf({ id, severity, title, why, check }: RdsRule, levels: Levels): ResourceValidationPolicy {
  return {
    ...levels.of(severity),
    name: id,
    description: title,
    remediationSteps: why,
    validateResource: ({ type, props }, reportViolation) => {
      const found = type === RDS_INSTANCE ? check(new RdsInstance(props)) : undefined;
      if (found !== undefined) {
        reportViolation(found);
      }
    },
  };
}
