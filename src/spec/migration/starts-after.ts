/** What the pods of a new version wait for before they start. */
export enum StartsAfter {
  /** That every row is as the new version wants it, and is verified to be. */
  READY = 'ready',

  /** That the new columns, constraints and indexes are there beside the old ones. Old rows may still lack their values. */
  EXPANDED = 'expanded',
}
