import { ApiObject, Chart } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, LabelExpression, LabelSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { AppIndex } from './app-index';
import { checkAgainstApp, openQuestionsOf } from './late-checks';
import { serviceNameOf } from './service-name';
import { misreadTexts } from './written-texts';
import { SCRIPT_IDS } from '../manifests/migrations/script-config-map';
import { type PodSelector, podSelectorOf } from '../manifests/pod-selector';
import { renderService } from '../manifests/render';
import { judgeSql } from '../migrations/declared/judge-sql';
import { type ReleaseFacts, releaseFactsOf } from '../pipeline/release-facts';
import { planService } from '../plan/plan-service';
import type { Planned } from '../plan/planned-service';
import type { ServicePlan } from '../plan/service-plan';
import { DeclarationError, refuse } from '../spec/declaration-error';
import type { ZeroDowntimeServiceProps } from '../spec/zero-downtime-service-props';

/**
 * A service whose releases its users do not notice.
 *
 * From what a team knows about its program it makes every object that a release needs, with each timing derived from an
 * inequality that `plan` tells. Objects are made in the order in which they are to be applied.
 */
export class ZeroDowntimeService extends Construct implements IPodSelector, INetworkPolicyPeer {
  /** The service's name, which is also its host name inside the namespace. */
  readonly name: string;

  /** The service's host name in the cluster: `orders.shop.svc`, or `orders` where the chart names no namespace. */
  readonly host: string;

  /** Every derived number, with the inequality that it comes from. */
  readonly plan: ServicePlan;

  /** Every object, in the order in which they are to be applied. */
  readonly objects: ApiObject[];

  /** What runs the pods: the Deployment, or the Rollout of Argo Rollouts. */
  readonly workload: ApiObject;

  /**
   * The Deployment.
   * @throws where there is none, because a Rollout holds the pod template
   */
  get deployment(): ApiObject {
    return this.objects.find(({ kind }) => kind === 'Deployment')
      ?? refuse(`[${this.node.path}] there is no Deployment, because the pods are the Rollout's; use workload`);
  }

  /**
   * The Service of the service's name.
   * @throws where there is none, because Flagger makes it itself
   */
  get service(): ApiObject {
    return this.objects.find(({ kind, name }) => kind === 'Service' && name === this.name)
      ?? refuse(`[${this.node.path}] there is no Service of the name ${this.name}, because Flagger makes it; use host to call it`);
  }

  /** The ServiceAccount, where one is created. */
  readonly serviceAccount?: ApiObject;

  /** The PodDisruptionBudget, where there is more than one replica. */
  readonly disruptionBudget?: ApiObject;

  /** The HorizontalPodAutoscaler or KEDA's ScaledObject, where the service is autoscaled; under Flagger always. */
  readonly autoscaler?: ApiObject;

  /** The NetworkPolicy, where `allowFrom` is given. */
  readonly networkPolicy?: ApiObject;

  /** The ConfigMaps of `config` and `configMaps`. */
  readonly configMaps: ApiObject[];

  /** The Job that expands the schema and the CronJobs that fill in rows and contract, where the database has migrations. */
  readonly migrationJobs: ApiObject[];

  /** The objects that lead traffic to the Service: Ingresses, routes, Istio's objects, the load balancer's Service. */
  readonly trafficObjects: ApiObject[];

  /**
   * Kept only where the steps of a release are made of it: an app may hold thousands of services.
   * @internal
   */
  readonly _steppedPlan?: Planned;

  /**
   * What pipelines and GitOps tools are made of.
   * @internal
   */
  readonly _releaseFacts: ReleaseFacts;

  private readonly namespace?: string;
  private readonly selector: PodSelector;

  /**
   * @param scope a chart, or a construct in one
   * @param id unique in its scope
   * @param props what the team knows about its service
   * @throws with every problem of the declaration at once, where it has any
   */
  constructor(scope: Construct, id: string, props: ZeroDowntimeServiceProps) {
    super(scope, id);
    this.namespace = Chart.of(this).namespace;
    this.name = props.name ?? serviceNameOf(this);
    this.host = this.namespace === undefined ? this.name : `${this.name}.${this.namespace}.svc`;
    const { plan, planned } = planService({ name: this.name, namespace: this.namespace, path: this.node.path, props, judgeSql });
    this.plan = plan;
    this._steppedPlan = planned.rollout.kind !== 'rolling' && planned.rollout.engine.kind === 'native' ? planned : undefined;
    this._releaseFacts = releaseFactsOf(planned);
    this.selector = podSelectorOf(planned);
    const rendered = renderService(planned);
    const misread = misreadTexts(rendered.map(({ manifest }) => manifest));
    if (misread.length > 0) {
      throw new DeclarationError(misread, this.node.path);
    }
    const made = rendered.map(({ id: childId, manifest }) => new ApiObject(this, childId, manifest));
    const find = (childId: string) => made.find((object) => object.node.id === childId);
    this.objects = made;
    this.workload = made.find(({ kind }) => WORKLOADS.has(kind))!;
    this.serviceAccount = find('service-account');
    this.disruptionBudget = find('disruption-budget');
    this.autoscaler = find('autoscaler');
    this.networkPolicy = find('network-policy');
    this.configMaps = made.filter(({ kind, node }) => kind === 'ConfigMap' && !SCRIPT_IDS.has(node.id));
    this.migrationJobs = made.filter(({ kind }) => kind === 'Job' || kind === 'CronJob');
    this.trafficObjects = made.filter((object) => !NOT_TRAFFIC.has(object.kind) && object.node.id !== 'service');
    this.node.defaultChild = this.workload;
    this.warn();
    const index = AppIndex.of(this);
    const open = openQuestionsOf(planned);
    this.node.addValidation({ validate: () => checkAgainstApp(index, made, open) });
  }

  /** Selects the service's pods, for constructs of cdk8s-plus such as `NetworkPolicy`. */
  toPodSelectorConfig(): PodSelectorConfig {
    const { matchLabels, matchExpressions } = this.selector;
    return {
      labelSelector: LabelSelector.of({
        labels: matchLabels && { ...matchLabels },
        expressions: matchExpressions?.map(({ key, values }) => LabelExpression.in(key, [...values])),
      }),
      namespaces: this.namespace === undefined ? undefined : { names: [this.namespace] },
    };
  }

  /** The service's pods as a peer of a cdk8s-plus `NetworkPolicy`. */
  toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** The service's pods as a peer of a cdk8s-plus `NetworkPolicy`. */
  toPodSelector(): IPodSelector | undefined {
    return this;
  }

  /** Weaknesses go to standard error, where a build shows them and Node's own flags silence them. */
  private warn(): void {
    for (const { id, text, acceptedBecause } of this.plan.warnings) {
      if (acceptedBecause === undefined) {
        process.emitWarning(`[${this.node.path}] ${text}`, { type: 'ZeroDowntimeWarning', code: id });
      }
    }
  }
}

/** A Rollout stands before the Deployment that it takes over. */
const WORKLOADS = new Set(['Rollout', 'Deployment']);
const NOT_TRAFFIC = new Set([
  'Deployment', 'Rollout', 'ServiceAccount', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'ScaledObject', 'NetworkPolicy', 'ConfigMap',
  'AnalysisTemplate', 'Canary', 'MetricTemplate', 'PrometheusRule', 'Job', 'CronJob',
]);
