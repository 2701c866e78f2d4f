import { annotationsOf } from '../../cluster/identity';
import type { Service } from '../../cluster/service';
import type { Workload } from '../../cluster/workload';
import type { Violation } from '../finding';
import type { Rule, RuleContext } from '../rule';
import { shutdownOf } from '../shutdown';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { workloadsBehind } from './pods-behind';
import { secondsIn } from '../../cluster/target-group';
import { NLB_PREFIX } from '../../cluster/target-type';

const LOCAL = `${PAYMENTS_SERVICE.replace('{ name: payments }', `{ name: payments, annotations: { ${NLB_PREFIX}type: external } }`)}  type: LoadBalancer
  externalTrafficPolicy: Local
`;

/** Behind externalTrafficPolicy Local, pods go on accepting until the load balancer has left their node. */
export const EXTERNAL_TRAFFIC_LOCAL: Rule = {
  id: 'external-traffic-local',
  severity: 'warning',
  title: 'Pods behind externalTrafficPolicy Local serve until the load balancer has noticed that their node has no other.',
  why: 'With externalTrafficPolicy Local, a node hands what comes from outside to its own pods or drops it. When its last pod terminates, the load '
    + 'balancer learns so from health checks alone, after interval × unhealthy threshold, and sends on until then. Since Kubernetes 1.28 the node '
    + 'falls back to the terminating pod, as long as its preStop hook keeps it accepting; before, everything is dropped.',
  inequality: 'preStop ≥ health check interval × unhealthy threshold',
  sources: ['https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-to-terminating-endpoints',
    'https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_builder.go'],
  failing: `${paymentsPods(10)}---${LOCAL}`,
  passing: `${paymentsPods(180)}---${LOCAL}`,
  check: (context) => context.cluster.services.filter((service) => isLocal(service)).flatMap((service) =>
    workloadsBehind(context, service).flatMap((workload) => violationsOf(context, service, workload))),
};

/** Load balancers that know pods by their addresses pass by the nodes' own rules. */
function isLocal(service: Service): boolean {
  const annotations = annotationsOf(service);
  const isByAddress = annotations.get(`${NLB_PREFIX}nlb-target-type`) === 'ip' || annotations.get(`${NLB_PREFIX}type`) === 'nlb-ip';
  return service.externalTrafficPolicy === 'Local' && (service.type === 'LoadBalancer' || service.type === 'NodePort') && !isByAddress;
}

function violationsOf({ relations, assumptionsOf, kubernetesMinor }: RuleContext, service: Service, workload: Workload): readonly Violation[] {
  const field = service.field.get('spec', 'externalTrafficPolicy');
  const pods = `${workload.kind} ${workload.name}`;
  if (kubernetesMinor < 28) {
    return [{
      object: service,
      field,
      message: `Kubernetes 1.${kubernetesMinor} drops what comes to a node while its last pod of ${pods} terminates`,
      actual: `1.${kubernetesMinor}`,
      required: '≥ 1.28',
      fix: 'set externalTrafficPolicy to Cluster until the cluster runs Kubernetes 1.28',
    }];
  }
  const { preStopSeconds } = shutdownOf(relations, workload, assumptionsOf(workload));
  const needed = noticedAfterSeconds(service);
  const isEnough = preStopSeconds === undefined || (needed === undefined ? preStopSeconds > 0 : preStopSeconds >= needed);
  return isEnough ? [] : [{
    object: service,
    field,
    message: `pods of ${pods} stop accepting ${preStopSeconds} s after their deletion, and the load balancer sends to their node `
      + `${needed === undefined ? 'until its health checks have failed' : `for up to ${needed} s`}`,
    actual: `preStop ${preStopSeconds} s`,
    required: needed === undefined ? '> 0 s' : `≥ ${needed} s`,
    fix: `give the container a preStop sleep of ${needed ?? 'the load balancer\'s health check interval × unhealthy threshold'}`
      + `${needed === undefined ? '' : ' seconds'}, or set externalTrafficPolicy to Cluster`,
  }];
}

/** AWS' controller checks nodes every 10 s and gives up after 2 failures, by default; of other load balancers nothing is known. */
function noticedAfterSeconds(service: Service): number | undefined {
  const annotations = annotationsOf(service);
  const isKnown = annotations.get(`${NLB_PREFIX}type`) === 'external'
    || service.field.get('spec', 'loadBalancerClass').string() === 'service.k8s.aws/nlb';
  const interval = secondsIn(annotations.get(`${NLB_PREFIX}healthcheck-interval`)) ?? 10;
  return isKnown ? interval * (secondsIn(annotations.get(`${NLB_PREFIX}healthcheck-unhealthy-threshold`)) ?? 2) : undefined;
}
