import type { Outcome } from '../../expand-contract/run/outcome';
import { visible } from '../../reading/quoted';
import type { CommandIo } from '../command-io';

/** Milliseconds between two lines about a walk, where there is no terminal whose line can be written anew. */
const EVERY = 10_000;
const WIDTH = 20;

/** Tells of a run: each step as a line, and walks along a table as one that moves. */
export class RunProgress {
  private since?: { readonly at: number; readonly done: number; readonly note: string };
  private toldAt = 0;

  constructor(private readonly name: string, private readonly format: 'text' | 'json', private readonly io: CommandIo, private readonly now = () => performance.now()) {
    if (format === 'text') {
      io.out(`${visible(name)}\n`);
    }
  }

  tell(outcome: Outcome): void {
    const { state, note, done, total } = outcome;
    const isWalk = state === 'step' && done !== null && total !== null && (note === 'backfill' || note === 'verify');
    if (this.format === 'json') {
      this.io.out(`${JSON.stringify({ migration: this.name, state, note, done, total, ...isWalk ? this.paceOf(note, done, total) : {} })}\n`);
    } else if (isWalk) {
      this.walk(note, done, total);
    } else {
      this.clear();
      this.io.out(`  ${state.padEnd(6)} ${visible(note)}\n`);
    }
  }

  private walk(note: string, done: number, total: number): void {
    const { rate, secondsLeft } = this.paceOf(note, done, total);
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const text = `${note} ${count(done)} of about ${count(total)} rows, ${count(rate)} a second, ${secondsLeft} s left`;
    if (this.io.isTerminal) {
      const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
      this.io.error(`\r\u001b[2K  ${bar} ${text}`);
    } else if (this.now() - this.toldAt >= EVERY) {
      this.toldAt = this.now();
      this.io.out(`  step   ${text}\n`);
    }
  }

  /** Rows a second since the walk began to be told of, and the seconds that are left at that. */
  private paceOf(note: string, done: number, total: number): { readonly rate: number; readonly secondsLeft: number } {
    if (this.since?.note !== note || done < this.since.done) {
      this.since = { at: this.now(), done, note };
      this.toldAt = this.now();
    }
    const seconds = (this.now() - this.since.at) / 1000;
    const rate = seconds === 0 ? 0 : Math.round((done - this.since.done) / seconds);
    return { rate, secondsLeft: rate === 0 ? 0 : Math.ceil(Math.max(0, total - done) / rate) };
  }

  private clear(): void {
    if (this.io.isTerminal) {
      this.io.error('\r\u001b[2K');
    }
  }
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
