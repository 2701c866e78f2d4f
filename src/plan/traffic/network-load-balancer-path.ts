import type { Context } from '../context';
import { LoadBalancerPath } from './load-balancer-path';
import type { PlannedNetworkLoadBalancer } from './planned-traffic';
import type { NetworkLoadBalancerOptions } from '../../spec/traffic/aws';
import { wholeNumberProblem } from '../../spec/values';

const DERIVED_ANNOTATIONS = new RegExp('^service\\.beta\\.kubernetes\\.io/aws-load-balancer-(nlb-target-type|type|internal|scheme|ssl-cert|ssl-ports'
  + '|target-group-attributes|healthcheck-.*)$|^external-dns\\.alpha\\.kubernetes\\.io/(hostname|ttl)$');

/** A Network Load Balancer whose targets are pods. */
export class NetworkLoadBalancerPath extends LoadBalancerPath {
  protected readonly derivedAnnotations = DERIVED_ANNOTATIONS;

  constructor(context: Context, private readonly options: NetworkLoadBalancerOptions) {
    super(context, 'networkLoadBalancer', options, {
      seconds: 180,
      source: '2 to 3 minutes at any deregistration delay, by users and AWS support (aws-load-balancer-controller issues 2366, 3270)',
    }, 'TCP');
  }

  plan(): PlannedNetworkLoadBalancer {
    const port = this.options.port ?? (this.options.certificateArn ? 443 : 80);
    this.context.ledger.problem(wholeNumberProblem('networkLoadBalancer.port', port, 1, 65_535));
    return { kind: 'networkLoadBalancer', ...this.planShared(), port };
  }
}
