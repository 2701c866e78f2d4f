import type { PlannedAlert, PlannedMonitoring } from '../../plan/monitoring/planned-monitoring';
import type { Planned } from '../../plan/planned-service';
import { type Manifest, metadataOf, withoutAbsent } from '../manifest';

/**
 * Renders the alerts for Prometheus Operator.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export function renderPrometheusRule(planned: Planned, monitoring: PlannedMonitoring): Manifest {
  const name = `${planned.spec.name}-release`;
  const metadata = metadataOf(planned, {}, { name });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { ...metadata, labels: { ...metadata.labels, ...monitoring.labels } },
    spec: { groups: [{ name, rules: monitoring.alerts.map((alert) => renderAlert(planned, monitoring, alert)) }] },
  };
}

function renderAlert({ spec }: Planned, { runbookUrl }: PlannedMonitoring, alert: PlannedAlert): object {
  const { name, severity, forSeconds, expr, summary, description } = alert;
  return {
    alert: name,
    expr,
    for: `${forSeconds}s`,
    labels: withoutAbsent({ severity, service: spec.name, namespace: spec.namespace }),
    annotations: withoutAbsent({ summary, description, runbook_url: runbookUrl === undefined ? undefined : `${runbookUrl}#${name.toLowerCase()}` }),
  };
}
