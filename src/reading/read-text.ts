import { aliasesOf } from './aliases';
import { Budget } from './budget';
import { documentValue } from './document-value';
import { TextPart, documentsOf } from './documents';
import type { Fault } from './fault';
import { isMap, isMeantAsObject, objectsIn } from './found-objects';
import type { InputProblem } from './input-problem';
import { DEFAULT_LIMITS, Limits } from './limits';
import { parseDocument } from './parse-document';
import type { ReadObject, Reading } from './read-object';
import { textFault } from './text-fault';
import { WrittenText } from './written-text';

/**
 * Reads the objects of a text: YAML as kubectl reads it, one or many documents, or JSON.
 *
 * Never throws: what cannot be read becomes a problem, and hides nothing of the documents beside it.
 */
export function readText(name: string, text: string, limits: Partial<Limits> = {}): Reading {
  return new TextReading(name, text, { ...DEFAULT_LIMITS, ...limits }).read();
}

/** A map that is no Kubernetes object, such as a file of settings; or why there is none. */
export function readValues(name: string, text: string): { readonly object?: ReadObject; readonly problems: readonly InputProblem[] } {
  return new TextReading(name, text, DEFAULT_LIMITS).settings();
}

/** The documents of a text as plain data, kinds and names aside; nothing for one that cannot be read. */
export function plainDocuments(text: string): readonly unknown[] {
  return new TextReading('', text, DEFAULT_LIMITS).values();
}

class TextReading {
  private readonly objects: ReadObject[] = [];
  private readonly problems: InputProblem[] = [];
  private passedOver = 0;
  private readonly written: WrittenText;
  private readonly budget: Budget;

  constructor(name: string, text: string, private readonly limits: Limits) {
    // Go ends a line at a carriage return alone; the parser here does not. No offset changes.
    const lines = text.replace(/^\ufeff/, '').replace(/\r(?!\n)/g, '\n');
    this.written = new WrittenText(name, lines, limits);
    this.budget = new Budget(limits.aliased);
  }

  read(): Reading {
    for (const { part, value } of this.documents()) {
      this.document(part, value);
    }
    const { objects, passedOver, problems } = this;
    return { objects, passedOver, problems };
  }

  settings(): { readonly object?: ReadObject; readonly problems: readonly InputProblem[] } {
    const found = [...this.documents(() => true)].filter(({ value }) => value !== null && value !== undefined);
    const [first] = found;
    if (this.problems.length === 0 && found.length === 1 && isMap(first.value)) {
      return { object: { value: first.value, source: this.written.sourceOf(first.part, []) }, problems: [] };
    }
    return { problems: this.problems.length > 0 ? this.problems : [{ source: this.written.name, message: 'must hold one map of keys to values' }] };
  }

  values(): readonly unknown[] {
    return [...this.documents()].map(({ value }) => value);
  }

  /** The documents with their values. Faults of those that are not meant for whoever reads are nobody's concern. */
  private* documents(isMeant = isMeantAsObject): Generator<{ readonly part: TextPart; readonly value: unknown }> {
    const { text } = this.written;
    const fault = textFault(text, this.limits);
    if (fault) {
      this.problem(fault);
      return;
    }
    let count = 0;
    for (const part of documentsOf(text)) {
      count += 1;
      if (count > this.limits.documents) {
        this.problem({ offset: part.start, message: `a text must have at most ${this.limits.documents} documents; split it` });
        return;
      }
      if (!part.isBlank) {
        yield* this.parsed(part, isMeant);
      } else if (part.isMarked) {
        this.passedOver += 1;
      }
    }
  }

  private* parsed(part: TextPart, isMeant: (value: unknown) => boolean): Generator<{ readonly part: TextPart; readonly value: unknown }> {
    const { root, fault } = parseDocument(this.written.text.slice(part.start, part.end), this.limits);
    if (fault) {
      this.faults(part, [fault]);
    }
    if (!root) {
      return;
    }
    const aliases = aliasesOf(root);
    if (aliases.faults.length > 0) {
      this.faults(part, aliases.faults);
      return;
    }
    const { value, faults } = documentValue(root, aliases.targets, this.budget, this.limits);
    if (faults.length > 0 && isMeant(value)) {
      this.faults(part, faults);
    } else {
      yield { part, value };
    }
  }

  private document(part: TextPart, value: unknown): void {
    for (const found of objectsIn(value)) {
      if ('object' in found) {
        this.objects.push({ value: found.object, source: this.written.sourceOf(part, found.path) });
      } else if ('message' in found) {
        this.problems.push({ source: this.written.name, position: this.written.positionOf(part, found.path), message: found.message });
      } else {
        this.passedOver += 1;
      }
    }
  }

  private faults(part: TextPart, faults: readonly Fault[]): void {
    const isTemplate = this.written.text.slice(part.start, part.end).includes('{{');
    const remedy = isTemplate ? '; if the {{ belongs to a Helm template, render it first with helm template' : '';
    // Of a template the first fault says it all.
    (isTemplate ? faults.slice(0, 1) : faults)
      .forEach(({ offset, message }) => this.problem({ offset: part.start + offset, message: `${message}${remedy}` }));
  }

  private problem({ offset, message }: Fault): void {
    this.problems.push({ source: this.written.name, position: this.written.positionAt(offset), message });
  }
}
