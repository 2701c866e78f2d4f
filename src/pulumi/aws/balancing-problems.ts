import type { Planned } from '../../plan/planned-service';
import type { PlannedAwsLoadBalancer } from '../../plan/traffic/planned-traffic';
import { quoted } from '../../spec/values';
import type { Balancing } from '../vocabulary/traffic';

/** AWS takes as many characters in a condition. */
const LONGEST_VALUE = 128;

/** A load balancer that Pulumi leads requests through, with what it is told. */
export interface BalancedWay {
  readonly traffic: PlannedAwsLoadBalancer;
  readonly balancing: Balancing;
  /** The options as they were given. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** Says what a declaration asks of a load balancer that there is an Ingress for, and what AWS refuses in a rule. */
export function balancingProblems({ rollout }: Planned, { traffic, balancing: { loadBalancer, dns }, given }: BalancedWay): string[] {
  const meaningless = ['group', 'ingressClassName', 'annotations'].filter((name) => given[name] !== undefined);
  const { path, hosts } = traffic;
  return [
    ...meaningless.map((name) => `awsLoadBalancer.${name} cannot be given with loadBalancer, because there is no Ingress that it would be of; leave it out`),
    ...(rollout.kind !== 'rolling' && rollout.engine.kind !== 'native'
      ? [`rollout engine ${rollout.engine.kind} cannot be given with awsLoadBalancer.loadBalancer, because it moves the weights of an Ingress, `
        + 'and there is none; use RolloutEngine.native(), or leave loadBalancer out'] : []),
    ...(/\*/.test(path) ? [`awsLoadBalancer.path ${quoted(path)} must hold no '*' with loadBalancer, which matches any characters by it; give a plain prefix`] : []),
    ...(path.length + '/*'.length > LONGEST_VALUE
      ? [`awsLoadBalancer.path must be of at most ${LONGEST_VALUE - '/*'.length} characters with loadBalancer, not ${path.length}; give a shorter prefix`] : []),
    ...hosts.filter(({ length }) => length > LONGEST_VALUE)
      .map((host) => `awsLoadBalancer.host ${quoted(host)} must be of at most ${LONGEST_VALUE} characters with loadBalancer, not ${host.length}; give a shorter one`),
    ...(dns && loadBalancer.kind === 'existing' && (loadBalancer.dnsName === undefined || loadBalancer.zoneId === undefined)
      ? ['awsLoadBalancer.dns needs dnsName and zoneId of LoadBalancer.existing, which its records lead to; give both, or leave dns out'] : []),
  ];
}
