import type { ReleaseAction } from './release-action';
import { ReleaseEnd, type EndReason } from './release-end';
import type { ReleaseSession } from './release-session';
import { WrongField } from '../reading/wrong-field';

/** What became of an action. */
export interface DoneAction {
  readonly text: string;
  /** `DONE`: something was done or waited for; `ALREADY`: nothing was left to do; `ENDED`: the command ended here; `OPEN`: it was not reached. */
  readonly state: 'DONE' | 'ALREADY' | 'ENDED' | 'OPEN';
}

/** What became of a command. */
export interface ReleaseResult {
  readonly outcome: 'DONE' | EndReason;
  /** Why it ended before its end. */
  readonly message?: string;
  readonly actions: readonly DoneAction[];
}

/** Does one thing after another, and stops at the first that cannot be done. */
export async function runActions(
  actions: readonly ReleaseAction[], session: ReleaseSession, progress: (text: string) => void,
): Promise<ReleaseResult> {
  const done: DoneAction[] = [];
  for (const [index, { text, run }] of actions.entries()) {
    try {
      const changed = await run(session);
      done.push({ text, state: changed ? 'DONE' : 'ALREADY' });
      progress(`${changed ? 'done' : 'already so'}: ${text}`);
    } catch (error) {
      const open = actions.slice(index + 1).map((action): DoneAction => ({ text: action.text, state: 'OPEN' }));
      const { reason, message } = endOf(error);
      return { outcome: reason, message, actions: [...done, { text, state: 'ENDED' }, ...open] };
    }
  }
  return { outcome: 'DONE', actions: done };
}

/** An object of the cluster that cannot be read is as much in the way as one that is not there. */
function endOf(error: unknown): { readonly reason: EndReason; readonly message: string } {
  if (error instanceof WrongField) {
    return { reason: 'BAD_INPUT', message: `${error.problem.source} in the cluster: ${error.message}` };
  }
  if (error instanceof ReleaseEnd) {
    return error;
  }
  throw error;
}
