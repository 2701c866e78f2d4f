import { renderDashboardConfigMap } from './dashboard-config-map';
import { renderPrometheusRule } from './prometheus-rule';
import type { Planned } from '../../plan/planned-service';
import type { Rendered } from '../manifest';

/** Renders who is told of a release, and where it can be watched, where monitoring was declared. */
export function renderMonitoring(planned: Planned): Rendered[] {
  const { monitoring } = planned;
  return monitoring === undefined ? [] : [
    { id: 'release-alerts', manifest: renderPrometheusRule(planned, monitoring) },
    { id: 'release-dashboard', manifest: renderDashboardConfigMap(planned, monitoring) },
  ];
}
