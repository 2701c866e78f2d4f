import type * as pulumi from '@pulumi/pulumi';
import { awsSdk } from './aws-sdk';
import { createRecords } from './dns';
import { createListener, existingListener, type Listener } from './listener';
import { AwsScope, type Balanced } from './scope';
import { type ListenerRule, renderKeepingRule, renderListenerRules } from '../../manifests/aws/listener-rules';
import { renderTargetGroup } from '../../manifests/aws/target-group';
import { renderTargetGroupBinding } from '../../manifests/aws/target-group-binding';
import type { AlbForward } from '../../manifests/traffic/alb-forward';
import { textOf, toldTextOf } from '../inputs/placeholder';
import { itemOf, type Item } from '../resources/item';

const RULE_FIELDS = ['actions', 'conditions', 'priority'];

/** A load balancer as Pulumi makes it: everything but the rules and bindings, which are made among the service's own objects. */
export class Balancer {
  private readonly scope: AwsScope;
  private readonly listener: Listener;
  private readonly arns: ReadonlyMap<string, string>;

  /**
   * @param balanced the service and its way in
   * @param forward every target group that the service ever has
   * @param isKept whether the target groups must be in use before any request may be led to them
   */
  constructor(private readonly balanced: Balanced, forward: AlbForward, private readonly isKept: boolean) {
    const { balancing: { loadBalancer, dns } } = balanced;
    this.scope = new AwsScope(awsSdk(), balanced);
    this.listener = loadBalancer.kind === 'new' ? createListener(this.scope, loadBalancer) : existingListener(this.scope, loadBalancer);
    this.arns = new Map(forward.targets.map(({ service }) => [service, this.createTargetGroup(service)]));
    if (dns && this.listener.destination) {
      createRecords(this.scope, dns, this.listener.destination);
    }
  }

  /** Everything that stands before the service's own objects. */
  get resources(): ReadonlyMap<string, pulumi.CustomResource> {
    return this.scope.resources;
  }

  /** What puts pods into the target groups, and the rules that lead requests to them: in the place of the Ingress. */
  itemsOf(forward: AlbForward): Item[] {
    const { planned } = this.balanced;
    const { vpcId } = this.listener;
    const bindings = forward.targets.map(({ service }) => itemOf({
      id: `target-group-binding${service.slice(planned.spec.name.length)}`,
      manifest: renderTargetGroupBinding(planned, {
        service,
        targetGroupArn: this.arnOf(service),
        vpcId: textOf('awsLoadBalancer.loadBalancer vpcId', vpcId),
        securityGroupId: this.securityGroup,
      }),
    }));
    const rules = renderListenerRules(forward, (service) => this.arnOf(service)).map((rule) => this.ruleItem('ListenerRule', rule));
    return [...bindings, ...this.isKept ? [this.keepingItem(forward)] : [], ...rules];
  }

  private get securityGroup(): string | undefined {
    const { securityGroupId } = this.listener;
    return securityGroupId === undefined ? undefined : textOf('awsLoadBalancer.loadBalancer securityGroupId', securityGroupId);
  }

  private keepingItem(forward: AlbForward): Item {
    return this.ruleItem('KeepingRule', renderKeepingRule(this.balanced.planned.spec.name, forward, (service) => this.arnOf(service)));
  }

  private ruleItem(kind: string, { id, ...rule }: ListenerRule): Item {
    return { id, kind, fields: RULE_FIELDS, create: (_name, options) => this.createRule(id, rule, options) };
  }

  private createRule(id: string, { order, conditions, actions }: Omit<ListenerRule, 'id'>, options: pulumi.CustomResourceOptions) {
    return this.scope.make(this.scope.sdk.lb.ListenerRule, id, {
      listenerArn: this.listener.arn, priority: this.listener.priority + order, conditions, actions: actions as never, tags: this.scope.tags,
    }, options);
  }

  private createTargetGroup(service: string): string {
    const { planned, traffic } = this.balanced;
    const id = `target-group${service.slice(planned.spec.name.length)}`;
    const group = this.scope.make(this.scope.sdk.lb.TargetGroup, id, {
      ...renderTargetGroup(planned, traffic),
      namePrefix: this.scope.namePrefix,
      vpcId: this.listener.vpcId,
      tags: { ...this.scope.tags, Name: service },
    });
    return toldTextOf(group.arn);
  }

  private arnOf(service: string): string {
    return this.arns.get(service)!;
  }
}
