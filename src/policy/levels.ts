import type { EnforcementLevel, Severity as PolicySeverity } from '@pulumi/policy';
import { isAtLeast, type Severity } from '../checks/finding';

const POLICY_SEVERITY: Readonly<Record<Severity, PolicySeverity>> = { error: 'high', warning: 'medium', info: 'low' };

/** How a severity is enforced. */
export class Levels {
  /** What is below `least` is disabled, and `ofErrors` is how errors are enforced; all else is advisory. */
  constructor(private readonly least: Severity, private readonly ofErrors: EnforcementLevel) {}

  of(severity: Severity): { readonly severity: PolicySeverity; readonly enforcementLevel: EnforcementLevel } {
    const enforced = severity === 'error' ? this.ofErrors : 'advisory';
    return { severity: POLICY_SEVERITY[severity], enforcementLevel: isAtLeast(severity, this.least) ? enforced : 'disabled' };
  }
}
