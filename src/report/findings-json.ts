import type { Report } from './reported';
import type { Finding } from '../checks/finding';

/** Findings as JSON: the fields are a contract. */
export function findingsJson({ findings, ignored, judged }: Report): string {
  return `${JSON.stringify({ command: 'check', findings: findings.map(plain), ignored: ignored.map(plain), judged }, undefined, 2)}\n`;
}

function plain({ position, ...finding }: Finding): object {
  return { ...finding, line: position?.line, column: position?.column };
}
