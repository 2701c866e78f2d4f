import type { OtherVerdict } from './linters/other-linter';
import type { Judged } from '../test/support/migrations/judge';

/** A corpus on a server, and what other linters warn of. */
export interface JudgedVersion {
  readonly release: string;
  readonly major: number;
  readonly judged: readonly Judged[];
  readonly others: readonly OtherVerdict[];
}
