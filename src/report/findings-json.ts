import type { Finding } from '../checks/finding';
import type { Report } from './reported';

/** Findings as JSON: the fields are a contract. */
export function findingsJson({ findings, ignored, judged }: Report): string {
  return `${JSON.stringify({ command: 'check', findings: findings.map(plain), ignored: ignored.map(plain), judged }, undefined, 2)}\n`;
}

function plain({ ruleId, severity, object, kind, namespace, name, path, source, position, message, actual, required, fix, ignored }: Finding): object {
  return {
    ruleId, severity, object, kind, namespace, name, path, source, line: position?.line, column: position?.column, message, actual, required, fix, ignored,
  };
}
