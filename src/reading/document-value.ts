import { Alias, Node, Pair, Scalar, YAMLMap, YAMLSeq, isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Budget } from './budget';
import type { Fault } from './fault';
import type { Limits } from './limits';
import { isMergeKey, keyTextOf, mergeSources } from './merge-key';
import { quoted } from './quoted';
import { meaningOf } from './scalar';

/** A document as plain data. */
export interface DocumentValue {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

type Targets = ReadonlyMap<Alias, Node>;
type Values = Record<string, unknown>;

interface Anchored {
  readonly value: unknown;
  readonly size: number;
  /** How many levels are below it. */
  readonly height: number;
}

/** Makes plain data of a document: maps without a prototype, lists and scalars; aliases share what they stand for. */
export function documentValue(root: Node, targets: Targets, budget: Budget, limits: Limits): DocumentValue {
  const conversion = new Conversion(targets, budget, limits);
  const value = conversion.valueOf(root, 0);
  return { value, faults: conversion.faults };
}

/** More of them help nobody, and a text may hold millions. */
const MOST_FAULTS = 20;

class Conversion {
  readonly faults: Fault[] = [];
  private readonly anchored = new Map<Node, Anchored>();
  private made = 0;
  private deepest = 0;

  constructor(private readonly targets: Targets, private readonly budget: Budget, private readonly limits: Limits) {}

  valueOf(node: unknown, level: number): unknown {
    this.made += 1;
    this.deepest = Math.max(this.deepest, level);
    if (isAlias(node)) {
      return this.aliased(node, level);
    }
    return (node as Node | null)?.anchor === undefined ? this.content(node, level) : this.remembered(node as Node, level);
  }

  private content(node: unknown, level: number): unknown {
    if (isScalar(node)) {
      return this.scalar(node);
    }
    if (isMap(node)) {
      return this.map(node, level);
    }
    return isSeq(node) ? this.list(node, level) : null;
  }

  private remembered(node: Node, level: number): unknown {
    const { made, deepest } = this;
    this.deepest = level;
    const value = this.content(node, level);
    this.anchored.set(node, { value, size: this.made - made + 1, height: this.deepest - level });
    this.deepest = Math.max(deepest, this.deepest);
    return value;
  }

  private aliased(alias: Alias, level: number): unknown {
    const target = this.targets.get(alias);
    const anchored = target && this.anchored.get(target);
    if (anchored === undefined || !this.takes(alias, anchored.size)) {
      return null;
    }
    this.made += anchored.size;
    this.deepest = Math.max(this.deepest, level + anchored.height);
    if (level + anchored.height > this.limits.depth) {
      this.wrong(alias, `aliases must keep lists and maps at most ${this.limits.depth} deep within each other; flatten them`);
      return null;
    }
    return anchored.value;
  }

  private takes(node: Node, count: number): boolean {
    const alreadyTold = this.budget.isExceeded;
    const refusal = this.budget.take(count);
    if (refusal !== undefined && !(alreadyTold && this.faults.length > 0)) {
      this.wrong(node, refusal);
    }
    return refusal === undefined;
  }

  private scalar(scalar: Scalar): unknown {
    const meaning = meaningOf(scalar);
    if ('wrong' in meaning) {
      return this.wrong(scalar, `a value ${meaning.wrong}`);
    }
    if (typeof meaning.value === 'number' && !Number.isFinite(meaning.value)) {
      return this.wrong(scalar, 'a value is no finite number, which Kubernetes cannot keep; put it in quotes if it is a text');
    }
    return meaning.value;
  }

  private list({ items }: YAMLSeq, level: number): unknown[] {
    return items.map((item) => this.valueOf(item, level + 1));
  }

  private map({ items }: YAMLMap, level: number): Values {
    // Without a prototype `__proto__` and `constructor` are keys like others.
    const values = Object.create(null) as Values;
    const written = new Set<string>();
    for (const pair of items) {
      if (isMergeKey(pair.key)) {
        this.merge(pair, values, level);
      } else {
        this.entry(pair, values, written, level);
      }
    }
    return values;
  }

  private entry({ key, value }: Pair, values: Values, written: Set<string>, level: number): void {
    const text = keyTextOf(key, this.targets);
    if (isAlias(key)) {
      this.takes(key, 1);
    } else if ((key as Node | null)?.anchor !== undefined) {
      this.valueOf(key, level + 1);
    }
    const made = this.valueOf(value, level + 1);
    if (text === undefined) {
      this.wrong(key as Node, 'a key must be a text; write a text before the ":"');
    } else if (written.has(text)) {
      this.wrong(key as Node, `key ${quoted(text)} is given twice, and Kubernetes silently takes the last; remove one`);
    } else {
      written.add(text);
      values[text] = made;
    }
  }

  /** Go's parser takes keys in the order of the text: a merge key replaces what stands before it, and is replaced by what follows. */
  private merge({ key, value }: Pair, values: Values, level: number): void {
    // Converted as any value is, so that anchors within are known and every cost is counted.
    this.valueOf(value, level);
    const sources = mergeSources(value, this.targets);
    if (sources === undefined) {
      this.wrong(key as Node, 'a merge key must stand for a map or a list of maps; give it an alias of one');
      return;
    }
    for (const source of [...sources].reverse()) {
      const merged = (this.anchored.get(source)?.value ?? this.content(source, level)) as Values;
      const keys = Object.keys(merged);
      if (!this.takes(key as Node, keys.length + 1)) {
        return;
      }
      keys.forEach((name) => {
        values[name] = merged[name];
      });
    }
  }

  private wrong(node: Node | null, message: string): null {
    if (this.faults.length < MOST_FAULTS) {
      this.faults.push({ offset: node?.range?.[0] ?? 0, message });
    } else if (this.faults.length === MOST_FAULTS) {
      this.faults.push({ offset: node?.range?.[0] ?? 0, message: 'more is wrong with this document; mend what is told and try again' });
    }
    return null;
  }
}
