import type { SwitchSpec } from './plan-switch';
import { requireOfReplicas } from './replicas-requirements';
import { routersOf } from './routers';
import type { ArgoRolloutsSpec } from '../../spec/rollout/rollout-engine';
import type { ServiceSpec } from '../../spec/service-spec';
import type { TrafficSpec } from '../../spec/traffic/traffic';
import { quoted } from '../../spec/values';
import type { Ledger } from '../ledger';

/** Notes what a release by Argo Rollouts asks of the program and of the cluster. */
export function requireOfArgoRollouts(service: ServiceSpec, rollout: SwitchSpec, engine: ArgoRolloutsSpec, ledger: Ledger): void {
  const routers = routersOf(service);
  // Argo Rollouts scales a Deployment down by itself since 1.7.
  ledger.require('cluster', `Argo Rollouts is ${engine.takeOver === undefined ? '1.6' : '1.7'} or later`);
  ledger.require('cluster', 'an alert tells of a Rollout that neither advances nor aborts: '
    + 'progressDeadlineAbort may not fire where a route cannot be written (argo-rollouts issue 4626)');
  if (routers.some((router) => router === 'httpRoute' || router === 'grpcRoute')) {
    ledger.require('cluster', 'Argo Rollouts has its plugin argoproj-labs/gatewayAPI, 0.8 or later');
  }
  requireOfDeployment(service, engine, ledger);
  if (rollout.kind !== 'blueGreen') {
    service.traffic.forEach((way) => requireOfClass(way, ledger));
    requireOfManagedRoutes(service, rollout, ledger);
    requireOfApprovals(service, rollout, ledger);
  }
}

/** A Deployment that serves must serve until the Rollout's pods do. */
function requireOfDeployment({ name }: ServiceSpec, { takeOver }: ArgoRolloutsSpec, ledger: Ledger): void {
  if (takeOver === undefined) {
    ledger.require('cluster', `where a Deployment ${name} serves already, nothing deletes it before the Rollout is healthy, such as a tool that prunes what is no `
      + 'longer among the manifests');
    return;
  }
  requireOfReplicas(name, ledger);
}

/** The Ingresses that Argo Rollouts looks at, unless its controller is told of others. */
const CLASSES = { awsLoadBalancer: ['alb', '--alb-ingress-classes'], ingressNginx: ['nginx', '--nginx-ingress-classes'] } as const;

function requireOfClass(way: TrafficSpec, ledger: Ledger): void {
  if (way.kind !== 'awsLoadBalancer' && way.kind !== 'ingressNginx') {
    return;
  }
  const { ingressClassName } = way.options;
  const [known, flag] = CLASSES[way.kind];
  if (ingressClassName !== undefined && ingressClassName !== known) {
    ledger.require('cluster', `the controller of Argo Rollouts runs with ${flag} ${quoted(ingressClassName)}, or it takes no notice of the Ingress`);
  }
}

/** What was approved of goes on; the rule for a header may not. */
function requireOfApprovals(service: ServiceSpec, rollout: Exclude<SwitchSpec, { kind: 'blueGreen' }>, ledger: Ledger): void {
  if (rollout.kind === 'canary' && rollout.header && rollout.approvalAt.length > 0 && routersOf(service).includes('awsLoadBalancer')) {
    ledger.require('cluster', `nobody relies on the header ${rollout.header.name} once a release has been approved of: its rule may disappear from the load balancer `
      + 'when the release goes on after a pause (argo-rollouts issue 4486, open), and requests with it are then drawn like all others');
  }
}

/** The routes that Argo Rollouts adds have a match and a destination, and nothing of ours. */
function requireOfManagedRoutes(service: ServiceSpec, rollout: Exclude<SwitchSpec, { kind: 'blueGreen' }>, ledger: Ledger): void {
  const isMirrored = rollout.kind === 'canary' && rollout.mirrorPercent !== undefined;
  if (!routersOf(service).includes('istio') || !(rollout.header || isMirrored)) {
    return;
  }
  const matched = [...rollout.header ? [`requests with the header ${rollout.header.name}`] : [], ...isMirrored ? ['all requests while the new version gets copies'] : []];
  ledger.require('program', `${matched.join(', and ')} may take longer than the timeout of Traffic.istio, and may be executed more than once: `
    + 'the routes that Argo Rollouts adds for them have neither its timeout nor its retries (argo-rollouts issue 3155), but the mesh\'s default retries, '
    + 'which meshConfig.defaultHttpRetryPolicy decides');
}
