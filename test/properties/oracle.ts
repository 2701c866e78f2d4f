import { capacityRules } from './oracle-capacity';
import { Manifest, OracleOptions, Release, releaseOf } from './oracle-reading';
import { referenceRules } from './oracle-references';
import { startupRules } from './oracle-startup';
import { terminationRules } from './oracle-termination';
import { trafficRules } from './oracle-traffic';

/** Judges one inequality: one sentence with both sides for each place that breaks it. */
export type Rule = (release: Release) => string[];

/** Every inequality that a rolling release must satisfy, by name. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...terminationRules,
  ...startupRules,
  ...capacityRules,
  ...trafficRules,
  ...referenceRules,
};

/** Every inequality of a rolling release that plain manifests break, each line led by the rule's name. */
export function violations(manifests: object[], options: OracleOptions): string[] {
  const release = releaseOf(manifests as Manifest[], options);
  return Object.entries(RULES).flatMap(([name, rule]) => rule(release).map((found) => `${name}: ${found}`));
}
