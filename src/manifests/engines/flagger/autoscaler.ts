import type { Planned } from '../../../plan/planned-service';
import { triggerNameOf } from '../../../spec/keda-trigger';
import { renderAutoscaler } from '../../autoscaler';
import type { ScaleTarget } from '../../horizontal-pod-autoscaler';
import { type Manifest, metadataOf, type Rendered, withoutAbsent } from '../../manifest';

/**
 * Renders what decides the number of pods of the new version; Flagger makes a copy for the old one.
 *
 * A fixed number has an autoscaler too, without room. From an autoscaler Flagger takes how many pods a new version gets, and by it a
 * changed number reaches the old one. Replicas in the Deployment do neither where whoever applies it leaves them to Flagger, and start
 * pods that nobody needs where it does not: between releases Flagger holds them at zero.
 * @see https://github.com/fluxcd/flagger/issues/360
 */
export function renderFlaggerAutoscaler(planned: Planned): Rendered[] {
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: planned.spec.name };
  return planned.spec.replicas.isAutoscaled ? renderAutoscaler(planned, target) : [{ id: 'autoscaler', manifest: renderPinned(planned, target) }];
}

function renderPinned(planned: Planned, target: ScaleTarget): Manifest {
  const { min, max } = planned.spec.replicas;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(planned),
    spec: { scaleTargetRef: { ...target }, minReplicas: min, maxReplicas: max },
  };
}

/** Renders by what name the Canary knows the autoscaler, and what its copy asks for instead. */
export function renderAutoscalerRef({ spec: { name, replicas: { _scaler: scaler } } }: Planned) {
  if (scaler?.kind !== 'scaledObject') {
    return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name };
  }
  // All of them or none: where Flagger is told one query, it leaves those of the other triggers as they are.
  const queries = scaler.triggers.flatMap(({ _spec: trigger }, index): Array<[string, string]> => {
    const { metadata: { query }, primaryQuery } = trigger;
    return query === undefined ? [] : [[triggerNameOf(trigger, index), primaryQuery ?? forPrimary(query, name)]];
  });
  return withoutAbsent({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    name,
    primaryScalerQueries: queries.length === 0 ? undefined : Object.fromEntries(queries),
  });
}

/** A query with the service's name, where that stands alone and is not a part of another, replaced by that of the old version. */
function forPrimary(query: string, name: string): string {
  return query.replace(new RegExp(`(?<![\\w-])${name}(-canary)?(?!\\w|-[A-Za-z0-9])`, 'g'), `${name}-primary`);
}
