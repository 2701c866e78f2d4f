import type { Chart } from './panel';
import { measuredVersionsOf } from '../../plan/analysis/measured-versions';
import { equals, matches } from '../../plan/analysis/promql';
import { canaryStatus, canaryWeight, deploymentSeries, deploymentsOf, rolloutIn, tellerOf } from '../../plan/monitoring/engine-series';
import { selectOwn } from '../../plan/monitoring/selector';
import { versionOf } from '../../plan/monitoring/service-requests';
import type { Planned } from '../../plan/planned-service';
import type { ServiceSpec } from '../../spec/service-spec';

/** Renders what the engine and the cluster say of a release. */
export function releasePanels({ spec }: Planned): Chart[] {
  return [
    {
      title: 'Ready pods', description: 'Pods that are ready, by version, as kube-state-metrics counts them.', unit: 'short', targets: podTargets(spec), isStacked: true,
    },
    ...weights(spec),
    stateOf(spec),
  ];
}

function podTargets(spec: ServiceSpec): Chart['targets'] {
  const { name, rollout, namespace } = spec;
  const ready = (pattern: string) => `(${selectOwn({
    metric: 'kube_pod_status_ready', matchers: [equals('condition', 'true'), matches('pod', pattern)], namespace,
  })})`;
  if (rollout.kind === 'rolling' || rollout.engine.kind === 'argoRollouts') {
    return [{ legend: '{{version}}', expr: `sum by (version) (${versionOf(ready(`${name}-[0-9a-z]{1,10}-[0-9a-z]{5}`), name, 'pod')})` }];
  }
  const { stable, canary } = measuredVersionsOf(rollout, name);
  return [{ legend: 'stable', expr: `sum${ready(stable.podPattern)}` }, { legend: 'canary', expr: `sum${ready(canary.podPattern)}` }];
}

/** Flagger alone tells what it has set; of the other engines the measured share must do. */
function weights(spec: ServiceSpec): Chart[] {
  return tellerOf(spec) !== 'flagger' ? [] : [
    { title: 'Weight', description: 'The share of the new version that Flagger has set.', unit: 'percent', targets: [{ legend: 'canary', expr: `max${canaryWeight(spec)}` }] },
  ];
}

function stateOf(spec: ServiceSpec): Chart {
  switch (tellerOf(spec)) {
    case 'argoRollouts': return {
      title: 'Phase', description: 'The phase of the Rollout: 1 while it is in it.', unit: 'short', targets: [{ legend: '{{phase}}', expr: `max by (phase) (${rolloutIn(spec)})` }],
    };
    case 'flagger': return {
      title: 'Status',
      description: '0 while a release goes on, 1 where none does or it waits, 2 once one has failed.',
      unit: 'short',
      targets: [{ legend: 'status', expr: `max${canaryStatus(spec)}` }],
    };
    case 'native':
    case 'rolling': return {
      title: 'Replicas',
      description: 'The replicas that each Deployment is to have, and those of its new template.',
      unit: 'short',
      targets: [
        { legend: '{{deployment}} wanted', expr: `max by (deployment) ${deploymentSeries(spec, 'kube_deployment_spec_replicas', deploymentsOf(spec))}` },
        { legend: '{{deployment}} updated', expr: `max by (deployment) ${deploymentSeries(spec, 'kube_deployment_status_replicas_updated', deploymentsOf(spec))}` },
      ],
    };
  }
}
