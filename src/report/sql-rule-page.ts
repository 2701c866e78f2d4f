import type { MigrationRule } from '../migrations/rules/rule';

/** A rule for migrations as a page of the documentation. */
export function sqlRulePage(rule: MigrationRule): string {
  return [
    `# ${rule.id}`,
    '',
    `**${rule.severity}** · phase: ${rule.phase} · ${rule.title}`,
    '',
    rule.why,
    '',
    ...sentBy('next version', rule.next),
    ...sentBy('version before the running one', rule.previous),
    'Fails:',
    '',
    '```sql',
    rule.bad,
    '```',
    '',
    'Passes:',
    '',
    '```sql',
    rule.good,
    '```',
    '',
    'Known from:',
    '',
    ...rule.sources.map((source) => `- <${source}>`),
    '',
  ].join('\n');
}

function sentBy(version: string, sql: string | undefined): readonly string[] {
  return sql === undefined ? [] : [`What the ${version} sends:`, '', '```sql', sql, '```', ''];
}

/** The list of all rules for migrations. */
export function sqlRuleIndex(rules: readonly MigrationRule[]): string {
  return [
    '# Rules for migrations',
    '',
    '`error`: a version that runs fails, or waits as long as a table is large. `warning`: it may, or a safety net is missing.',
    '`info`: worth knowing, reported with `--severity info`. The phase says when of a change the statement belongs.',
    '',
    '| rule | severity | phase | what must hold |',
    '|---|---|---|---|',
    ...rules.map(({ id, severity, phase, title }) => `| [${id}](migrations/rules/${id}.md) | ${severity} | ${phase} | ${title} |`),
    '',
  ].join('\n');
}

/** A rule for migrations explained to people at a terminal. */
export function sqlRuleText(rule: MigrationRule): string {
  const indented = (text: string) => text.split('\n').map((line) => `  ${line}`).join('\n');
  return [
    `${rule.id} (${rule.severity}, phase: ${rule.phase})`, '', rule.title, '', rule.why, '', 'known from:', ...rule.sources.map((source) => `  ${source}`), '',
    'fails:', indented(rule.bad), '', 'passes:', indented(rule.good), '',
    `accept it with --ignore '${rule.id}=REASON', or with the comment -- zero-downtime/accepted.${rule.id}: REASON before the statement`, '',
  ].join('\n');
}
