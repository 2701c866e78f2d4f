import { propagationKey } from '../../assumptions/known-assumptions';
import { labelsOf, objectText } from '../../cluster/identity';
import {
  DEFAULT_ALB_IDLE_TIMEOUT_SECONDS, DEFAULT_DEREGISTRATION_DELAY_SECONDS, loadBalancerAttribute, secondsOfAttribute, targetGroupAttribute,
} from '../../cluster/target-group';
import type { ClusterWayIn, PathName } from '../../cluster/ways-in';
import type { WayIn } from '../workload-model';
import type { Subject } from './subject';

/** Ways on which clients themselves hold connections to a pod; everybody else stands in between and lets go. */
const HELD_BY_CLIENTS: ReadonlySet<PathName> = new Set(['clusterInternal', 'headless', 'networkLoadBalancer']);
/** kube-proxy falls back to pods that are ending since this minor version (ProxyTerminatingEndpoints, on by default from 1.26). */
const FALLS_BACK_SINCE = 26;
const GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';
const GATE_PREFIX = 'target-health.elbv2.k8s.aws/';

/** The model of one way in. */
export function wayInModelOf(subject: Subject, way: ClusterWayIn): WayIn {
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
    readinessGate: hasTargets && isGated(subject, way),
    keptBy: HELD_BY_CLIENTS.has(way.path) || byKubeProxy ? 'client' : 'none',
    cutsAfterSeconds: hasTargets
      ? secondsOfAttribute(targetGroupAttribute(way, 'deregistration_delay.timeout_seconds'), DEFAULT_DEREGISTRATION_DELAY_SECONDS)
      : undefined,
    idleTimeoutSeconds: way.path === 'awsLoadBalancer'
      ? secondsOfAttribute(loadBalancerAttribute(way, 'idle_timeout.timeout_seconds'), DEFAULT_ALB_IDLE_TIMEOUT_SECONDS)
      : undefined,
  };
}

/** By way of every node a load balancer of AWS never learns of pods: kube-proxy does, unless each node takes its own pods alone. */
function boundingPath({ path, targetType, service }: ClusterWayIn): PathName {
  return targetType === 'instance' && service.externalTrafficPolicy === 'Cluster' ? 'clusterInternal' : path;
}

function isGated({ workload, relations }: Subject, { path }: ClusterWayIn): boolean {
  const namespace = relations.cluster.find('Namespace', '', workload.namespace);
  const isInjected = namespace !== undefined && labelsOf(namespace).get(GATE_LABEL) === 'enabled';
  return path === 'awsLoadBalancer' || path === 'networkLoadBalancer'
    ? isInjected || workload.template.readinessGates.some((gate) => gate.startsWith(GATE_PREFIX))
    : false;
}
