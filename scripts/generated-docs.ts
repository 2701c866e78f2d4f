import { readFileSync } from 'fs';
import { join } from 'path';
import { analysisQueries } from './analysis-queries';
import { engineOutputs } from './engine-outputs';
import { legalityMatrix } from './legality-matrix';
import { markdownTable, withSection } from './markdown-table';
import { Assumptions } from '../src/assumptions/assumptions';
import { KNOWN_ASSUMPTIONS } from '../src/assumptions/known-assumptions';
import { contextOf } from '../src/checks/check-cluster';
import { RULES } from '../src/checks/rules';
import { clusterOf } from '../src/cluster/cluster';
import { MIGRATION_RULES } from '../src/migrations/rules/rules';
import { readText } from '../src/reading/read-text';
import { ruleIndex, rulePage } from '../src/report/rule-page';
import { sqlRuleIndex, sqlRulePage } from '../src/report/sql-rule-page';
import { timelineToSvg } from '../src/report/timeline-svg';
import { exampleTimeline } from '../src/verify/example-timeline';
import { verifyCluster } from '../src/verify/verify-cluster';
import { compareWithMeasurements, medianOf } from '../test/support/cluster-measurements';

const ROOT = join(__dirname, '..');

/** The parts of the documentation that are made from the sources, by path: what a test holds the files against. */
export function generatedDocs(): ReadonlyMap<string, string> {
  const verify = readFileSync(join(ROOT, 'docs/verify.md'), 'utf8');
  return new Map([
    ['docs/rules.md', ruleIndex(RULES)],
    ...RULES.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)] as const),
    ['docs/migrations-rules.md', sqlRuleIndex(MIGRATION_RULES)],
    ...MIGRATION_RULES.map((rule) => [`docs/migrations/rules/${rule.id}.md`, sqlRulePage(rule)] as const),
    ['docs/verify.md', withSection(withSection(verify, 'assumptions', assumptionTable()), 'measurements', measurementTable())],
    ['docs/releases.md', withSection(readFileSync(join(ROOT, 'docs/releases.md'), 'utf8'), 'legality', legalityMatrix())],
    ['docs/engines.md', withSection(readFileSync(join(ROOT, 'docs/engines.md'), 'utf8'), 'engines', engineOutputs())],
    ['docs/analysis.md', withSection(readFileSync(join(ROOT, 'docs/analysis.md'), 'utf8'), 'queries', analysisQueries())],
    ['docs/images/counterexample.svg', counterexampleSvg()],
  ]);
}

function assumptionTable(): string {
  return markdownTable(['key', 'default', 'meaning', 'where the default comes from'], KNOWN_ASSUMPTIONS.map(
    ({ key, default: value, unit, words, meaning, source }) => [
      `\`${key}\``,
      value === undefined ? 'none' : `${value}${unit === 's' ? ' s' : ''}`,
      `${meaning}${words ? `: \`${words.join('` or `')}\`` : ''}`,
      source ?? '',
    ]));
}

function measurementTable(): string {
  const told = (all: readonly number[]) => `${medianOf(all)} (${Math.min(...all)}–${Math.max(...all)})`;
  return markdownTable(
    ['release', 'new connections, cluster', 'simulated', 'kept connections, cluster', 'simulated'],
    compareWithMeasurements().map(({ row, configuration, newConnections, keptConnections, simulated }) => [
      `${row} ${configuration}`,
      told(newConnections),
      `${Math.round(simulated.newConnections.median)}`,
      told(keptConnections),
      `${Math.round(simulated.keptConnections.median)}`,
    ]));
}

function counterexampleSvg(): string {
  const file = 'examples/manifests/payments.yaml';
  const { objects } = readText(file, readFileSync(join(ROOT, file), 'utf8'));
  const context = contextOf(clusterOf(objects).cluster, { assumptions: new Assumptions(), kubernetesMinor: 30, ignores: [] });
  const timeline = exampleTimeline(verifyCluster(context), context);
  return timelineToSvg(timeline ?? { title: '', unit: 'seconds', lanes: [], events: [] });
}
