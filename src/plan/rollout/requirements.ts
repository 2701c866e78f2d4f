import { requireOfArgoRollouts } from './argo-rollouts-requirements';
import type { SwitchSpec } from './plan-switch';
import { requireOfReplicas } from './replicas-requirements';
import { routersOf } from './routers';
import type { ServiceSpec } from '../../spec/service-spec';
import type { Ledger } from '../ledger';

/** Notes what a release asks of the program and of the cluster. */
export function requireOfRollout(service: ServiceSpec, rollout: SwitchSpec, ledger: Ledger): void {
  ledger.require('program', 'the old and the new version work side by side, on the same data, for as long as a release goes on');
  switch (rollout.engine.kind) {
    case 'argoRollouts': requireOfArgoRollouts(service, rollout, rollout.engine, ledger); break;
    case 'flagger': requireOfFlagger(service, ledger); break;
    case 'native': ledger.require('cluster', 'a pipeline applies the steps of a release in their order, and one release at a time'); break;
  }
  if (rollout.kind === 'canary') {
    requireOfCopies(rollout, ledger);
  }
  if (rollout.kind === 'blueGreen' && rollout.previewAnalysis && rollout.engine.kind !== 'flagger') {
    // Under Flagger a load test is asked for in the declaration itself.
    ledger.require('cluster', `a test or a load sends requests to Service ${service.name}-preview while previewAnalysis measures: nothing else does, `
      + 'and without them it ends inconclusive');
  }
  if (rollout.kind !== 'blueGreen' && rollout.engine.kind !== 'flagger' && routersOf(service).length > 0) {
    ledger.require('cluster', 'who calls the service past the ways in that split its traffic, such as from outside the mesh, '
      + 'is content to reach the new version by its share of the pods');
  }
  if (routersOf(service).includes('awsLoadBalancer') && rollout.engine.kind !== 'flagger') {
    ledger.require('cluster', `where Service ${service.name} was the load balancer's target before, the first release of this kind is made behind another Ingress `
      + 'and the hosts\' records are moved to it: the controller deletes the old target group as soon as the Ingress names others, whose pods are not registered yet');
  }
}

function requireOfCopies({ steps, header, mirrorPercent }: Extract<SwitchSpec, { kind: 'canary' }>, ledger: Ledger): void {
  if (mirrorPercent !== undefined) {
    ledger.require('program', 'every request may be executed twice: the new version gets copies of them');
  }
  if (header !== undefined) {
    ledger.require('cluster', `requests with the header ${header.name} and the first share are together no more than ${steps[0]}% of all: `
      + 'the new version\'s pods are counted for that');
  }
}

function requireOfFlagger({ name, replicas }: ServiceSpec, ledger: Ledger): void {
  ledger.require('cluster', 'Flagger is 1.44 or later');
  requireOfReplicas(name, ledger);
  if (replicas._scaler?.kind === 'scaledObject') {
    ledger.require('cluster', `nobody makes the Canary ${name} or the ScaledObject ${name}-primary anew while ScaledObject ${name} is paused: `
      + 'Flagger copies the pause, and the pods that serve are scaled to 0 (flagger issue 1934)');
  }
}
