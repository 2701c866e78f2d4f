import type { ReleaseSession } from './release-session';

/** One thing that a command does. Done again, it finds that nothing is left to do. */
export interface ReleaseAction {
  /** What it does, as an order: `VirtualService shop/payments: 5 % to canary, 95 % to stable`. */
  readonly text: string;
  /** @returns whether anything was left to do */
  run(session: ReleaseSession): Promise<boolean>;
}
