import { Alias, Node, Pair, YAMLMap, isMap, isSeq } from 'yaml';
import { isMergeKey, keyTextOf, mergeSources, resolved } from './merge-key';
import type { FieldPath } from './source';

type Targets = ReadonlyMap<Alias, Node>;

/** Where a field is written: at its key or as an item; else where the nearest ancestor is. */
export function offsetOf(root: Node, targets: Targets, path: FieldPath): number {
  let node: unknown = root;
  let offset = startOf(root) ?? 0;
  for (const step of path) {
    const found = stepInto(resolved(node, targets), targets, step);
    if (found === undefined) {
      return offset;
    }
    offset = startOf(found.written) ?? offset;
    node = found.content;
  }
  return offset;
}

interface Found {
  /** What marks the place. */
  readonly written: unknown;
  readonly content: unknown;
}

function stepInto(node: unknown, targets: Targets, step: string | number): Found | undefined {
  if (isSeq(node) && typeof step === 'number' && step in node.items) {
    return { written: node.items[step], content: node.items[step] };
  }
  const pair = isMap(node) ? pairOf(node, targets, String(step), new Set()) : undefined;
  return pair && { written: pair.key, content: pair.value };
}

/** The entry that decides: the last of the text, as in the values. A map that many merge is looked through once. */
function pairOf(map: YAMLMap, targets: Targets, key: string, seen: Set<YAMLMap>): Pair | undefined {
  if (seen.has(map)) {
    return undefined;
  }
  seen.add(map);
  for (let index = map.items.length - 1; index >= 0; index -= 1) {
    const pair = map.items[index];
    const found = isMergeKey(pair.key) ? mergedPair(pair, targets, key, seen)
      : keyTextOf(pair.key, targets) === key ? pair : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function mergedPair(pair: Pair, targets: Targets, key: string, seen: Set<YAMLMap>): Pair | undefined {
  for (const source of mergeSources(pair.value, targets) ?? []) {
    const found = pairOf(source, targets, key, seen);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}
