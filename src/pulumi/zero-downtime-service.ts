import type { Deployment } from '@pulumi/kubernetes/apps/v1';
import type { ConfigMap, Service, ServiceAccount as ServiceAccountResource } from '@pulumi/kubernetes/core/v1';
import type { NetworkPolicy } from '@pulumi/kubernetes/networking/v1';
import type { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1';
import * as pulumi from '@pulumi/pulumi';
import type { ZeroDowntimeServiceArgs } from './args';
import { derivedNames } from './inputs/derived-names';
import { settled } from './inputs/placeholder';
import { warnOfReadableSecrets } from './inputs/readable-secrets';
import { planArguments } from './plan-arguments';
import { type ReleaseStep, toldSteps } from './release-step';
import { createResources, type Created } from './resources/create-resources';
import { serviceStagesOf } from './service-stages';
import { hostOf, urlOf } from './service-url';
import { controllerOwnedFieldsOf } from '../manifests/engines/owned-fields';
import { SCRIPT_IDS } from '../manifests/migrations/script-config-map';
import { timeOf } from '../pipeline/release-time';
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

  /** The steps of a release without a controller, which `releaseStep` takes one after another; none where a controller takes them. */
  readonly releaseSteps: readonly ReleaseStep[];

  private readonly created: readonly Created[];

  /**
   * @param name the component's name, unique among those of its type; the service is named by it unless `args.name` says otherwise
   * @param args what the team knows about its service
   * @param opts options of the component; its provider is that of every resource
   * @throws InvalidArgumentsError with every problem of the arguments at once, before anything is made
   */
  constructor(name: string, args: ZeroDowntimeServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    const { plan, planned, balanced } = planArguments(name, args);
    super(TYPE, name, {}, opts);
    this.plan = plan;
    this.name = planned.spec.name;
    this.host = pulumi.output(settled(hostOf(planned.spec)));
    this.url = urlOf(planned);
    this.releaseSteps = toldSteps(planned);
    const { stages, balancer } = serviceStagesOf(planned, args.releaseStep, balanced && { parent: this, prefix: name, planned, ...balanced });
    this.created = createResources({
      parent: this,
      prefix: name,
      stages,
      facts: { time: timeOf(planned), ownedFields: controllerOwnedFieldsOf(planned), gracePeriod: planned.termination.gracePeriod.value },
      derived: derivedNames(planned),
    });
    const own = this.created.map(({ item: { id }, resource }): [string, pulumi.CustomResource] => [id, resource]);
    this.resources = new Map([...balancer?.resources ?? [], ...own]);
    this.workload = (this.findOfKind('Rollout') ?? this.findOfKind('Deployment'))!;
    this.warn();
    warnOfReadableSecrets(this, planned.spec);
    this.registerOutputs({ host: this.host, url: this.url, plan: numbersOf(plan) });
  }

  /**
   * The Deployment.
   * @throws where there is none, because a Rollout holds the pod template
   */
  get deployment(): Deployment {
    return this.findOfKind('Deployment') as Deployment | undefined
      ?? refuse(`[${this.name}] there is no Deployment, because the pods are the Rollout's; use workload`);
  }

  /**
   * The Service of the service's name.
   * @throws where there is none, because Flagger makes it itself
   */
  get service(): Service {
    return this.created.find(({ item: { kind, manifest } }) => kind === 'Service' && manifest?.metadata.name === this.name)?.resource as Service | undefined
      ?? refuse(`[${this.name}] there is no Service of that name, because Flagger makes it; use host to call it`);
  }

  /** The ServiceAccount, where one is created. */
  get serviceAccount(): ServiceAccountResource | undefined {
    return this.findOfKind('ServiceAccount') as ServiceAccountResource | undefined;
  }

  /** The PodDisruptionBudget, where there is more than one replica. */
  get disruptionBudget(): PodDisruptionBudget | undefined {
    return this.findOfKind('PodDisruptionBudget') as PodDisruptionBudget | undefined;
  }

  /** The HorizontalPodAutoscaler or KEDA's ScaledObject, where the service is autoscaled; under Flagger always. */
  get autoscaler(): pulumi.CustomResource | undefined {
    return this.findOfKind('HorizontalPodAutoscaler') ?? this.findOfKind('ScaledObject');
  }

  /** The NetworkPolicy, where `allowFrom` is given. */
  get networkPolicy(): NetworkPolicy | undefined {
    return this.findOfKind('NetworkPolicy') as NetworkPolicy | undefined;
  }

  /** The ConfigMaps of `config` and `configMaps`. */
  get configMaps(): ConfigMap[] {
    return this.created.filter(({ item: { id, kind, manifest } }) => kind === 'ConfigMap' && manifest?.immutable === true && !SCRIPT_IDS.has(id)).map(({ resource }) => resource as ConfigMap);
  }

  private findOfKind(kind: string): pulumi.CustomResource | undefined {
    return this.created.find(({ item }) => item.kind === kind)?.resource;
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
