import type { ClusterObject } from '../cluster/identity';
import type { Field } from '../reading/field';
import type { Position } from '../reading/source';

/** How bad it is, worst first: requests are lost; capacity or a safety net is missing; worth knowing. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = typeof SEVERITIES[number];

/** Whether one severity is another, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
}

/** What a rule found, before it is put in its place. */
export interface Violation {
  /** The object that is to be changed. */
  readonly object: ClusterObject;
  /** The field that is wrong, or that is missing. */
  readonly field: Field;
  /** One clause with names and values: what is so, and what it leads to. */
  readonly message: string;
  /** What stands there, with its unit. */
  readonly actual?: string;
  /** What should, with its unit and relation: `≥ 35 s`. */
  readonly required?: string;
  /** What to write, in Kubernetes' words. */
  readonly fix: string;
}

/** A violation of a rule, with its place. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** For example `Deployment shop/payments`. */
  readonly object: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** For example `spec.template.spec.terminationGracePeriodSeconds`. */
  readonly path: string;
  /** The file, or the path of the construct. */
  readonly source: string;
  readonly position?: Position;
  readonly message: string;
  readonly actual?: string;
  readonly required?: string;
  readonly fix: string;
  /** Why it is ignored, where somebody said so. */
  readonly ignored?: { readonly reason: string; readonly by: string };
}
