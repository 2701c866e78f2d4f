import type { SwitchSpec } from './plan-switch';
import { routersOf } from './routers';
import type { ServiceSpec } from '../../spec/service-spec';
import type { Ledger } from '../ledger';

/** Notes what a release asks of the program and of the cluster. */
export function requireOfRollout(service: ServiceSpec, rollout: SwitchSpec, ledger: Ledger): void {
  const routers = routersOf(service);
  ledger.require('program', 'the old and the new version work side by side, on the same data, for as long as a release goes on');
  switch (rollout.engine.kind) {
    case 'argoRollouts':
      ledger.require('cluster', 'Argo Rollouts is 1.6 or later');
      ledger.require('cluster', 'an alert tells of a Rollout that neither advances nor aborts: '
        + 'progressDeadlineAbort may not fire where a route cannot be written (argo-rollouts issue 4626)');
      if (routers.some((router) => router === 'httpRoute' || router === 'grpcRoute')) {
        ledger.require('cluster', 'Argo Rollouts has its plugin argoproj-labs/gatewayAPI, 0.8 or later');
      }
      break;
    case 'flagger':
      ledger.require('cluster', 'Flagger is 1.44 or later');
      break;
    case 'native':
      ledger.require('cluster', 'a pipeline applies the steps of a release in their order, and one release at a time');
      break;
  }
  if (rollout.kind === 'canary' && rollout.mirrorPercent !== undefined) {
    ledger.require('program', 'every request may be executed twice: the new version gets copies of them');
  }
  if (rollout.kind !== 'blueGreen' && rollout.engine.kind !== 'flagger' && routers.length > 0) {
    ledger.require('cluster', 'who calls the service past the ways in that split its traffic, such as from outside the mesh, '
      + 'is content to reach the new version by its share of the pods');
  }
}
