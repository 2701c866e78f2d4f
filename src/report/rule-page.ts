import type { Rule } from '../checks/rule';

/** A rule as a page of the documentation. */
export function rulePage(rule: Rule): string {
  return [
    `# ${rule.id}`,
    '',
    `**${rule.severity}** · ${rule.title}`,
    '',
    rule.why,
    '',
    ...rule.inequality === undefined ? [] : [`> ${rule.inequality}`, ''],
    'Fails:',
    '',
    '```yaml',
    rule.failing.trim(),
    '```',
    '',
    'Passes:',
    '',
    '```yaml',
    rule.passing.trim(),
    '```',
    '',
    'Known from:',
    '',
    ...rule.sources.map((source) => `- ${/^https?:/.test(source) ? `<${source}>` : source}`),
    '',
  ].join('\n');
}

/** The list of all rules, with what each demands. */
export function ruleIndex(rules: readonly Rule[]): string {
  return [
    '# Rules',
    '',
    '`error`: requests are lost, or a release or a node drain cannot proceed. `warning`: capacity or a safety net is missing.',
    '`info`: worth knowing, reported with `--severity info`.',
    '',
    '| rule | severity | what must hold |',
    '|---|---|---|',
    ...rules.map(({ id, severity, title }) => `| [${id}](rules/${id}.md) | ${severity} | ${title.replace(/\|/g, '\\|')} |`),
    '',
  ].join('\n');
}
