/** How a command ended that did not reach its end. */
export type EndReason =
  /** The cluster did not reach a state in time. */
  | 'NOT_REACHED'
  /** What was given does not fit the cluster, or may not be done. */
  | 'BAD_INPUT'
  /** Something else changes the same release, or nobody can tell what has been done. */
  | 'STOPPED';

/** Ends a command where it stands; everything done so far stays, and a further run goes on from there. */
export class ReleaseEnd extends Error {
  constructor(readonly reason: EndReason, message: string) {
    super(message);
    this.name = 'ReleaseEnd';
  }
}
