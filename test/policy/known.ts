import { urnOf, type Resource } from './engine';
import { received } from './sdk';
import { judgeCluster } from '../../src/policy/judge-cluster';
import { policySettingsOf, type GivenPolicySettings } from '../../src/policy/policy-settings';
import { tryReadResource, type SeenResource } from '../../src/policy/resource-reading';
import type { Told } from '../../src/policy/told';

/** What is told of resources of one cluster, without the SDK's server. */
export function toldOf(resources: readonly Resource[], given: GivenPolicySettings = {}): readonly Told[] {
  const read = policySettingsOf(given);
  if ('problems' in read) {
    throw new Error(read.problems.join('\n'));
  }
  const readings = resources.map((resource) => tryReadResource(seen(resource), 'marked'));
  return judgeCluster(readings.flatMap((reading) => reading?.objects ?? []), read.settings).told;
}

function seen(resource: Resource): SeenResource {
  return { type: resource.type, name: resource.name, urn: urnOf(resource), props: received(resource.props) };
}
