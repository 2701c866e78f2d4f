import { qualifiedNameProblem } from '../../spec/names';
import { quoted } from '../../spec/values';
import type { Ledger } from '../ledger';

/** Refuses further annotations that Kubernetes does not take, and ones that would contradict what the plan decides. */
export function checkAnnotations(ledger: Ledger, path: string, annotations: Readonly<Record<string, string>>, derived: RegExp): void {
  for (const key of Object.keys(annotations)) {
    ledger.problem(qualifiedNameProblem(`${path}.annotations key`, key));
    if (derived.test(key)) {
      ledger.problem(`${path}.annotations ${quoted(key)} cannot be given, because the library decides it; use the option for it`);
    }
  }
}
