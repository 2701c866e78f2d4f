import { Alias, Node, Scalar, YAMLMap, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { keyText } from './scalar';

type Targets = ReadonlyMap<Alias, Node>;

/** What a node stands for: itself unless it is an alias. */
export function resolved(node: unknown, targets: Targets): unknown {
  return isAlias(node) ? targets.get(node) : node;
}

/** The text of a key, or nothing where Kubernetes takes none such. */
export function keyTextOf(key: unknown, targets: Targets): string | undefined {
  const node = resolved(key, targets);
  return isScalar(node) ? keyText(node) : undefined;
}

/** Whether a key is the `<<` of YAML 1.1, which adds the entries of other maps. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && (key.tag === undefined ? key.type === Scalar.PLAIN : key.tag === 'tag:yaml.org,2002:merge');
}

/** The maps that a merge key stands for, the first winning over the next; nothing where it stands for anything else. */
export function mergeSources(value: unknown, targets: Targets): readonly YAMLMap[] | undefined {
  const node = resolved(value, targets);
  const isList = isSeq(node) && !isAlias(value);
  const sources = (isList ? node.items : [node]).map((item) => resolved(item, targets));
  return sources.every(isMap) ? sources : undefined;
}
