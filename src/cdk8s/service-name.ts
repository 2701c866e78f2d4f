import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** Ids that constructs carry for their parent's sake, by convention of the constructs library. */
const HIDDEN_IDS = new Set(['Default', 'Resource']);

/**
 * The name that a construct gives its service: its ids below the chart, which people read in DNS names and dashboards, or
 * the chart's own id where those are hidden.
 */
export function serviceNameOf(construct: Construct): string {
  const chart = Chart.of(construct);
  const ids = construct.node.scopes.slice(chart.node.scopes.length).map((scope) => scope.node.id);
  return ids.filter((id) => !HIDDEN_IDS.has(id)).join('-') || chart.node.id;
}
