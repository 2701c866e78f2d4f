import type { Cluster } from '../../cluster/cluster';
import { groupOf, type ClusterObject } from '../../cluster/identity';
import { backendsOf } from '../../cluster/ingress';
import { serviceOfHost } from '../../cluster/istio';
import type { Service } from '../../cluster/service';

/** Groups whose objects make no pods and no Services. */
const QUIET_GROUPS = new Set(['', 'apps', 'batch', 'policy', 'autoscaling', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io',
  'extensions.istio.io', 'cert-manager.io', 'external-secrets.io', 'bitnami.com', 'keda.sh', 'flagger.app', 'elbv2.k8s.aws', 'gateway.k8s.aws',
  'split.smi-spec.io', 'specs.smi-spec.io', 'core.openfeature.dev', 'kyverno.io', 'cilium.io', 'crd.projectcalico.org', 'traefik.io', 'traefik.containo.us',
  'configuration.konghq.com', 'projectcontour.io', 'getambassador.io', 'apisix.apache.org', 'appmesh.k8s.aws', 'cloud.google.com', 'networking.gke.io']);

/** Kinds of other groups that make no pods and no Services either. */
const QUIET_KINDS = new Set(['Rollout', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'AppProject', 'ServiceMonitor', 'PodMonitor', 'PrometheusRule',
  'Probe', 'ScrapeConfig', 'AlertmanagerConfig']);

/**
 * Whether a Service that nothing read declares may be there all the same: an engine or an operator makes it, or it is kept in files that
 * were not read. A name that is wrong leaves a Service that no route names; where there is none, or no Service at all, it is elsewhere.
 */
export function mayExistUnread(cluster: Cluster, namespace: string, name: string): boolean {
  const services = cluster.services.filter((service) => service.namespace === namespace);
  return isMadeByFlagger(cluster, namespace, name) || holdsOperated(cluster, namespace)
    || services.every((service) => isRoutedTo(cluster, service));
}

/** Whether an Ingress or a route names a Service. */
export function isRoutedTo(cluster: Cluster, { namespace, name }: Service): boolean {
  const ofGateway = cluster.gatewayRoutes.flatMap(({ rules }) => rules.flatMap(({ backends }) => backends));
  const ofMesh = cluster.virtualServices.flatMap((virtualService) => virtualService.routes.flatMap(({ destinations }) => destinations
    .map(({ host }) => serviceOfHost(host, virtualService.namespace))));
  return [...cluster.ingresses.flatMap(backendsOf), ...ofGateway].some((backend) => backend.namespace === namespace && backend.service === name)
    || ofMesh.some((target) => target?.namespace === namespace && target.name === name);
}

/** Whether a namespace holds objects of kinds by which an operator may make pods and Services. */
export function holdsOperated(cluster: Cluster, namespace: string): boolean {
  return cluster.objects.some((object) => object.namespace === namespace && !isQuiet(object));
}

/** The Canary objects of a namespace. */
export function canariesIn(cluster: Cluster, namespace: string): readonly ClusterObject[] {
  return cluster.ofKind('Canary').filter((object) => object.namespace === namespace);
}

/** The names of the Services that Flagger makes for a Canary. */
export function servicesOfCanary({ field }: ClusterObject): readonly string[] {
  const name = field.get('spec', 'service', 'name').string() ?? field.get('spec', 'targetRef', 'name').string() ?? '';
  return [name, `${name}-primary`, `${name}-canary`];
}

function isMadeByFlagger(cluster: Cluster, namespace: string, name: string): boolean {
  return canariesIn(cluster, namespace).some((canary) => servicesOfCanary(canary).includes(name));
}

function isQuiet(object: ClusterObject): boolean {
  const group = groupOf(object);
  return QUIET_GROUPS.has(group) || group.endsWith('.k8s.io') || QUIET_KINDS.has(object.kind);
}
