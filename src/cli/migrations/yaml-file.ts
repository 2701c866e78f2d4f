import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { BadInput } from '../bad-input';
import { contentsOf } from './input';
import { didYouMean } from '../../reading/nearest';
import { quoted } from '../../reading/quoted';
import type { Position } from '../../reading/source';

/** An entry of a map, with its key as it is written. */
export interface YamlEntry {
  readonly key: string;
  readonly place: Node;
  readonly value: Node;
}

/** A YAML file that is read for what it says and where; what is not as expected ends the command with its place. */
export class YamlFile {
  /** Reads a file that holds one map. */
  static read(path: string): YamlFile {
    const contents = contentsOf(path);
    if ('message' in contents) {
      throw BadInput.of(path, contents.message);
    }
    const lines = new LineCounter();
    const document = parseDocument(contents.text, { lineCounter: lines, prettyErrors: false, merge: false });
    const file = new YamlFile(path, lines, document.contents ?? undefined);
    const [fault] = document.errors;
    if (fault !== undefined) {
      const { line, col } = lines.linePos(fault.pos[0]);
      throw new BadInput([{ source: path, position: { line, column: col }, message: `${fault.message.split('\n')[0]}; correct the YAML` }]);
    }
    return file;
  }

  private constructor(readonly source: string, private readonly lines: LineCounter, readonly root: Node | undefined) {}

  /** Where a node begins. */
  positionOf(node: Node | undefined): Position {
    const { line, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    return { line, column: col };
  }

  /** Ends the command with a sentence about a node. */
  refuse(node: Node | undefined, message: string): never {
    throw new BadInput([{ source: this.source, position: this.positionOf(node), message }]);
  }

  /** The entries of a map, each of a known key and once, where keys are known. */
  entriesOf(node: Node | undefined, name: string, known?: readonly string[]): readonly YamlEntry[] {
    if (node === undefined || !isMap<Node, Node | null>(node)) {
      return this.refuse(node, `${name} must be a map`);
    }
    return node.items.map(({ key, value }) => {
      const text = isScalar(key) ? String(key.value) : '';
      if (known !== undefined && !known.includes(text)) {
        this.refuse(key, `${quoted(text)} is no key of ${name}${didYouMean(text, known)}`);
      }
      return { key: text, place: key, value: value ?? this.refuse(key, `${text} must have a value`) };
    });
  }

  /** The items of a list. */
  itemsOf(node: Node, name: string): readonly Node[] {
    return isSeq<Node>(node) ? node.items : this.refuse(node, `${name} must be a list`);
  }

  /** A text; numbers, true and false are texts as they are written. */
  textOf(node: Node, name: string): string {
    const text = isScalar(node) && ['string', 'number', 'boolean'].includes(typeof node.value) ? node.source ?? String(node.value) : '';
    return text.trim() === '' ? this.refuse(node, `${name} must be a text`) : text;
  }

  /** One of some words. */
  wordOf<T extends string>(node: Node, name: string, words: readonly T[]): T {
    const text = this.textOf(node, name);
    return words.find((word) => word === text) ?? this.refuse(node, `${name} ${quoted(text)} must be one of ${words.join(', ')}`);
  }
}
