import type * as pulumi from '@pulumi/pulumi';
import { wholeNumber } from '../../spec/values';

/** What an Application Load Balancer of the service's own is made of. */
export interface NewLoadBalancerArgs {
  /** The VPC of the pods. */
  readonly vpcId: pulumi.Input<string>;

  /** The subnets that it stands in: at least two, of different zones. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * The ranges of addresses (CIDR) that may connect to it.
   * @default - everybody where it faces the internet, and otherwise the VPC
   */
  readonly allowFrom?: pulumi.Input<string>[];

  /**
   * Tags of every AWS resource.
   * @default - none
   */
  readonly tags?: { readonly [key: string]: pulumi.Input<string> };
}

/** A listener that something else has made, to which the service adds rules. */
export interface ExistingListenerArgs {
  /** The VPC of the pods. */
  readonly vpcId: pulumi.Input<string>;

  /** The listener's ARN. Its load balancer's idle timeout must be the one that the plan tells as `awsLoadBalancer.idleTimeout`. */
  readonly listenerArn: pulumi.Input<string>;

  /**
   * The priority of the service's first rule, from 1 to 49000. It takes two places for each host, and one more in a blue-green release.
   */
  readonly priority: number;

  /**
   * The security group of the load balancer, from which the pods are then reached.
   * @default - what protects the pods lets the load balancer in already
   */
  readonly securityGroupId?: pulumi.Input<string>;

  /**
   * The load balancer's own DNS name, for `dns`.
   * @default - none: no records are made
   */
  readonly dnsName?: pulumi.Input<string>;

  /**
   * The hosted zone of that name (`zoneId` of the load balancer), for `dns`.
   * @default - none: no records are made
   */
  readonly zoneId?: pulumi.Input<string>;

  /**
   * Tags of every AWS resource.
   * @default - none
   */
  readonly tags?: { readonly [key: string]: pulumi.Input<string> };
}

/** @internal */
export type LoadBalancerSpec =
  | ({ readonly kind: 'new' } & NewLoadBalancerArgs)
  | ({ readonly kind: 'existing' } & ExistingListenerArgs);

/** The load balancer that Pulumi leads requests through, in the place of an Ingress. */
export class LoadBalancer {
  /** One of the service's own: with its security group, its listeners, and TLS where a certificate is given. */
  static create(args: NewLoadBalancerArgs): LoadBalancer {
    return new LoadBalancer({ kind: 'new', ...args });
  }

  /**
   * One that something else has made: only target groups and rules are the service's.
   * @throws where the priority is out of range
   */
  static existing(args: ExistingListenerArgs): LoadBalancer {
    wholeNumber('LoadBalancer.existing priority', args.priority, 1, 49_000);
    return new LoadBalancer({ kind: 'existing', ...args });
  }

  /** @internal */
  readonly _spec: LoadBalancerSpec;

  private constructor(spec: LoadBalancerSpec) {
    this._spec = spec;
  }
}
