import { Amount, named, sum } from '../amount';
import { atLeast, atMost } from '../bound';
import { Context, MARGIN } from '../context';
import { LoadBalancerPath } from './load-balancer-path';
import type { PlannedAwsLoadBalancer } from './planned-traffic';
import { routePathProblem } from '../../spec/names';
import { Protocol } from '../../spec/protocol';
import type { AwsLoadBalancerOptions } from '../../spec/traffic/aws';
import { optionalSeconds, secondsOf } from '../../spec/values';

const MAX_IDLE_TIMEOUT = 4000;
const CUSTOMARY_IDLE_TIMEOUT = 60;

const DERIVED_ANNOTATIONS = new RegExp('^alb\\.ingress\\.kubernetes\\.io/(scheme|group\\.name|certificate-arn|listen-ports|ssl-redirect'
  + '|load-balancer-attributes|target-type|target-group-attributes|backend-protocol-version|healthcheck-.*|.*healthy-threshold-count'
  + '|success-codes)$|^external-dns\\.alpha\\.kubernetes\\.io/ttl$');

/** An Application Load Balancer whose targets are pods. */
export class AwsLoadBalancerPath extends LoadBalancerPath {
  readonly slowStart?: Amount;
  protected readonly derivedAnnotations = DERIVED_ANNOTATIONS;
  private idleTimeout = 0;

  constructor(context: Context, private readonly options: AwsLoadBalancerOptions) {
    super(context, 'awsLoadBalancer', options, {
      seconds: 60,
      source: 'AWS states no bound; users lose requests with 5s and none with 25 to 70s '
        + '(aws-load-balancer-controller issues 1064, 2106); 30 to 60s are engineering judgement',
    }, context.spec.protocol === Protocol.GRPC ? 'GRPC' : 'HTTP');
    const slowStart = optionalSeconds('awsLoadBalancer.slowStart', options.slowStart, 30, 900);
    this.slowStart = slowStart === undefined ? undefined : named('awsLoadBalancer.slowStart', slowStart, 's');
  }

  planIdleTimeout(): Amount {
    const { ledger, longestRequest, spec } = this.context;
    const { idleTimeout } = this.options;
    const decided = ledger.decide({
      name: 'awsLoadBalancer.idleTimeout',
      unit: 's',
      override: idleTimeout && secondsOf(idleTimeout),
      preferred: Math.min(CUSTOMARY_IDLE_TIMEOUT, (spec.keepAliveSeconds ?? Infinity) - MARGIN.value),
      bounds: [
        atLeast(sum(longestRequest, MARGIN), {
          because: 'the load balancer answers 504 while the program is still working',
          source: 'AWS: a target that sends nothing for the idle timeout is given up',
        }),
        atMost(named('AWS maximum', MAX_IDLE_TIMEOUT, 's'), {
          because: 'AWS refuses it', source: 'Elastic Load Balancing API: idle_timeout.timeout_seconds, 1 to 4000',
        }),
      ],
    });
    this.idleTimeout = decided.value;
    return decided;
  }

  plan(): PlannedAwsLoadBalancer {
    const { options, context } = this;
    const stickinessSeconds = optionalSeconds('awsLoadBalancer.stickiness', options.stickiness, 1, 604_800);
    if (stickinessSeconds !== undefined) {
      context.ledger.warn('session-affinity', 'awsLoadBalancer.stickiness: sessions end when their pod is replaced; keep them outside the pods');
    }
    context.ledger.problem(routePathProblem('awsLoadBalancer.path', options.path ?? '/'));
    if (context.spec.protocol !== Protocol.HTTP && options.certificateArn === undefined) {
      context.ledger.problem(`awsLoadBalancer.certificateArn must be given with protocol ${context.spec.protocol}, because AWS takes it on listeners with TLS only`);
    }
    return {
      kind: 'awsLoadBalancer',
      ...this.planShared(),
      path: options.path ?? '/',
      ingressClassName: options.ingressClassName ?? 'alb',
      group: options.group,
      slowStart: this.slowStart?.value,
      stickinessSeconds,
      idleTimeout: this.idleTimeout,
    };
  }
}
