import type { Random } from './random';

/** What a row holds, as those who wrote it know. */
export interface Entry<S> {
  readonly state: S;
  /** How often it was written without a word about the column in question. */
  readonly touched: number;
}

/**
 * What the programs have written last of each row: kept by them, and not asked of the server. Who works on a row has it alone for so long, so that
 * its last writer is known; the migration's own writes come in between all the same.
 */
export class Book<S> {
  private readonly entries = new Map<number, Entry<S>>();
  private readonly ids: number[] = [];
  private readonly places = new Map<number, number>();
  private readonly held = new Set<number>();
  private next = 0;

  constructor(seed: Iterable<readonly [number, S]>) {
    for (const [id, state] of seed) {
      this.write(id, { state, touched: 0 });
    }
  }

  /** A row that nobody else works on. */
  hold(random: Random): number {
    for (;;) {
      const id = random.of(this.ids);
      if (!this.held.has(id)) {
        this.held.add(id);
        return id;
      }
    }
  }

  /** A row that is not there yet. */
  holdNew(): number {
    this.next += 1;
    this.held.add(this.next);
    return this.next;
  }

  release(id: number): void {
    this.held.delete(id);
  }

  entry(id: number): Entry<S> {
    return this.entries.get(id)!;
  }

  write(id: number, entry: Entry<S>): void {
    if (!this.entries.has(id)) {
      this.places.set(id, this.ids.length);
      this.ids.push(id);
      this.next = Math.max(this.next, id);
    }
    this.entries.set(id, entry);
  }

  remove(id: number): void {
    const place = this.places.get(id)!;
    const last = this.ids[this.ids.length - 1];
    this.ids[place] = last;
    this.places.set(last, place);
    this.ids.pop();
    this.places.delete(id);
    this.entries.delete(id);
  }

  all(): readonly (readonly [number, Entry<S>])[] {
    return [...this.entries].sort(([one], [other]) => one - other);
  }
}
