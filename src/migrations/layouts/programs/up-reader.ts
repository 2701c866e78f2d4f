import { chainAt, type Call, type Chain } from './chain';
import { functionAt, type ProgramFunction } from './functions';
import { isHarmlessOn, isRead, KEYWORDS, unknownCallIn } from './harmless';
import { textOf, withParameters, type MappedText } from './literal';
import { afterGroup, isName, valueAt, type Tokens } from './tokens';
import type { Embedded } from '../../sql/embedded';
import type { Comment } from '../../sql/pieces';

/** What a program does with the database in one call, and whether it opened a transaction for it. */
export interface Sent {
  readonly embedded: Embedded;
  /** The same for all that is sent within one transaction; nothing where the program opened none. */
  readonly transaction?: number;
}

/** What the forward function of a migration sends, in the order of the text, whatever decides whether it does. */
export class UpReader {
  /** Whether it asks node-pg-migrate for no transaction. */
  refusesTransaction = false;

  private readonly sent: Sent[] = [];
  /** What node-pg-migrate sends at once, before all that it only collects. */
  private readonly sentAtOnce: Sent[] = [];
  /** The names of what a migration is given to reach the database by. */
  private readonly handles: Set<string>;
  /** The transaction that is open, and how many there were. */
  private transaction?: number;
  private transactions = 0;
  /** Comments before this place, and as many of them, are said of what is before. */
  private seen: number;
  private comments = 0;

  constructor(private readonly tokens: Tokens, private readonly up: ProgramFunction) {
    this.handles = new Set(['knex', 'pgm', 'trx', ...up.parameter === undefined ? [] : [up.parameter]]);
    this.seen = this.offsetOf(up.from - 1);
  }

  read(): readonly Sent[] {
    this.walk(this.up.from, this.up.to);
    return [...this.sentAtOnce, ...this.sent];
  }

  private walk(from: number, to: number): void {
    for (let index = from; index < to;) {
      index = this.next(index);
    }
  }

  /** Takes what begins at a token, and says where to go on. */
  private next(index: number): number {
    const { tokens } = this;
    const value = valueAt(tokens, index);
    if (value === '(') {
      return this.bracket(index);
    }
    if (value === 'function') {
      const open = [index + 1, index + 2, index + 3].find((at) => valueAt(tokens, at) === '(');
      return open === undefined ? index + 1 : afterGroup(tokens, open);
    }
    const isRoot = isName(tokens, index) && !KEYWORDS.has(value) && !/^(?:\.|\?\.)$/.test(valueAt(tokens, index - 1));
    return isRoot && !this.isNaming(index) ? this.chain(index) : index + 1;
  }

  /** Parameters are passed over; `(0, name)(…)` is how compilers call what is imported. */
  private bracket(open: number): number {
    const { tokens } = this;
    const after = afterGroup(tokens, open);
    if (valueAt(tokens, open + 1) === '0' && valueAt(tokens, open + 2) === ',' && valueAt(tokens, after) === '(') {
      this.opaque(open, `${chainAt(tokens, open + 3).path} is not looked into`);
      return this.pass(afterGroup(tokens, after));
    }
    return valueAt(tokens, after) === '=>' ? after : open + 1;
  }

