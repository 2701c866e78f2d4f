interface Entry {
  readonly at: number;
  readonly turn: number;
  readonly happens: () => void;
}

/** What is to happen, earliest first. What falls into the same millisecond comes in random order. */
export class EventHeap {
  private readonly entries: Entry[] = [];

  constructor(private readonly turn: () => number) {
  }

  /** When the next event happens; absent when none is left. */
  get nextAt(): number | undefined {
    return this.entries[0]?.at;
  }

  add(at: number, happens: () => void): void {
    this.entries.push({ at, turn: this.turn(), happens });
    let index = this.entries.length - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (!comesFirst(this.entries[index], this.entries[parent])) {
        return;
      }
      this.swap(index, parent);
      index = parent;
    }
  }

  /** Removes the next event, which must exist. */
  take(): Entry {
    const next = this.entries[0];
    const last = this.entries.pop()!;
    if (this.entries.length > 0) {
      this.entries[0] = last;
      this.sink(0);
    }
    return next;
  }

  private sink(from: number): void {
    let index = from;
    for (;;) {
      const children = [2 * index + 1, 2 * index + 2].filter((child) => child < this.entries.length);
      const first = children.reduce((best, child) => comesFirst(this.entries[child], this.entries[best]) ? child : best, index);
      if (first === index) {
        return;
      }
      this.swap(index, first);
      index = first;
    }
  }

  private swap(one: number, other: number): void {
    [this.entries[one], this.entries[other]] = [this.entries[other], this.entries[one]];
  }
}

function comesFirst(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.turn < other.turn);
}
