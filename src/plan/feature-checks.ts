import type { Context } from './context';
import { FEATURE_SINCE } from '../spec/kubernetes-features';
import { quoted } from '../spec/values';

/** Notes what the declaration asks of a Kubernetes that does not have it. Paths check what is theirs. */
export function checkFeatures({ spec, ledger }: Context): void {
  const { minor } = spec.kubernetes;
  if (minor < FEATURE_SINCE.sleepAction && !spec.hasShell) {
    ledger.problem(`hasShell false needs kubernetesVersion 1.${FEATURE_SINCE.sleepAction} or later, not ${spec.kubernetes}: `
      + 'before it the preStop hook runs the image\'s own sleep');
  }
  for (const { env } of [spec.container, ...spec.initContainers, ...spec.sidecars]) {
    for (const [name, { _source }] of Object.entries(env)) {
      if (minor < FEATURE_SINCE.hostIPs && _source.kind === 'field' && _source.path === 'status.hostIPs') {
        ledger.problem(`env ${quoted(name)} needs kubernetesVersion 1.${FEATURE_SINCE.hostIPs} or later for the field status.hostIPs, not ${spec.kubernetes}`);
      }
    }
  }
}