  /** Whether a name is that of a parameter, a variable or a property, and no value. */
  private isNaming(index: number): boolean {
    const [before, next] = [valueAt(this.tokens, index - 1), valueAt(this.tokens, index + 1)];
    return next === '=>' || /^(?:const|let|var)$/.test(before) || (next === ':' && /^[{,]$/.test(before));
  }

  private chain(start: number): number {
    const chain = chainAt(this.tokens, start);
    if (this.handles.has(chain.root)) {
      this.handle(start, chain);
      return this.pass(chain.end);
    }
    const unknown = unknownCallIn(chain);
    if (unknown !== undefined) {
      this.opaque(start, `${unknown.path} is not looked into`);
      return this.pass(chain.end);
    }
    [...chain.calls, ...chain.computed].sort((one, other) => one.from - other.from).forEach(({ from, to }) => this.walk(from, to));
    return chain.end;
  }

  /** What begins with that by which the database is reached. */
  private handle(start: number, chain: Chain): void {
    if (chain.calls.length === 0) {
      if (!isRead(chain)) {
        this.opaque(start, `${chain.path} is handed on to what is not looked into`);
      }
      return;
    }
    let isTold = false;
    for (const [index, call] of chain.calls.entries()) {
      const why = this.call(start, chain, call, index === 0);
      if (why !== undefined && !isTold) {
        this.opaque(start, why);
        isTold = true;
      }
      this.pass(call.to + 1);
    }
    chain.computed.forEach(({ from, to }) => this.walk(from, to));
  }

  /** Takes a call; says why it is opaque, where it is. */
  private call(start: number, chain: Chain, call: Call, isFirst: boolean): string | undefined {
    const { root } = chain;
    if (call.name === 'then' || call.name === 'catch' || call.name === 'finally') {
      this.walk(call.from, call.to);
    } else if (call.path === `${root}.schema.raw` || (isFirst && call.path === `${root}.raw`)) {
      return this.statement(start, call, this.sent, withParameters);
    } else if (isFirst && call.path === `${root}.sql`) {
      return this.statement(start, call, this.sent);
    } else if (isFirst && (call.path === `${root}.db.query` || call.path === `${root}.db.select`)) {
      return this.statement(start, call, this.sentAtOnce);
    } else if (isFirst && call.path === `${root}.transaction`) {
      return this.inTransaction(call);
    } else if (isHarmlessOn(chain, call)) {
      this.refusesTransaction ||= call.name === 'noTransaction';
      this.walk(call.from, call.name === 'transacting' ? call.from : call.to);
    } else {
      return `${call.path}${call.path === root ? '(…)' : ''} builds what it runs`;
    }
    return undefined;
  }

  private statement(start: number, { path, from, to }: Call, sent: Sent[], asSent = (text: MappedText) => text): string | undefined {
    const { tokens } = this;
    const end = valueAt(tokens, to - 1) === ',' ? to - 1 : to;
    const text = textOf(tokens, from, end);
    if (text === undefined) {
      return `${path} is given ${this.givenIn(from, end)}`;
    }
    if (/^[=:+?]$/.test(valueAt(tokens, start - 1))) {
      return `${path} makes a part of what is run elsewhere`;
    }
    sent.push({ embedded: { ...asSent(text), comments: this.commentsUpTo(this.offsetOf(from)) }, transaction: this.transaction });
    return undefined;
  }

  private givenIn(from: number, end: number): string {
    const kinds = this.tokens.list.slice(from, end).map(({ kind }) => kind);
    if (kinds[0] === 'TemplateHead') {
      return 'a template with substitutions';
    }
    return kinds.length > 1 && valueAt(this.tokens, from + 1) === ',' ? 'bindings' : 'what the program makes';
  }

  /** `knex.transaction(async (trx) => { … })`. */
  private inTransaction({ path, from }: Call): string | undefined {
    const body = functionAt(this.tokens, from);
    if (body?.parameter === undefined) {
      return `${path} is left open for statements that are not told apart`;
    }
    const outside = this.transaction;
    this.handles.add(body.parameter);
    this.transaction ??= this.transactions += 1;
    this.walk(body.from, body.to);
    this.transaction = outside;
    return undefined;
  }

  private opaque(index: number, opaque: string): void {
    const start = this.offsetOf(index);
    this.sent.push({ embedded: { opaque, start, comments: this.commentsUpTo(start) }, transaction: this.transaction });
  }

  private commentsUpTo(offset: number): readonly Comment[] {
    const { seen, tokens: { comments } } = this;
    const found: Comment[] = [];
    for (; this.comments < comments.length && comments[this.comments].start < offset; this.comments += 1) {
      found.push(comments[this.comments]);
    }
    return found.filter(({ start }) => start >= seen);
  }

  /** Goes on at a token: comments within what is passed are said of nothing else. */
  private pass(index: number): number {
    this.seen = Math.max(this.seen, this.offsetOf(index - 1));
    return index;
  }

  private offsetOf(index: number): number {
    return this.tokens.list[index]?.start ?? this.tokens.list[this.tokens.list.length - 1]?.start ?? 0;
  }
}
