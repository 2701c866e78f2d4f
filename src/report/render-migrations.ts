import { githubAnnotations } from './github';
import { migrationsText, type MigrationsReport } from './migrations-text';
import { sarifLevelOf, type Format } from './render-findings';
import { sarifLog, type SarifResult, type SarifRule } from './sarif';
import { sqlRuleText } from './sql-rule-page';
import { VERSION } from './version';
import type { SqlFinding } from '../migrations/findings';
import { MIGRATION_RULES } from '../migrations/rules/rules';

/** What was found in migrations, in a format. */
export function renderMigrations(report: MigrationsReport, format: Format, hasColour: boolean): string {
  switch (format) {
    case 'text': return migrationsText(report, hasColour);
    case 'json': return migrationsJson(report);
    case 'sarif': return sarifLog(sarifRules(), [...report.findings, ...report.accepted].map(sarifResultOf), VERSION);
    case 'github': return githubAnnotations(report.findings.map((finding) => ({
      level: finding.severity === 'info' ? 'notice' : finding.severity,
      file: finding.source,
      position: finding.position,
      title: finding.ruleId,
      message: [`${finding.message}; ${finding.fix}`, ...finding.sql === undefined ? [] : [finding.sql]].join('\n'),
    })));
  }
}

/** The fields are a contract. */
function migrationsJson({ findings, accepted, locks, statements, files, version }: MigrationsReport): string {
  const plain = ({ position, line: _line, ...finding }: SqlFinding) => ({ ...finding, line: position.line, column: position.column });
  return `${JSON.stringify({ command: 'migrations check', version, findings: findings.map(plain), accepted: accepted.map(plain), locks, judged: { files, statements } }, undefined, 2)}\n`;
}

function sarifRules(): SarifRule[] {
  return MIGRATION_RULES.map((rule) => ({
    id: rule.id, title: rule.title, why: rule.why, help: sqlRuleText(rule), level: sarifLevelOf(rule.severity),
  }));
}

function sarifResultOf({ ruleId, severity, message, fix, source, position, subject, accepted }: SqlFinding): SarifResult {
  return { ruleId, level: sarifLevelOf(severity), message: `${message}; ${fix}`, source, position, subject, suppressed: accepted?.reason };
}
