/** Ends requests when their time is over, or when whoever waits for them has gone. */
export class Deadline {
  isExpired = false;
  private readonly requests = new AbortController();
  private readonly timer = new AbortController();

  constructor(private readonly outer: AbortSignal) {
    outer.addEventListener('abort', this.stop);
    if (outer.aborted) {
      this.stop();
    }
  }

  /** Aborted for requests that must end. */
  get signal(): AbortSignal {
    return this.requests.signal;
  }

  /** Aborted when no timer is needed any more. */
  get ended(): AbortSignal {
    return this.timer.signal;
  }

  /** The time is over: to be called by the timer. */
  expire(): void {
    this.isExpired = !this.timer.signal.aborted && !this.outer.aborted;
    this.requests.abort();
  }

  /** There is nothing left to end. */
  end(): void {
    this.outer.removeEventListener('abort', this.stop);
    this.timer.abort();
  }

  private readonly stop = () => this.requests.abort();
}
