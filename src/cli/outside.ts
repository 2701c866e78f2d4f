import type { Outside } from '../analysis/ask-prometheus';

/** A signal that asks a program to end. */
export type EndSignal = 'SIGINT' | 'SIGTERM';

/** What a command meets outside of the program beside its streams and files. */
export interface CommandOutside extends Outside {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells of the first signal that asks to end; a second one ends the program at once. Returns what stops listening. */
  readonly onEndSignal: (listener: (signal: EndSignal) => void) => () => void;
}

const END_SIGNALS: readonly EndSignal[] = ['SIGINT', 'SIGTERM'];

/** The outside of this process. */
export function processOutside(): CommandOutside {
  return { fetch, now: Date.now, sleep, env: process.env, onEndSignal };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) {
      done();
    }
  });
}

function onEndSignal(listener: (signal: EndSignal) => void): () => void {
  const stop = () => END_SIGNALS.forEach((name) => process.removeListener(name, told));
  const told = (name: NodeJS.Signals) => {
    stop();
    listener(name as EndSignal);
  };
  END_SIGNALS.forEach((name) => process.on(name, told));
  return stop;
}
