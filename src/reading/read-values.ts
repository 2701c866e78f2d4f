import type { InputProblem } from './input-problem';
import type { ReadObject } from './read-object';
import { plainDocuments, readText } from './read-text';

/** A map that is no Kubernetes object, such as a file of settings; or why there is none. */
export function readValues(name: string, text: string): { readonly object?: ReadObject; readonly problems: readonly InputProblem[] } {
  const documents = plainDocuments(text).filter((value) => value !== null && value !== undefined);
  const [value] = documents;
  if (documents.length === 1 && typeof value === 'object' && !Array.isArray(value)) {
    return { object: { value: value as Readonly<Record<string, unknown>>, source: { name, position: () => undefined } }, problems: [] };
  }
  const { problems } = readText(name, text);
  return { problems: problems.length > 0 ? problems : [{ source: name, message: 'must hold one map of keys to values' }] };
}
