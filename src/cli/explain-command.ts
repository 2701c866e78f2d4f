import { BadInput } from './bad-input';
import type { CommandIo } from './command-io';
import { ExitCode } from './exit-code';
import { KNOWN_ASSUMPTIONS, tryFindKnown, type KnownAssumption } from '../assumptions/known-assumptions';
import { RULES, tryFindRule } from '../checks/rules';
import { MIGRATION_RULES, tryFindMigrationRule } from '../migrations/rules/rules';
import { didYouMean } from '../reading/nearest';
import { quoted } from '../reading/quoted';
import { rulePage } from '../report/rule-page';
import { ruleText } from '../report/rule-text';
import { sqlRulePage, sqlRuleText } from '../report/sql-rule-page';

type ExplainFormat = 'text' | 'json' | 'markdown';

/** `zero-downtime explain`: a rule or an assumption, or the list of them. */
export function runExplain(name: string | undefined, format: ExplainFormat, io: CommandIo): ExitCode {
  io.out(name === undefined ? listText(format) : explanationOf(name, format));
  return ExitCode.OK;
}

function explanationOf(name: string, format: ExplainFormat): string {
  const rule = tryFindRule(name);
  if (rule) {
    const { check: _check, ...plain } = rule;
    return format === 'json' ? json(plain) : format === 'markdown' ? rulePage(rule) : ruleText(rule);
  }
  const migrationRule = tryFindMigrationRule(name);
  if (migrationRule) {
    const { check: _check, checkEnd: _checkEnd, ...plain } = migrationRule;
    return format === 'json' ? json(plain) : format === 'markdown' ? sqlRulePage(migrationRule) : sqlRuleText(migrationRule);
  }
  const known = tryFindKnown(name);
  if (known) {
    return format === 'json' ? json(known) : assumptionText(known);
  }
  const names = [...RULES.map(({ id }) => id), ...MIGRATION_RULES.map(({ id }) => id), ...KNOWN_ASSUMPTIONS.map(({ key }) => key)];
  throw BadInput.of('explain', `${quoted(name)} is no rule and no assumption${didYouMean(name, names, 'zero-downtime explain lists them')}`);
}

function listText(format: ExplainFormat): string {
  if (format === 'json') {
    return json({
      rules: RULES.map(({ id, severity, title }) => ({ id, severity, title })),
      migrationRules: MIGRATION_RULES.map(({ id, severity, phase, title }) => ({ id, severity, phase, title })),
      assumptions: KNOWN_ASSUMPTIONS,
    });
  }
  const width = Math.max(...[...RULES.map(({ id }) => id), ...KNOWN_ASSUMPTIONS.map(({ key }) => key)].map((text) => text.length));
  return [
    'Rules (explain RULE says more):',
    ...RULES.map(({ id, severity, title }) => `  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}`),
    '',
    'Rules for migrations (explain RULE says more):',
    ...MIGRATION_RULES.map(({ id, severity, title }) => `  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}`),
    '',
    'Assumptions (--assume KEY=VALUE, or the annotation zero-downtime/KEY):',
    ...KNOWN_ASSUMPTIONS.map(({ key, default: value, unit, meaning }) => `  ${key.padEnd(width)}  ${defaultText(value, unit).padEnd(12)}  ${meaning}`),
    '',
  ].join('\n');
}

function assumptionText({ key, meaning, unit, words, atLeast, default: value, source }: KnownAssumption): string {
  return [
    key,
    '',
    `  ${meaning}`,
    `  ${words ? words.join(' or ') : `a whole number from ${atLeast ?? 0}${unit === undefined ? '' : unit === 's' ? ', in seconds' : ` of ${unit}`}`}`,
    `  default: ${defaultText(value, unit)}${source === undefined ? '' : ` (${source})`}`,
    '',
  ].join('\n');
}

function defaultText(value: number | string | undefined, unit: string | undefined): string {
  return value === undefined ? 'none' : `${value}${unit === 's' ? ' s' : ''}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
