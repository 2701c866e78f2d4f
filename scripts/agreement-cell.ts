import { precisionOf, recallOf, type Agreement } from '../test/support/migrations/agreement';

/** Precision and recall as a cell of a table. */
export function agreementCell(agreement: Agreement): string {
  return `${precisionOf(agreement).toFixed(3)} / ${recallOf(agreement).toFixed(3)}`;
}
