/** What the pods of a new version wait for before they start. */
export enum StartsAfter {
  /** That every row is as the new version wants it, and is verified to be, and that indexes and constraints are there. */
  READY = 'ready',

  /**
   * That the new columns are there beside the old ones. Old rows may still lack their values, and queries the indexes that are built when they have
   * them.
   */
  EXPANDED = 'expanded',
}
