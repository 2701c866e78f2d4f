import type { Container } from './container';
import { containersWithPort, runningContainersOf } from './pod-template';
import type { Relations } from './relations';
import type { Workload } from './workload';

/** Ports that are scraped: a scrape that is lost is no user's request. */
const METRICS = /metrics|prometheus|monitoring/;

/**
 * The containers of a workload that requests reach: those that declare a port which some Service targets. A declared port is
 * information only, so where none is declared it may be any container but known proxies.
 */
export function servingContainersOf(relations: Relations, workload: Workload): readonly Container[] {
  const ports = relations.servicesOf(workload).flatMap((service) => service.ports);
  const forUsers = ports.filter(({ name }) => name === undefined || !METRICS.test(name));
  const targets = (forUsers.length > 0 ? forUsers : ports).map(({ targetPort }) => targetPort);
  const declaring = new Set(targets.flatMap((target) => containersWithPort(workload.template, target)));
  const serving = runningContainersOf(workload.template).filter((container) => declaring.has(container));
  return serving.length > 0 ? serving : mainContainersOf(workload);
}

const PROXIES = /^(?:istio-proxy|linkerd-proxy|envoy|cloud-?sql-proxy|vault-agent|.*-exporter|fluent-?bit|fluentd|.*-agent|.*-sidecar)$/;

function mainContainersOf({ template }: Workload): readonly Container[] {
  const others = template.containers.filter(({ name }) => !PROXIES.test(name));
  return others.length > 0 ? others.slice(0, 1) : template.containers.slice(0, 1);
}

/** Whether any request reaches the workload's pods by way of a Service. */
export function isRouted(relations: Relations, workload: Workload): boolean {
  return relations.servicesOf(workload).length > 0;
}
