/** The fields of one object that something else than its manifest decides, in the form of an entry of Argo CD's `ignoreDifferences`. */
export interface OwnedFields {
  /** The API group; empty for the core one. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** What a GitOps tool must neither report nor revert. */
  readonly jqPathExpressions: readonly string[];
}
