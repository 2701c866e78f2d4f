import { AVAILABILITY_RULES } from './availability/rules';
import { POD_RULES } from './pods/rules';
import type { Rule } from './rule';
import { TRAFFIC_RULES } from './traffic/rules';

/** Every rule, ordered by id. */
export const RULES: readonly Rule[] = [...POD_RULES, ...TRAFFIC_RULES, ...AVAILABILITY_RULES].sort((one, other) => one.id < other.id ? -1 : 1);

/** The rule of an id, where there is one. */
export function tryFindRule(id: string): Rule | undefined {
  return RULES.find((rule) => rule.id === id);
}
