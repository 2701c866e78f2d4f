import { Alias, Node, isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Fault } from './fault';

/** The node that each alias stands for. */
export interface Aliases {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly faults: readonly Fault[];
}

interface Anchor {
  readonly node: Node;
  /** Whether the anchor's own node is still being read: an alias to it would contain itself. */
  isOpen: boolean;
}

/** Finds what each alias of a document stands for in one walk; the parser's own way walks the document for each. */
export function aliasesOf(root: Node): Aliases {
  const targets = new Map<Alias, Node>();
  const faults: Fault[] = [];
  const anchors = new Map<string, Anchor>();
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const anchor = anchors.get(node.source);
      if (anchor === undefined || anchor.isOpen) {
        faults.push(aliasFault(node, anchor !== undefined));
      } else {
        targets.set(node, anchor.node);
      }
    } else if (isPair(node)) {
      visit(node.key);
      visit(node.value);
    } else if (isScalar(node) || isMap(node) || isSeq(node)) {
      const anchor = node.anchor === undefined ? undefined : { node, isOpen: true };
      if (anchor && node.anchor !== undefined) {
        anchors.set(node.anchor, anchor);
      }
      if (!isScalar(node)) {
        node.items.forEach(visit);
      }
      if (anchor) {
        anchor.isOpen = false;
      }
    }
  };
  visit(root);
  return { targets, faults };
}

function aliasFault(alias: Alias, isCyclic: boolean): Fault {
  const offset = alias.range?.[0] ?? 0;
  const message = isCyclic
    ? 'is not valid YAML: an alias stands for something that contains it; write the value out'
    : 'is not valid YAML: an alias has no anchor before it; define it with "&", or put a text that begins with "*" in quotes';
  return { offset, message };
}
