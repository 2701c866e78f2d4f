import type { Alias, Node } from 'yaml';
import { aliasesOf } from './aliases';
import type { TextPart } from './documents';
import type { Limits } from './limits';
import { Lines } from './lines';
import { offsetOf } from './locate';
import { parseDocument } from './parse-document';
import type { FieldPath, Position, Source } from './source';

interface Tree {
  readonly root?: Node;
  readonly targets: ReadonlyMap<Alias, Node>;
}

/** Documents whose trees are kept; findings come object by object, and a tree is many times as large as its text. */
const KEPT_TREES = 8;

/** A text with a name, which finds the places of its fields by parsing their document again: few objects are ever asked. */
export class WrittenText {
  private readonly lines: Lines;
  private readonly trees = new Map<TextPart, Tree>();

  constructor(readonly name: string, readonly text: string, private readonly limits: Limits) {
    this.lines = new Lines(text);
  }

  /** The line and column of an offset. */
  positionAt(offset: number): Position {
    return this.lines.at(offset);
  }

  /** The source of an object that begins at a path of a document. */
  sourceOf(part: TextPart, base: FieldPath): Source {
    return { name: this.name, position: (path) => this.positionOf(part, [...base, ...path]) };
  }

  /** The place of a field of a document. */
  positionOf(part: TextPart, path: FieldPath): Position {
    const { root, targets } = this.treeOf(part);
    return this.positionAt(part.start + (root ? offsetOf(root, targets, path) : 0));
  }

  private treeOf(part: TextPart): Tree {
    const tree = this.trees.get(part) ?? this.parse(part);
    this.trees.delete(part);
    this.trees.set(part, tree);
    const [oldest] = this.trees.keys();
    if (this.trees.size > KEPT_TREES) {
      this.trees.delete(oldest);
    }
    return tree;
  }

  private parse({ start, end }: TextPart): Tree {
    const { root } = parseDocument(this.text.slice(start, end), this.limits);
    return { root, targets: root ? aliasesOf(root).targets : new Map() };
  }
}
