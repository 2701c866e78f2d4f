/** Time that passes only while everybody waits. */
export class VirtualTime {
  private seconds = 0;
  private waiting: { at: number; order: number; resolve: () => void }[] = [];
  private order = 0;

  constructor(private readonly onPassed: (now: number) => void = () => undefined) {}

  get now(): number {
    return this.seconds;
  }

  /** Resolves after some seconds of this time. */
  sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.order += 1;
      this.waiting.push({ at: this.seconds + seconds, order: this.order, resolve });
    });
  }

  /** Lets time pass until a promise is settled, or nobody waits any more: whoever is left then never goes on. */
  async until<T>(done: Promise<T>): Promise<T | undefined> {
    let result: { value: T } | undefined;
    let failure: { error: unknown } | undefined;
    done.then((value) => { result = { value }; }, (error: unknown) => { failure = { error }; });
    for (;;) {
      await new Promise(setImmediate);
      if (failure) {
        throw failure.error;
      }
      if (result || this.waiting.length === 0) {
        return result?.value;
      }
      this.next();
    }
  }

  /** Lets so many seconds pass. */
  async pass(seconds: number): Promise<void> {
    await this.until(this.sleep(seconds));
  }

  private next(): void {
    const first = this.waiting.reduce((one, other) => other.at < one.at || (other.at === one.at && other.order < one.order) ? other : one);
    this.waiting = this.waiting.filter((one) => one !== first);
    // In steps, so that what controllers do in the meantime is seen at its own time.
    while (this.seconds < first.at) {
      this.seconds = Math.min(first.at, Math.floor(this.seconds * 2 + 1) / 2);
      this.onPassed(this.seconds);
    }
    first.resolve();
  }
}
