import type * as pulumi from '@pulumi/pulumi';
import type { AwsSdk } from './aws-sdk';
import type { Planned } from '../../plan/planned-service';
import type { PlannedAwsLoadBalancer } from '../../plan/traffic/planned-traffic';
import { settle } from '../inputs/settle';
import type { Balancing } from '../vocabulary/traffic';

/** What the resources of one load balancer are made of. */
export interface Balanced {
  readonly parent: pulumi.ComponentResource;
  /** What the names of resources begin with. */
  readonly prefix: string;
  readonly planned: Planned;
  readonly traffic: PlannedAwsLoadBalancer;
  readonly balancing: Balancing;
}

type Class<A, R> = new (name: string, args: A, options: pulumi.CustomResourceOptions) => R;

/** Makes resources of AWS for one service, and keeps account of them. */
export class AwsScope {
  /** By their ids, in the order in which they were made. */
  readonly resources = new Map<string, pulumi.CustomResource>();

  constructor(readonly sdk: AwsSdk, readonly balanced: Balanced) {}

  make<A, R extends pulumi.CustomResource>(type: Class<A, R>, id: string, args: A, options: pulumi.CustomResourceOptions = {}): R {
    const { parent, prefix } = this.balanced;
    const resource = new type(`${prefix}-${id}`, settle(args), { parent, ...options });
    this.resources.set(id, resource);
    return resource;
  }

  /** The tags of every resource that takes any. */
  get tags(): Record<string, pulumi.Input<string>> {
    const { planned: { spec }, balancing: { loadBalancer } } = this.balanced;
    return { Name: spec.name, ...loadBalancer.tags };
  }

  /** AWS takes six characters, and adds its own, so that what has to be replaced is not in the way of what replaces it. */
  get namePrefix(): string {
    return `${this.balanced.planned.spec.name.slice(0, 5).replace(/-+$/, '')}-`;
  }
}
