import type { Cluster } from '../../cluster/cluster';
import type { ClusterObject } from '../../cluster/identity';
import type { Service } from '../../cluster/service';
import { isWorkload, type Workload } from '../../cluster/workload';
import type { Field } from '../../reading/field';
import type { RuleContext } from '../rule';

type Labels = ReadonlyMap<string, string>;

/** Labels that controllers give to pods, or to selectors while they run, and that no pod template shows. */
const SET_BY_CONTROLLERS = new Set(['rollouts-pod-template-hash', 'pod-template-hash', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index', 'job-name', 'batch.kubernetes.io/job-name', 'controller-uid', 'batch.kubernetes.io/controller-uid']);

/** Where a Rollout says which labels its pods get while they are on one side of a release. */
const ENGINE_METADATA = [['canary', 'stableMetadata'], ['canary', 'canaryMetadata'], ['blueGreen', 'activeMetadata'], ['blueGreen', 'previewMetadata']];

/** The labels that a Service asks for; none where it has no selector. */
export function selectorOf(service: Service): Labels {
  return service.field.get('spec', 'selector').stringMap();
}

/** Whether pods of a workload can have all of some labels, those included that a controller or an engine adds. */
export function podsMayHave(workload: Workload, wanted: Labels): boolean {
  const byEngine = workload.kind === 'Rollout' ? engineLabelsOf(workload) : [];
  return [...wanted].every(([key, value]) => workload.template.labels.get(key) === value || SET_BY_CONTROLLERS.has(key)
    || byEngine.some((labels) => labels.get(key) === value));
}

/** The workloads whose pods a Service can select. A Deployment that a Rollout has taken over makes none. */
export function workloadsBehind({ relations }: Pick<RuleContext, 'relations'>, service: Service): readonly Workload[] {
  const wanted = selectorOf(service);
  return wanted.size === 0 ? [] : relations.workloadsIn(service.namespace)
    .filter((workload) => podsMayHave(workload, wanted) && relations.takenOverBy(workload) === undefined);
}

/** Whether pods that no workload keeps (a Pod, a Job, whatever has a pod template) can have all of some labels. */
export function otherPodsMayHave(cluster: Cluster, namespace: string, wanted: Labels): boolean {
  return cluster.objects.some((object) => object.namespace === namespace && !isWorkload(object) && templatesOf(object)
    .some((labels) => [...wanted].every(([key, value]) => labels.get(key).value === value || SET_BY_CONTROLLERS.has(key))));
}

/** The labels of an object's pods, wherever its kind has them. */
function templatesOf({ field, kind }: ClusterObject): readonly Field[] {
  return [
    ...(kind === 'Pod' ? [field.get('metadata', 'labels')] : []),
    field.get('spec', 'template', 'metadata', 'labels'),
    field.get('spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'),
  ].filter(({ exists }) => exists);
}

function engineLabelsOf(workload: Workload): readonly Labels[] {
  const strategy = workload.field.get('spec', 'strategy');
  const experiments = strategy.get('canary', 'steps').items().flatMap((step) => step.get('experiment', 'templates').items());
  return [...ENGINE_METADATA.map((steps) => strategy.get(...steps)), ...experiments.map((template) => template.get('metadata'))]
    .map((metadata) => metadata.get('labels').stringMap());
}
