import { State, WIDTH } from './state';

const EMPTY = -1;
/** A hash that stays below 2^53 without bitwise operators. */
const PRIME = 2_147_483_647;
const FACTOR = 1_000_003;

/**
 * The states that a search has met, in the order in which it met them, each with the state that it came from. It is a set and a
 * queue at once: a breadth-first search goes through the numbers from 0 on. 300,000 states take some 30 MB.
 */
export class StateSet {
  private rows = new Int32Array(1024 * WIDTH);
  private parents = new Int32Array(1024);
  private slots = new Int32Array(4096).fill(EMPTY);
  private count = 0;

  /** How many states there are. */
  public get size(): number {
    return this.count;
  }

  /** The state of a number. */
  public at(index: number): State {
    const state: number[] = [];
    for (let field = 0; field < WIDTH; field += 1) {
      state.push(this.rows[index * WIDTH + field]);
    }
    return state;
  }

  /** The number of the state that another came from, or −1. */
  public parentOf(index: number): number {
    return this.parents[index];
  }

  /** Adds a state. False where it is known. */
  public add(state: State, parent: number): boolean {
    const slot = this.slotOf(state, 0);
    if (this.slots[slot] !== EMPTY) {
      return false;
    }
    this.slots[slot] = this.count;
    if (this.count === this.parents.length) {
      this.grow();
    }
    for (let field = 0; field < WIDTH; field += 1) {
      this.rows[this.count * WIDTH + field] = state[field];
    }
    this.parents[this.count] = parent;
    this.count += 1;
    if (this.count * 2 > this.slots.length) {
      this.spread();
    }
    return true;
  }

  private grow(): void {
    const rows = new Int32Array(this.rows.length * 2);
    rows.set(this.rows);
    this.rows = rows;
    const parents = new Int32Array(this.parents.length * 2);
    parents.set(this.parents);
    this.parents = parents;
  }

  private spread(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(EMPTY);
    for (let index = 0; index < this.count; index += 1) {
      this.slots[this.slotOf(this.rows, index * WIDTH)] = index;
    }
  }

  /** Where a state is, or would be. */
  private slotOf(row: ArrayLike<number>, offset: number): number {
    let hash = 0;
    for (let field = 0; field < WIDTH; field += 1) {
      hash = (hash * FACTOR + row[offset + field]) % PRIME;
    }
    let slot = hash % this.slots.length;
    while (this.slots[slot] !== EMPTY && !this.isSame(this.slots[slot], row, offset)) {
      slot = (slot + 1) % this.slots.length;
    }
    return slot;
  }

  private isSame(index: number, row: ArrayLike<number>, offset: number): boolean {
    const start = index * WIDTH;
    for (let field = 0; field < WIDTH; field += 1) {
      if (this.rows[start + field] !== row[offset + field]) {
        return false;
      }
    }
    return true;
  }
}
