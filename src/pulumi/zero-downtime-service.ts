import type { ConfigMap, Service, ServiceAccount as ServiceAccountResource } from '@pulumi/kubernetes/core/v1';
import type { Deployment } from '@pulumi/kubernetes/apps/v1';
import type { NetworkPolicy } from '@pulumi/kubernetes/networking/v1';
import type { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1';
import * as pulumi from '@pulumi/pulumi';
import type { ZeroDowntimeServiceArgs } from './args';
import { derivedNames } from './inputs/config-map-names';
import { settled } from './inputs/placeholder';
import { planArguments } from './plan-arguments';
import { createResources, type Created } from './resources/create-resources';
import { hostOf, urlOf } from './service-url';
import { switchedRoutesOf } from './switched-routes';
import { controllerOwnedFieldsOf } from '../manifests/engines/owned-fields';
import { renderService } from '../manifests/render';
import { timeOf } from '../pipeline/release-time';
import type { Planned } from '../plan/planned-service';
import type { ServicePlan } from '../plan/service-plan';
import { refuse } from '../spec/declaration-error';

const TYPE = 'zero-downtime:index:ZeroDowntimeService';

/**
 * A service whose releases its users do not notice.
 *
 * From what a team knows about its program it makes every object that a release needs, with each timing derived from an inequality that
 * `plan` tells: the same objects that the construct of the same name makes for cdk8s. They are made in the order in which they need each
 * other, and each is a child of the component.
 */
export class ZeroDowntimeService extends pulumi.ComponentResource {
  /** The service's name, which is also its host name inside the namespace. */
  readonly name: string;

  /** The service's host name in the cluster: `orders.shop.svc`, or `orders` where no namespace is given. */
  readonly host: pulumi.Output<string>;

  /**
   * The address by which clients reach it first of all: a host of a way in from outside, and without one the Service's own. `https`, unless
   * the way in has no certificate.
   */
  readonly url: pulumi.Output<string>;

  /** Every derived number, with the inequality that it comes from. What is known later is not in it. */
  readonly plan: ServicePlan;

  /** Every resource, by its name without the component's: `deployment`, `service`, `disruption-budget`. */
  readonly resources: ReadonlyMap<string, pulumi.CustomResource>;

  /** What runs the pods: the Deployment, or the Rollout of Argo Rollouts. */
  readonly workload: pulumi.CustomResource;

  private readonly created: readonly Created[];

  /**
   * @param name the component's name, unique among those of its type; the service is named by it unless `args.name` says otherwise
   * @param args what the team knows about its service
   * @param opts options of the component; its provider is that of every resource
   * @throws InvalidArgumentsError with every problem of the arguments at once, before anything is made
   */
  constructor(name: string, args: ZeroDowntimeServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const { plan, planned } = planArguments(name, args);
    super(TYPE, name, {}, opts);
    this.plan = plan;
    this.name = planned.spec.name;
    this.host = pulumi.output(settled(hostOf(planned.spec)));
    this.url = pulumi.output(settled(urlOf(planned)));
    this.created = this.create(name, planned);
    this.resources = new Map(this.created.map(({ id, resource }) => [id, resource]));
    this.workload = this.created.find(({ manifest: { kind } }) => kind === 'Rollout' || kind === 'Deployment')!.resource;
    this.warn();
    this.registerOutputs({ host: this.host, url: this.url, plan: numbersOf(plan) });
  }

  /**
   * The Deployment.
   * @throws where there is none, because a Rollout holds the pod template
   */
  get deployment(): Deployment {
    return this.created.find(({ manifest: { kind } }) => kind === 'Deployment')?.resource as Deployment | undefined
      ?? refuse(`[${this.name}] there is no Deployment, because the pods are the Rollout's; use workload`);
  }

  /**
   * The Service of the service's name.
   * @throws where there is none, because Flagger makes it itself
   */
  get service(): Service {
    return this.created.find(({ manifest: { kind, metadata } }) => kind === 'Service' && metadata.name === this.name)?.resource as Service | undefined
      ?? refuse(`[${this.name}] there is no Service of that name, because Flagger makes it; use host to call it`);
  }

  /** The ServiceAccount, where one is created. */
  get serviceAccount(): ServiceAccountResource | undefined {
    return this.resources.get('service-account') as ServiceAccountResource | undefined;
  }

  /** The PodDisruptionBudget, where there is more than one replica. */
  get disruptionBudget(): PodDisruptionBudget | undefined {
    return this.resources.get('disruption-budget') as PodDisruptionBudget | undefined;
  }

  /** The HorizontalPodAutoscaler or KEDA's ScaledObject, where the service is autoscaled; under Flagger always. */
  get autoscaler(): pulumi.CustomResource | undefined {
    return this.resources.get('autoscaler');
  }

  /** The NetworkPolicy, where `allowFrom` is given. */
  get networkPolicy(): NetworkPolicy | undefined {
    return this.resources.get('network-policy') as NetworkPolicy | undefined;
  }

  /** The ConfigMaps of `config` and `configMaps`. */
  get configMaps(): ConfigMap[] {
    return this.created.filter(({ manifest: { kind } }) => kind === 'ConfigMap').map(({ resource }) => resource as ConfigMap);
  }

  private create(prefix: string, planned: Planned): Created[] {
    return createResources({
      parent: this,
      prefix,
      rendered: renderService(planned),
      facts: { time: timeOf(planned), ownedFields: controllerOwnedFieldsOf(planned), gracePeriod: planned.termination.gracePeriod.value },
      derived: derivedNames(planned.spec.name, planned.configMaps),
      switched: switchedRoutesOf(planned),
    });
  }

  /** Weaknesses stand in the output of `pulumi preview` and `up`, at the component. */
  private warn(): void {
    for (const { text, acceptedBecause } of this.plan.warnings) {
      if (acceptedBecause === undefined) {
        void pulumi.log.warn(text, this);
      }
    }
  }
}

/** The numbers alone, so that a preview shows which of them a change changes. */
function numbersOf({ decisions }: ServicePlan): Record<string, string> {
  return Object.fromEntries(decisions.map(({ name, value, unit }) => [name, `${value}${unit === '' ? '' : unit === 's' || unit === '%' ? unit : ` ${unit}`}`]));
}
