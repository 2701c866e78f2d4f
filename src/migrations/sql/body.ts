import type { Node } from 'libpg-query';

/** What is found in the body of a DO, a function or a procedure. */
export interface Body {
  /** The statements that it may run, in their order, whatever decides whether it does. */
  readonly statements: readonly Node[];
  /** The same, and the expressions that it works out: whatever it names. */
  readonly reads: readonly Node[];
  /** The columns of NEW and OLD that it names. */
  readonly rowColumns: readonly string[];
  /** Why a part of it cannot be told. */
  readonly opaque?: string;
  /** Whether it commits on its way, so that it holds no lock from one step to the next. */
  readonly commits: boolean;
}
