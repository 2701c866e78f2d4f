import { markdownTable } from './markdown-table';
import { legalities, type Legality } from '../src/plan/rollout/legality';
import { ENGINE_NAMES, type Refusal, type Verdict, WAYS } from '../src/plan/rollout/verdict';

/** Which engine can do which release through which way in, with the reasons why not: from the tables by which the planner refuses. */
export function legalityMatrix(): string {
  const reasons: Refusal[] = [];
  const engines = [...new Set(legalities().map(({ engine }) => engine))];
  const tables = engines.map((engine) => {
    const rows = legalities().filter((legality) => legality.engine === engine).map((legality) => rowOf(legality, reasons));
    return `### \`${ENGINE_NAMES[engine]}\`\n\n${markdownTable(['release', ...WAYS.map(titleOf)], rows)}`;
  });
  return [...tables, '### Why not', reasons.map(reasonLine).join('\n')].join('\n\n');
}

function rowOf({ strategy, feature, verdicts }: Legality, reasons: Refusal[]): string[] {
  const cells = WAYS.map((way) => {
    const known = verdicts.find(([of]) => of === way);
    return known ? cellOf(known[1], reasons) : '';
  });
  return [feature === undefined ? `**\`${strategy}\`**` : `\`${strategy}\` with \`${feature}\``, ...cells];
}

/** A yes, or the number of the reason. The same reason has the same number everywhere. */
function cellOf(verdict: Verdict, reasons: Refusal[]): string {
  if (!verdict) {
    return 'yes';
  }
  const known = reasons.findIndex((reason) => JSON.stringify(reason) === JSON.stringify(verdict));
  return `no (${known >= 0 ? known + 1 : reasons.push(verdict)})`;
}

function reasonLine({ because, instead, source }: Refusal, index: number): string {
  return `${index + 1}. ${because[0].toUpperCase()}${because.slice(1)}; ${instead}. Source: ${source}.`;
}

function titleOf(way: string): string {
  return way === 'clusterInternal' ? '`clusterInternal` alone' : `\`${way}\``;
}
