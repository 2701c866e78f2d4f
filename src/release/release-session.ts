import type { Claim } from './claim';
import type { Clock } from './clock';
import { ClusterFailure, resourceOf, type ClusterClient, type LiveValue } from './cluster-client';
import { fieldOf } from './live-object';
import { onlyAt, type PatchOperation } from './patch-operation';
import { ReleaseEnd } from './release-end';
import { rolloutStatusOf, type RolloutStatus } from './rollout-status';
import { groupOf, objectText, type ClusterObject, type Identity } from '../cluster/identity';
import type { Field } from '../reading/field';

/** What a run has to work with. */
export interface SessionParts {
  readonly client: ClusterClient;
  readonly clock: Clock;
  readonly claim: Claim;
  /** Told what is waited for. */
  readonly progress: (text: string) => void;
}

/** What is to be done about an object as it is now; nothing where it is as it shall be. */
export type Decide = (live: Field) => readonly PatchOperation[] | Promise<readonly PatchOperation[]>;

const MOST_CONFLICTS = 20;
const MOST_FAILURES = 6;
const LONGEST_RETRY_SECONDS = 300;
const POLL_SECONDS = 2;
/** What the Deployment's controller may be late by with its own verdict. */
const DEADLINE_MARGIN_SECONDS = 60;

/** One run against one cluster: reads, changes under optimistic concurrency, waits. */
export class ReleaseSession {
  readonly claim: Claim;
  private failures = 0;

  constructor(private readonly parts: SessionParts) {
    this.claim = parts.claim;
  }

  /** The object as it is now, where there is one. Ends the run where another has claimed it since this run first saw it. */
  async tryFind(object: Identity): Promise<Field | undefined> {
    const value = await this.answered(object, 'get', () => this.parts.client.get(object));
    const live = value && fieldOf(object, value);
    if (live) {
      this.claim.check(object, live);
    }
    return live;
  }

  /** The object as it is now. */
  async find(object: Identity, remedy: string): Promise<Field> {
    const live = await this.tryFind(object);
    return live ?? end('BAD_INPUT', `${objectText(object)} is not in the cluster; ${remedy}`);
  }

  /**
   * Changes an object: reads it, lets `decide` say what is to be done, and does that only if nothing has changed since; else decides anew.
   * Where nothing is to be done it still marks the object, so that a request of another run that is under way fails.
   * @returns whether anything but the mark was changed
   */
  async change(object: Identity, remedy: string, decide: Decide): Promise<boolean> {
    let changed = false;
    for (let attempt = 0; attempt < MOST_CONFLICTS; attempt += 1) {
      const live = await this.find(object, remedy);
      const operations = await decide(live);
      changed ||= operations.length > 0;
      if (operations.length === 0 && this.claim.holds(live)) {
        return changed;
      }
      const version = live.get('metadata', 'resourceVersion').string() ?? '';
      if (await this.wrote(object, 'patch', () => this.parts.client.patch(object, [...this.claim.marking(live), ...operations, onlyAt(version)]))) {
        return changed;
      }
    }
    return end('STOPPED', `${objectText(object)} was changed by something else ${MOST_CONFLICTS} times in a row; find what it is, and run this again`);
  }

  /**
   * Creates an object where there is none.
   * @returns whether there was none
   */
  async createIfAbsent(object: ClusterObject, manifest: LiveValue): Promise<boolean> {
    for (let attempt = 0; attempt < MOST_CONFLICTS; attempt += 1) {
      if (await this.tryFind(object) !== undefined) {
        return attempt > 0;
      }
      await this.wrote(object, 'create', () => this.parts.client.apply(object, manifest));
    }
    return end('STOPPED', `${objectText(object)} was deleted by something else ${MOST_CONFLICTS} times in a row; find what it is, and run this again`);
  }

