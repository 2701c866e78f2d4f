import type { LiveValue } from './cluster-client';
import { objectText, type Identity } from '../cluster/identity';
import { Field } from '../reading/field';

/** Reads an API server's answer like any manifest; messages name the object. */
export function fieldOf(object: Identity, value: LiveValue): Field {
  return Field.of({ value, source: { name: objectText(object), position: () => undefined } });
}

/** An annotation of an object. */
export function annotationOf(live: Field, key: string): string | undefined {
  return live.get('metadata', 'annotations', key).string();
}
