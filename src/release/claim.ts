import { annotationOf } from './live-object';
import { setting, type PatchOperation } from './patch-operation';
import { ReleaseEnd } from './release-end';
import { objectText, type Identity } from '../cluster/identity';
import type { Field } from '../reading/field';
import { quoted } from '../reading/quoted';

/** Which run of a command moved the object last. */
export const CLAIM_ANNOTATION = 'release.zero-downtime/claim';

/**
 * The mark that a run leaves on every object that it changes, so that two runs at a time notice each other.
 *
 * A run may write over the mark that it found when it first read an object, because whoever left it may be dead. Any later mark is
 * of somebody who began after it, and ends it.
 */
export class Claim {
  private readonly found = new Map<string, string | undefined>();

  /** `id` is what no other run has. */
  constructor(readonly id: string) {}

  /** Whether the object is marked by this run. */
  holds(live: Field): boolean {
    return annotationOf(live, CLAIM_ANNOTATION) === this.id;
  }

  /** Notes the mark of an object that is read for the first time; later, ends the run where another has marked it since. */
  check(object: Identity, live: Field): void {
    const mark = annotationOf(live, CLAIM_ANNOTATION);
    const key = objectText(object);
    if (!this.found.has(key)) {
      this.found.set(key, mark);
    } else if (mark !== this.id && mark !== this.found.get(key)) {
      throw new ReleaseEnd('STOPPED', `${key} is being moved by another run, ${quoted(mark ?? 'which removed the mark of this one')}; `
        + 'let one finish, and run this again if it is still wanted');
    }
  }

  /** Marks an object. */
  marking(live: Field): PatchOperation[] {
    const hasAnnotations = live.get('metadata', 'annotations').exists;
    return this.holds(live) ? [] : [
      ...(hasAnnotations ? [] : [setting({}, 'metadata', 'annotations')]),
      setting(this.id, 'metadata', 'annotations', CLAIM_ANNOTATION),
    ];
  }
}
