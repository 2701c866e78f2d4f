import { createHash } from 'crypto';
import { DATASOURCE, type Panel, placed } from './panel';
import { releasePanels } from './release-panels';
import { requestPanels } from './request-panels';
import type { PlannedMonitoring } from '../../plan/monitoring/planned-monitoring';
import type { Planned } from '../../plan/planned-service';

/** A dashboard of Grafana, of the fields that are used. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly [field: string]: unknown;
}

/** The version of the form that Grafana 9 and later read, and newer ones bring up to date themselves. */
const SCHEMA_VERSION = 36;

/**
 * Renders the dashboard: both versions beside each other, and what the engine makes of them.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function renderDashboard(planned: Planned, monitoring: PlannedMonitoring): Dashboard {
  const { name, namespace } = planned.spec;
  return {
    uid: dashboardUidOf(namespace, name),
    title: `Releases of ${name}${namespace === undefined ? '' : ` in ${namespace}`}`,
    tags: ['zero-downtime'],
    timezone: 'browser',
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    schemaVersion: SCHEMA_VERSION,
    time: { from: 'now-3h', to: 'now' },
    templating: { list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', hide: 0 }] },
    annotations: { list: [renderReleases(monitoring)] },
    panels: placed([...requestPanels(monitoring), ...releasePanels(planned)]),
  };
}

/** Grafana joins moments that follow each other into one region. */
function renderReleases({ releasing }: PlannedMonitoring): object {
  return {
    name: 'releases', datasource: DATASOURCE, enable: true, hide: false, iconColor: 'blue', expr: releasing, step: '60s', titleFormat: 'a release is going on',
  };
}

/** The same for the same service, and at most 40 characters long, as Grafana demands. */
export function dashboardUidOf(namespace: string | undefined, name: string): string {
  return createHash('sha256').update(JSON.stringify([namespace ?? '', name])).digest('hex').slice(0, 32);
}
