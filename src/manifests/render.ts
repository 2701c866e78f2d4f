import { renderConfigMap } from './config-map';
import { renderEngine } from './engines/render-engine';
import type { Rendered } from './manifest';
import { renderMigrations } from './migrations/jobs';
import { renderMonitoring } from './monitoring/render-monitoring';
import { renderNetworkPolicy } from './network-policy';
import { renderServiceAccount } from './service-account';
import type { Planned } from '../plan/planned-service';

/**
 * Renders every object of a service, in the order in which they are to be applied.
 *
 * What leads to the pods stands before them: a readiness gate is only injected into a pod whose Service and Ingress
 * are already there, and a VirtualService must not name a subset before its DestinationRule exists.
 */
export function renderService(planned: Planned): Rendered[] {
  const { traffic, budgets, workloads, autoscalers } = renderEngine(planned);
  return [...renderFoundations(planned), ...traffic, ...budgets, ...workloads, ...autoscalers, ...renderMonitoring(planned)];
}

/** Renders what pods need before they can start, and who may connect to them. */
export function renderFoundations(planned: Planned): Rendered[] {
  const { spec } = planned;
  const rendered: Rendered[] = [];
  if (spec.pod.serviceAccount.existingName === undefined) {
    rendered.push({ id: 'service-account', manifest: renderServiceAccount(planned) });
  }
  for (const configMap of planned.configMaps) {
    const id = configMap.localName === undefined ? 'config' : `config-${configMap.localName}`;
    rendered.push({ id, manifest: renderConfigMap(planned, configMap) });
  }
  if (spec.allowFrom) {
    rendered.push({ id: 'network-policy', manifest: renderNetworkPolicy(planned, spec.allowFrom) });
  }
  return [...rendered, ...renderMigrations(planned)];
}
