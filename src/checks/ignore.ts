import { ANNOTATION_PREFIX } from '../assumptions/assumptions';
import { annotationsOf, type ClusterObject } from '../cluster/identity';

/** A rule that somebody decided to ignore, and why. */
export interface Ignore {
  readonly ruleId: string;
  readonly reason: string;
  /** For example `--ignore`. */
  readonly by: string;
}

/** Prefix of the annotation that accepts what a rule says of its object; its value is the reason. */
export const ACCEPTED_PREFIX = `${ANNOTATION_PREFIX}accepted.`;

/** Why a rule is to be ignored for an object, or nothing. An annotation without a reason ignores nothing. */
export function ignoredBy(ruleId: string, object: ClusterObject, ignores: readonly Ignore[]): Omit<Ignore, 'ruleId'> | undefined {
  const annotation = `${ACCEPTED_PREFIX}${ruleId}`;
  const reason = annotationsOf(object).get(annotation)?.trim();
  if (reason) {
    return { reason, by: `annotation ${annotation}` };
  }
  const ignore = ignores.find((candidate) => candidate.ruleId === ruleId);
  return ignore && { reason: ignore.reason, by: ignore.by };
}
