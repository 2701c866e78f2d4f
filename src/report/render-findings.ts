import { findingsJson } from './findings-json';
import { findingsText } from './findings-text';
import { githubAnnotations } from './github';
import type { Report } from './reported';
import { ruleText } from './rule-text';
import { sarifLog, type SarifLevel, type SarifRule } from './sarif';
import { VERSION } from './version';
import type { Finding, Severity } from '../checks/finding';
import type { Rule } from '../checks/rule';
import { RULES } from '../checks/rules';

/** How a result can be printed. */
export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type Format = typeof FORMATS[number];

/** Findings in a format. */
export function renderFindings(report: Report, format: Format, hasColour: boolean): string {
  switch (format) {
    case 'text': return findingsText(report, hasColour);
    case 'json': return findingsJson(report);
    case 'sarif': return sarifLog(RULES.map(sarifRuleOf), [...report.findings, ...report.ignored].map(sarifResultOf), VERSION);
    case 'github': return githubAnnotations(report.findings.map((finding) => ({
      level: finding.severity === 'info' ? 'notice' : finding.severity,
      file: finding.source,
      position: finding.position,
      title: finding.ruleId,
      message: sentenceOf(finding),
    })));
  }
}

/** SARIF's word for a severity. */
export function sarifLevelOf(severity: Severity): SarifLevel {
  return severity === 'info' ? 'note' : severity;
}

/** A rule as SARIF describes it. */
export function sarifRuleOf(rule: Rule): SarifRule {
  return { id: rule.id, title: rule.title, why: rule.why, help: ruleText(rule), level: sarifLevelOf(rule.severity) };
}

function sarifResultOf(finding: Finding): Parameters<typeof sarifLog>[1][number] {
  return {
    ruleId: finding.ruleId,
    level: sarifLevelOf(finding.severity),
    message: sentenceOf(finding),
    source: finding.source,
    position: finding.position,
    subject: `${finding.object} ${finding.path}`,
    suppressed: finding.ignored?.reason,
  };
}

function sentenceOf({ object, message, fix }: Finding): string {
  return `${object}: ${message}; ${fix}`;
}
