// First: what is missing is told in one sentence before anything asks for it.
import './installed';

export { type EnvArgs, type InitContainerArgs, type SidecarArgs, type ZeroDowntimeServiceArgs } from './args';
export { type InvalidArgument, InvalidArgumentsError } from './invalid-arguments-error';
export { type ReleaseStep } from './release-step';
export { DnsRecords, type WeightedRecordsArgs } from './vocabulary/dns-records';
export { Env, EnvFrom } from './vocabulary/env';
export { External } from './vocabulary/external';
export { type ExistingListenerArgs, LoadBalancer, type NewLoadBalancerArgs } from './vocabulary/load-balancer';
export { ServiceAccount, type ServiceAccountArgs } from './vocabulary/service-account';
export {
  type AwsLoadBalancerArgs, type HttpRouteArgs, type IngressNginxArgs, type IstioArgs, type NetworkLoadBalancerArgs, type RouteArgs, Traffic,
} from './vocabulary/traffic';
export { Volume } from './vocabulary/volume';
export { ZeroDowntimeService } from './zero-downtime-service';

// One import is enough for a program. What stands above is what takes the place of the same name below.
export { Duration, Size } from 'cdk8s';
export { Cpu } from 'cdk8s-plus-27';
export * from '../spec';
export * from '../plan/decision';
export { type ReleaseFacts, ReleaseRisk } from '../plan/rollout/advice/release-facts';
export { RolloutAdvice } from '../plan/rollout/advice/rollout-advice';
export * from '../plan/service-plan';
