import { Amount, named, sum } from '../amount';
import { atLeast, atMost, Bound } from '../bound';
import { Context, MARGIN } from '../context';
import { checkAnnotations } from './annotations';
import { planDnsTtl } from './dns-ttl';
import { Path } from './path';
import type { PlannedTargetHealth } from './planned-traffic';
import { planTargetHealth, TargetProtocol } from './target-health';
import { hostProblem } from '../../spec/names';
import { AwsLoadBalancerOptions, LoadBalancerScheme, NetworkLoadBalancerOptions } from '../../spec/traffic/aws';
import { secondsOf } from '../../spec/values';

/** The longest deregistration delay that AWS takes. */
const MAX_DEREGISTRATION_DELAY = 3600;

/** A load balancer of AWS whose targets are pods. */
export abstract class LoadBalancerPath extends Path {
  readonly isGated = true;
  readonly firstCheck: Amount;
  protected readonly health: PlannedTargetHealth;
  /** Patterns of the annotations that the plan decides. */
  protected abstract readonly derivedAnnotations: RegExp;
  protected deregistrationDelay = 0;

  constructor(
    context: Context,
    name: string,
    private readonly loadBalancer: AwsLoadBalancerOptions | NetworkLoadBalancerOptions,
    propagation: { readonly seconds: number; readonly source: string },
    speaks: TargetProtocol,
  ) {
    super(context, name, { declared: loadBalancer.propagation, ...propagation });
    this.health = planTargetHealth(context, name, loadBalancer.healthCheck ?? {}, speaks);
    this.firstCheck = named(`${name}.healthCheck.interval`, this.health.interval, 's');
  }

  planPodEnd(): Bound[] {
    const { ledger, longestExchange } = this.context;
    const delay = this.loadBalancer.deregistrationDelay;
    const deregistrationDelay = ledger.decide({
      name: `${this.name}.deregistrationDelay`,
      unit: 's',
      override: delay && secondsOf(delay),
      bounds: [
        atLeast(longestExchange, {
          because: 'the load balancer closes connections with requests in flight',
          source: 'AWS: a draining target keeps its connections for the deregistration delay',
        }),
        atMost(named('AWS maximum', MAX_DEREGISTRATION_DELAY, 's'), {
          because: 'AWS refuses it', source: 'Elastic Load Balancing API: deregistration_delay.timeout_seconds, 0 to 3600',
        }),
      ],
    });
    this.deregistrationDelay = deregistrationDelay.value;
    return [atLeast(sum(this.propagation, deregistrationDelay, MARGIN), {
      because: 'the load balancer still holds connections to a pod that is gone, and answers 502',
      source: 'AWS: a target that closes its connections while it is draining makes a client error',
    })];
  }

  protected planShared() {
    const { ledger, spec } = this.context;
    const options = this.loadBalancer;
    for (const host of options.hosts ?? []) {
      ledger.problem(hostProblem(`${this.name}.host`, host));
    }
    checkAnnotations(ledger, this.name, options.annotations ?? {}, this.derivedAnnotations);
    ledger.require('cluster', `the namespace ${spec.namespace ?? 'of the service'} carries the label elbv2.k8s.aws/pod-readiness-gate-inject=enabled `
      + 'before its first pod starts, and the AWS Load Balancer Controller runs in another namespace');
    return {
      isInternetFacing: options.scheme === LoadBalancerScheme.INTERNET_FACING,
      certificateArn: options.certificateArn,
      hosts: options.hosts ?? [],
      deregistrationDelay: this.deregistrationDelay,
      health: this.health,
      dnsTtl: planDnsTtl(this.context, this.name, options.dnsTtl && secondsOf(options.dnsTtl)),
      annotations: options.annotations ?? {},
    };
  }
}
