import { propagationKey } from '../../assumptions/known-assumptions';
import { labelsOf, objectText } from '../../cluster/identity';
import {
  DEFAULT_ALB_IDLE_TIMEOUT_SECONDS, DEFAULT_DEREGISTRATION_DELAY_SECONDS, GATE_LABEL, GATE_PREFIX, loadBalancerAttribute, secondsIn,
  targetGroupAttributeOf,
} from '../../cluster/target-group';
import type { ClusterWayIn, PathName } from '../../cluster/ways-in';
import type { WayIn } from '../workload-model';
import { wordOf, type Supposition } from './alternatives';
import type { Subject } from './subject';

/** Ways on which clients themselves hold connections to a pod; everybody else stands in between and lets go. */
const HELD_BY_CLIENTS: ReadonlySet<PathName> = new Set(['clusterInternal', 'headless', 'networkLoadBalancer']);
/** kube-proxy falls back to pods that are ending since this minor version (ProxyTerminatingEndpoints, on by default from 1.26). */
const FALLS_BACK_SINCE = 26;

/** The model of one way in. */
export function wayInModelOf(subject: Subject, way: ClusterWayIn, supposed: Supposition): WayIn {
  const { assumptions, kubernetesMinor } = subject;
  const byKubeProxy = way.path === 'clusterInternal' || way.targetType === 'instance';
  const hasTargets = way.targetType === 'ip';
  const propagation = assumptions.numberOf(propagationKey(boundingPath(way)));
  return {
    path: way.path,
    through: objectText(way.through),
    detach: { atLeast: 0, atMost: propagation },
    attach: { atLeast: 0, atMost: propagation },
    inOrder: !hasTargets,
    fallsBackToTerminating: byKubeProxy && kubernetesMinor >= FALLS_BACK_SINCE,
    routesUnready: way.service.publishNotReadyAddresses,
    readinessGate: hasTargets && (saysGated(subject) ?? wordOf(assumptions, supposed, 'readiness-gates') === 'injected'),
    keptBy: HELD_BY_CLIENTS.has(way.path) || byKubeProxy ? 'client' : 'none',
    cutsAfterSeconds: cutsAfter(way),
    idleTimeoutSeconds: way.path === 'awsLoadBalancer'
      ? secondsIn(loadBalancerAttribute(way, 'idle_timeout.timeout_seconds').value) ?? DEFAULT_ALB_IDLE_TIMEOUT_SECONDS
      : undefined,
  };
}

/** A Network Load Balancer leaves connections alone after the delay, unless it is told to end them. */
function cutsAfter(way: ClusterWayIn): number | undefined {
  const ends = way.path !== 'networkLoadBalancer' || targetGroupAttributeOf(way, 'deregistration_delay.connection_termination.enabled').value === 'true';
  return way.targetType === 'ip' && ends
    ? secondsIn(targetGroupAttributeOf(way, 'deregistration_delay.timeout_seconds').value) ?? DEFAULT_DEREGISTRATION_DELAY_SECONDS
    : undefined;
}

/** By way of every node a load balancer of AWS never learns of pods: kube-proxy does, unless each node takes its own pods alone. */
function boundingPath({ path, targetType, service }: ClusterWayIn): PathName {
  return targetType === 'instance' && service.externalTrafficPolicy === 'Cluster' ? 'clusterInternal' : path;
}

/** Whether the pods have the gates of a load balancer of AWS; nothing where their namespace is not among the objects. */
export function saysGated({ workload, relations }: Pick<Subject, 'workload' | 'relations'>): boolean | undefined {
  const namespace = relations.cluster.find('Namespace', '', workload.namespace);
  const hasGate = workload.template.readinessGates.some((gate) => gate.startsWith(GATE_PREFIX));
  return hasGate || (namespace && labelsOf(namespace).get(GATE_LABEL) === 'enabled');
}
