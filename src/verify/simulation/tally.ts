import type { Pod } from './pod';

/** How a request is lost. */
export type LossReason = 'refused' | 'cut' | 'noEndpoint' | 'closedWhileWriting' | 'loadBalancerCut';

/** On a connection of its own, or on one that is kept. */
export type ConnectionKind = 'newConnections' | 'keptConnections';

/** Numbers of requests by the kind of their connection. */
export type ByConnection = Readonly<Record<ConnectionKind, number>>;

/** Requests that were lost. */
export interface Losses extends ByConnection {
  readonly byReason: Readonly<Record<LossReason, number>>;
}

/** A request that is lost, at which millisecond and on which pod; without one where there was none to send it to. */
export interface Loss {
  readonly at: number;
  readonly reason: LossReason;
  readonly pod?: Pod;
}

/** Counts what becomes of the requests of one way in. */
export class Tally {
  readonly requests: Record<ConnectionKind, number> = { newConnections: 0, keptConnections: 0 };
  readonly served: Record<ConnectionKind, number> = { newConnections: 0, keptConnections: 0 };
  readonly lost: Record<ConnectionKind, number> & { readonly byReason: Record<LossReason, number> } = {
    newConnections: 0, keptConnections: 0, byReason: { refused: 0, cut: 0, noEndpoint: 0, closedWhileWriting: 0, loadBalancerCut: 0 },
  };
  /** The earliest loss. */
  first?: Loss;

  count(kind: ConnectionKind, loss: Loss | undefined): void {
    this.requests[kind] += 1;
    if (!loss) {
      this.served[kind] += 1;
      return;
    }
    this.lost[kind] += 1;
    this.lost.byReason[loss.reason] += 1;
    if (!this.first || loss.at < this.first.at) {
      this.first = loss;
    }
  }
}
