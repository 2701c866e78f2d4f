import { overTime, type OwnSeries, selectOwn } from './selector';
import type { ServiceSpec } from '../../spec/service-spec';
import { equals, type Matcher, matches } from '../analysis/promql';

/** What tells of a service's releases: its engine, or the Deployment where there is none. */
export type Teller = 'rolling' | 'argoRollouts' | 'flagger' | 'native';

export function tellerOf({ rollout }: ServiceSpec): Teller {
  return rollout.kind === 'rolling' ? 'rolling' : rollout.engine.kind;
}

/** Any result is one, without labels: so an alert goes on where the series of one exporter take over from those of another. */
export const anyOf = (...vectors: string[]): string => `max(${vectors.join(' or ')})`;

/**
 * The Rollout in a phase: one series at a time.
 * @see https://github.com/argoproj/argo-rollouts/blob/master/controller/metrics/rollouts.go
 */
export function rolloutIn({ name, namespace }: ServiceSpec, ...phases: string[]): string {
  return selectOwn({ metric: 'rollout_info', matchers: [equals('name', name), ...phases.length === 0 ? [] : [matches('phase', phases.join('|'))]], namespace });
}

/**
 * Analyses that ended so, and went on within a time before: those of old releases stay in their last phase for as long as their
 * objects do. Argo Rollouts names them after the Rollout, the hash of the pod template, the revision, and the step.
 */
export function analysesThatBecame(spec: ServiceSpec, phases: string, within: number): string {
  const runs = matches('name', `${spec.name}-[0-9a-z]{1,10}-[0-9]+([-.].*)?`);
  const series = (phase: Matcher): OwnSeries => ({ metric: 'analysis_run_info', matchers: [runs, phase], namespace: spec.namespace });
  const before = overTime('max_over_time', series({ label: 'phase', operator: '!~', value: ENDED }), within);
  return `(${selectOwn(series(matches('phase', phases)))}) and on (namespace, exported_namespace, name) (${before})`;
}

const ENDED = 'Failed|Error|Inconclusive|Successful';

/**
 * The last that Flagger says of a release: 0 while it goes on, 2 once it has failed, and 1 at any other time, while it waits included.
 * @see https://github.com/fluxcd/flagger/blob/main/pkg/metrics/recorder.go
 */
export function canaryStatus({ name, namespace }: ServiceSpec): string {
  return `(${selectOwn({ metric: 'flagger_canary_status', matchers: [equals('name', name)], namespace })})`;
}

export function canaryWeight({ name, namespace }: ServiceSpec): string {
  return `(${selectOwn({ metric: 'flagger_canary_weight', matchers: [equals('workload', name)], namespace })})`;
}

/**
 * What kube-state-metrics says of Deployments.
 * @see https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/deployment-metrics.md
 */
export function deploymentSeries({ namespace }: ServiceSpec, metric: string, names: readonly string[], more: readonly Matcher[] = []): string {
  const name = names.length === 1 ? equals('deployment', names[0]) : matches('deployment', names.join('|'));
  return `(${selectOwn({ metric, matchers: [name, ...more], namespace })})`;
}

/** The Deployments of a service by what runs them. */
export function deploymentsOf({ name, rollout }: ServiceSpec): string[] {
  if (rollout.kind === 'rolling') {
    return [name];
  }
  switch (rollout.engine.kind) {
    case 'argoRollouts': return [];
    case 'flagger': return [name, `${name}-primary`];
    case 'native': return rollout.kind === 'blueGreen' ? [`${name}-blue`, `${name}-green`] : [`${name}-stable`, `${name}-canary`];
  }
}

/** Has results while a release is going on: not, of a release without a controller, while its last version is being put in place. */
export function releasing(spec: ServiceSpec): string {
  const replicas = (names: readonly string[]) => `${deploymentSeries(spec, 'kube_deployment_spec_replicas', names)} > 0`;
  switch (tellerOf(spec)) {
    case 'argoRollouts': return anyOf(rolloutIn(spec, 'Progressing', 'Paused'));
    // Only while a release goes on has the Deployment pods: all others are those of its copy.
    case 'flagger': return anyOf(`${canaryStatus(spec)} == 0`, `${canaryWeight(spec)} > 0`, replicas([spec.name]));
    case 'native': return spec.rollout.kind === 'blueGreen' ? `count(max by (deployment) (${replicas(deploymentsOf(spec))})) == 2` : anyOf(replicas([`${spec.name}-canary`]));
    case 'rolling': return `max${deploymentSeries(spec, 'kube_deployment_status_replicas_updated', [spec.name])} `
      + `< max${deploymentSeries(spec, 'kube_deployment_spec_replicas', [spec.name])}`;
  }
}
