import type { Ledger } from '../ledger';

/** The manifest of a Deployment that something else scales has no replicas: whoever applied some before takes them away. */
export function requireOfReplicas(name: string, ledger: Ledger): void {
  ledger.require('cluster', `where a Deployment ${name} serves already, .spec.replicas is taken out of what was last applied to it (kubectl apply edit-last-applied) `
    + 'before the first apply, which would take it away, and Kubernetes would set it to 1');
  ledger.require('cluster', `with Argo CD, the Application ignores differences of .spec.replicas of Deployment ${name} and has the sync option `
    + 'RespectIgnoreDifferences=true, or a sync sets them back');
}
