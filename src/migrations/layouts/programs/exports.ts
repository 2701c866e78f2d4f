import { functionAt, methodAt, type ProgramFunction } from './functions';
import { afterGroup, isName, valueAt, type Tokens } from './tokens';

/** What the program of a migration exports. */
export interface Exports {
  /** What runs to go forward; nothing where it is made elsewhere. */
  readonly up?: ProgramFunction;
  /** The token that begins what `up` is. */
  readonly index: number;
  /** Whether `config` says that no transaction is opened for it. */
  readonly refusesTransaction: boolean;
}

/** Where a value begins. */
interface Definition {
  readonly index: number;
  /** Whether it is a method of an object, which begins with its parameters. */
  readonly isMethod?: boolean;
}

/** What a program exports as `up`, and beside it; nothing where it exports no `up`. */
export function exportsOf(tokens: Tokens): Exports | undefined {
  const reader = new ExportsReader(tokens);
  reader.read();
  const up = reader.tryFind('up');
  if (up === undefined) {
    return undefined;
  }
  const config = reader.tryFind('config')?.index;
  return {
    up: up.isMethod ? methodAt(tokens, up.index) : functionAt(tokens, up.index),
    index: up.index,
    refusesTransaction: config !== undefined && isTransactionFalse(tokens, config),
  };
}

/** `{ transaction: false }`. */
function isTransactionFalse(tokens: Tokens, open: number): boolean {
  const properties = valueAt(tokens, open) === '{' ? tokens.list.slice(open, afterGroup(tokens, open)) : [];
  return properties.some((token, index) =>
    unquoted(token.value) === 'transaction' && properties[index + 1]?.value === ':' && properties[index + 2]?.value === 'false');
}

function unquoted(value: string): string {
  return value.replace(/^(['"])(.*)\1$/s, '$2');
}

/** More tokens than the type of a declaration has. */
const MOST_OF_TYPE = 200;

/** Reads what stands at the outermost level of a program. */
class ExportsReader {
  private readonly declared = new Map<string, Definition>();
  private readonly exported = new Map<string, Definition>();
  private isModule = false;

  constructor(private readonly tokens: Tokens) {}

  read(): void {
    for (let index = 0; index < this.tokens.list.length; index = afterGroup(this.tokens, index)) {
      this.take(index);
    }
  }

  /** What is exported by a name; a compiler may export what is declared by a function of its own. */
  tryFind(name: string): Definition | undefined {
    const exported = this.exported.get(name);
    return exported === undefined ? this.isModule ? this.declared.get(name) : undefined : this.resolved(exported);
  }

  /** What a name stands for, where a value is a name alone. */
  private resolved(definition: Definition): Definition {
    const { tokens } = this;
    const isMore = /^(?:[.([]|\?\.|=>|function)$/.test(valueAt(tokens, definition.index + 1));
    return (definition.isMethod === true || isMore ? undefined : this.declared.get(valueAt(tokens, definition.index))) ?? definition;
  }

  private take(index: number): void {
    const { tokens } = this;
    switch (valueAt(tokens, index - 1) === '.' ? '' : valueAt(tokens, index)) {
      case 'function': case 'const': case 'let': case 'var': return this.declare(index);
      case 'export': return this.export(index + 1);
      case 'exports': return this.assign(index + 1);
      case 'module': return valueAt(tokens, index + 2) === 'exports' ? this.assign(index + 3) : undefined;
    }
  }

  /** `function up(`, `const up =`, with a type before the equals sign or without one. */
  private declare(index: number): void {
    const { tokens } = this;
    let start = index;
    if (valueAt(tokens, index) !== 'function') {
      const end = Math.min(tokens.list.length, index + MOST_OF_TYPE);
      while (start < end && valueAt(tokens, start) !== '=' && valueAt(tokens, start) !== ';') {
        start = afterGroup(tokens, start);
      }
      start += 1;
    }
    this.declared.set(valueAt(tokens, index + 1), { index: start });
  }

  /** What follows `export`; what it declares is found among all that is declared. */
  private export(index: number): void {
    const { tokens } = this;
    this.isModule = true;
    if (valueAt(tokens, index) === '{') {
      this.list(index);
    } else if (valueAt(tokens, index) === 'default' || valueAt(tokens, index) === '=') {
      this.object(index + 1);
    }
  }

  /** `{ up }`, `{ forward as up }`. */
  private list(open: number): void {
    const { tokens } = this;
    for (let index = open + 1; index < afterGroup(tokens, open) - 1; index += 1) {
      if (isName(tokens, index) && /^[,}]$/.test(valueAt(tokens, index + 1))) {
        this.exported.set(valueAt(tokens, index), { index: valueAt(tokens, index - 1) === 'as' ? index - 2 : index });
      }
    }
  }

  /** What follows `exports`: `.up =`, `['up'] =`, and `= {` behind `module`. */
  private assign(index: number): void {
    const { tokens } = this;
    this.isModule = true;
    if (valueAt(tokens, index) === '=') {
      this.object(index + 1);
      return;
    }
    const equals = valueAt(tokens, index) === '[' ? index + 3 : index + 2;
    // Compilers make all exports nothing before they give them.
    if (valueAt(tokens, equals) === '=' && !/^(?:exports|module|void)$/.test(valueAt(tokens, equals + 1))) {
      this.exported.set(unquoted(valueAt(tokens, index + 1)), { index: equals + 1 });
    }
  }

  /** The properties of an object that is exported as a whole. */
  private object(open: number): void {
    const { tokens } = this;
    const close = valueAt(tokens, open) === '{' ? afterGroup(tokens, open) - 1 : open;
    for (let index = open + 1; index < close; index = afterGroup(tokens, index)) {
      if (index === open + 1 || /^(?:,|async)$/.test(valueAt(tokens, index - 1))) {
        this.property(index);
      }
    }
  }

  private property(index: number): void {
    const { tokens } = this;
    const name = unquoted(valueAt(tokens, index));
    switch (valueAt(tokens, index + 1)) {
      case ':': this.exported.set(name, { index: index + 2 }); break;
      case '(': this.exported.set(name, { index: index + 1, isMethod: true }); break;
      case ',': case '}': this.exported.set(name, { index }); break;
    }
  }
}