  /**
   * Waits until a Deployment's pods are those of its present template, all available, and at least so many.
   * @returns whether there was anything to wait for
   */
  async untilRolledOut(object: Identity, atLeast = 0): Promise<boolean> {
    let seen = '';
    let progressAt = this.parts.clock.now();
    for (;;) {
      const live = await this.find(object, 'it was deleted in the meantime');
      const status = rolloutStatusOf(live, atLeast);
      if (status.isComplete) {
        return seen !== '';
      }
      const text = statusText(object, status, atLeast);
      if (status.failure !== undefined) {
        end('NOT_REACHED', `${text}: ${status.failure}`);
      }
      const generation = live.get('metadata', 'generation').value;
      if (seen !== `${generation} ${text}`) {
        seen = `${generation} ${text}`;
        progressAt = this.parts.clock.now();
        this.parts.progress(text);
      }
      const patience = status.progressDeadlineSeconds + DEADLINE_MARGIN_SECONDS;
      if (this.parts.clock.now() - progressAt > patience * 1000) {
        end('NOT_REACHED', `${text}, and nothing has changed for ${patience} s; look at its pods and at the Deployment's controller`);
      }
      await this.parts.clock.sleep(POLL_SECONDS);
    }
  }

  /** Waits until every way in has learnt of a change. */
  async untilPropagated(seconds: number): Promise<void> {
    this.parts.progress(`waiting ${seconds} s until every way in has learnt of the change`);
    await this.parts.clock.sleep(seconds);
  }

  /** Whether a write took effect as it was meant. Where that is unknown, the object is to be read again. */
  private async wrote(object: Identity, verb: string, write: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.answered(object, verb, write, true);
      return true;
    } catch (error) {
      if (error instanceof ClusterFailure) {
        return false;
      }
      throw error;
    }
  }

  /** Asks until there is an answer. A write is asked for once: what came of it is for its caller to look up. */
  private async answered<T>(object: Identity, verb: string, ask: () => Promise<T>, isWrite = false): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        const answer = await ask();
        this.failures = 0;
        return answer;
      } catch (error) {
        if (!(error instanceof ClusterFailure)) {
          throw error;
        }
        await this.endOrWait(object, verb, error);
        if (isWrite) {
          throw error;
        }
      }
    }
  }

  private async endOrWait(object: Identity, verb: string, { reason, message, retryAfterSeconds }: ClusterFailure): Promise<void> {
    switch (reason) {
      case 'conflict': return;
      case 'forbidden': return end('BAD_INPUT', `${verb} ${resourceOf(object.kind)}${inGroup(object)} in namespace ${object.namespace} is not allowed: ${message}; `
        + 'give the user of the kubeconfig this permission');
      case 'unidentified': return end('BAD_INPUT', `${objectText(object)} cannot be asked for: ${message}`);
      case 'absent': return end('BAD_INPUT', `${objectText(object)} is not in the cluster, or the cluster knows no ${object.kind} of ${object.apiVersion}`);
      case 'refused': return end('BAD_INPUT', `${objectText(object)} is refused by the cluster: ${message}`);
      case 'unavailable':
    }
    this.failures += 1;
    if (this.failures >= MOST_FAILURES) {
      end('STOPPED', `the cluster gave no answer ${MOST_FAILURES} times in a row: ${message}; what was done stays, run this again`);
    }
    const seconds = Math.min(LONGEST_RETRY_SECONDS, Math.max(2 ** (this.failures - 1), retryAfterSeconds ?? 0));
    this.parts.progress(`${message}; asking again in ${seconds} s`);
    await this.parts.clock.sleep(seconds);
  }
}

function end(reason: ReleaseEnd['reason'], message: string): never {
  throw new ReleaseEnd(reason, message);
}

function inGroup(object: Identity): string {
  const group = groupOf(object);
  return group === '' ? '' : `.${group}`;
}

function statusText(object: Identity, { wanted, updated, available, isObserved }: RolloutStatus, atLeast: number): string {
  return isObserved ? `${objectText(object)} has ${Math.min(updated, available)} of ${Math.max(wanted, atLeast)} pods of its template available`
    : `${objectText(object)} is not yet seen by its controller`;
}
