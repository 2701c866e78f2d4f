import { renderDashboard } from './dashboard';
import type { PlannedMonitoring } from '../../plan/monitoring/planned-monitoring';
import type { Planned } from '../../plan/planned-service';
import { type Manifest, metadataOf } from '../manifest';

/** The label by which the sidecar of Grafana's Helm chart finds dashboards, and its value there. */
const DASHBOARD_LABEL = { grafana_dashboard: '1' };

/** Renders the dashboard for Grafana's sidecar. */
export function renderDashboardConfigMap(planned: Planned, monitoring: PlannedMonitoring): Manifest {
  const name = `${planned.spec.name}-release-dashboard`;
  const metadata = metadataOf(planned, {}, { name });
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, labels: { ...metadata.labels, ...DASHBOARD_LABEL } },
    data: { [`${fileOf(planned)}.json`]: JSON.stringify(renderDashboard(planned, monitoring), null, 2) },
  };
}

/** The sidecar writes the files of all namespaces into one folder. */
function fileOf({ spec }: Planned): string {
  return spec.namespace === undefined ? `${spec.name}-release` : `${spec.namespace}-${spec.name}-release`;
}
