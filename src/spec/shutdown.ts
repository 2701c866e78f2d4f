import type { Duration } from 'cdk8s';
import { optionalSeconds } from './values';

/** Settings of a program that drains. */
export interface DrainOptions {
  /**
   * The longest time from SIGTERM until the program has finished every request in flight and exited, at least 1 second.
   * @default - as long as the longest request, or the longest connection with `maxConnectionAge`
   */
  readonly within?: Duration;
}

/** What the program does when it is told to stop (SIGTERM). */
export class Shutdown {
  /** It stops accepting connections, finishes the requests in flight, and exits. */
  static drains(options: DrainOptions = {}): Shutdown {
    return new Shutdown(true, optionalSeconds('Shutdown.drains within', options.within, 1, 86_400));
  }

  /**
   * It exits without finishing what is in flight. The preStop hook then holds SIGTERM back until the last request
   * that could have arrived is over.
   */
  static exitsAtOnce(): Shutdown {
    return new Shutdown(false, undefined);
  }

  private constructor(
    /** Whether requests in flight are finished after SIGTERM. */
    readonly isDraining: boolean,
    /** The declared longest drain in seconds, where one was declared. */
    readonly withinSeconds?: number,
  ) {}
}
