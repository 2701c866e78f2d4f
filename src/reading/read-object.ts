import type { InputProblem } from './input-problem';
import type { Source } from './source';

/** An object of some API as it was read: a map with apiVersion and kind. */
export interface ReadObject {
  readonly value: Readonly<Record<string, unknown>>;
  readonly source: Source;
}

/** What a text, or many, held. */
export interface Reading {
  readonly objects: readonly ReadObject[];
  /** Documents that are no Kubernetes object (values files, kustomizations, empty ones): passed over, and counted. */
  readonly passedOver: number;
  readonly problems: readonly InputProblem[];
}
