import type { Cluster } from './cluster';
import type { GatewayRoute } from './gateway-route';
import { backendsOf, type Ingress } from './ingress';
import { serviceOfHost, type VirtualService } from './istio';

/** The objects that send requests to one Service, in the order in which they were read. */
export interface Routes {
  readonly ingresses: readonly Ingress[];
  readonly gatewayRoutes: readonly GatewayRoute[];
  readonly virtualServices: readonly VirtualService[];
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Reads what every object routes to once, so that a Service finds its routes without going through all of them. */
export function routesOf(cluster: Cluster): (service: Named) => Routes {
  const ingresses = byService(cluster.ingresses, (ingress) => backendsOf(ingress).map(named));
  const gatewayRoutes = byService(cluster.gatewayRoutes, ({ rules }) => rules.flatMap(({ backends }) => backends.map(named)));
  const virtualServices = byService(cluster.virtualServices, ({ namespace, routes }) =>
    routes.flatMap(({ destinations }) => destinations.flatMap(({ host }) => serviceOfHost(host, namespace) ?? [])));
  return (service) => ({
    ingresses: ingresses.get(keyOf(service)) ?? [],
    gatewayRoutes: gatewayRoutes.get(keyOf(service)) ?? [],
    virtualServices: virtualServices.get(keyOf(service)) ?? [],
  });
}

function named({ namespace, service }: { namespace: string; service: string }): Named {
  return { namespace, name: service };
}

function byService<T>(routes: readonly T[], targetsOf: (route: T) => readonly Named[]): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const route of routes) {
    for (const key of new Set(targetsOf(route).map(keyOf))) {
      const list = lists.get(key);
      if (list) {
        list.push(route);
      } else {
        lists.set(key, [route]);
      }
    }
  }
  return lists;
}

function keyOf({ namespace, name }: Named): string {
  return `${namespace}\u0000${name}`;
}
