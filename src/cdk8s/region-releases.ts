import type { ApiObject } from 'cdk8s';
import type { ZeroDowntimeService } from './zero-downtime-service';
import { type RegionRelease, SEEN_IN_CANARY, SEEN_IN_DEPLOYMENT, SEEN_IN_ROLLOUT } from '../manifests/regions/region-release';
import { MARGIN } from '../plan/context';
import { goDuration } from '../reading/go-duration';

/** Flagger's interval where a Canary gives none that it can read, in seconds. */
const FLAGGERS_OWN = 60;

type Engine = RegionRelease['waitFor']['engine'];

/** How the release of a service ends in its cluster. The engine is known by the objects that were made for it. */
export function regionReleaseOf(service: ZeroDowntimeService): RegionRelease {
  const { workload, objects, name, _steppedPlan } = service;
  const canary = objects.find(({ kind }) => kind === 'Canary');
  const seenIn = ({ apiVersion, kind, name: object, metadata }: ApiObject, engine: Engine) =>
    ({ service: name, namespace: metadata.namespace, engine, apiVersion, kind, name: object });
  if (canary) {
    return { waitFor: { ...seenIn(canary, 'flagger'), ...SEEN_IN_CANARY, afterSeconds: lookOf(canary) } };
  }
  if (workload.kind === 'Rollout') {
    return { waitFor: { ...seenIn(workload, 'argoRollouts'), ...SEEN_IN_ROLLOUT, sameGeneration: true, workload: templateOf(objects) } };
  }
  return {
    waitFor: { ...seenIn(workload, _steppedPlan ? 'native' : 'kubernetes'), ...SEEN_IN_DEPLOYMENT, sameGeneration: true },
    steps: _steppedPlan && `${name}-release`,
  };
}

/** The Deployment that a Rollout takes over keeps the pod template. */
function templateOf(objects: readonly ApiObject[]): RegionRelease['waitFor']['workload'] {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return deployment && { apiVersion: deployment.apiVersion, kind: deployment.kind, name: deployment.name };
}

/** Flagger looks for a new version once in an interval, and its status knows no generation. */
function lookOf(canary: ApiObject): number {
  const { spec } = canary.toJson() as { spec: { analysis: { interval: string } } };
  return Math.ceil(goDuration(spec.analysis.interval) ?? FLAGGERS_OWN) + MARGIN.value;
}
