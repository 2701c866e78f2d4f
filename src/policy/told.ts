/** One sentence or more about one resource, under the policy that says so. */
export interface Told {
  /** The name of the policy: the id of a rule, or one of `TOLD_BESIDE_RULES`. */
  readonly policy: string;
  /** The resource that it is shown at; the whole stack where there is none. */
  readonly urn?: string;
  readonly message: string;
  /** The field that it is about, where it is about one. */
  readonly path?: string;
}

/** What is told beside what rules find. These names are permanent: packs are configured by them. */
export const TOLD_BESIDE_RULES = {
  unreadable: 'unreadable',
  loses: 'release-loses-requests',
  unknown: 'release-unknown',
  notJudged: 'not-judged',
  settings: 'settings',
} as const;
