import type { ReleaseStep, ReleaseSteps } from './release-step';
import type { Planned } from '../../plan/planned-service';
import { Manifest, metadataOf } from '../manifest';

/** The label by which the index is found among manifests. */
export const RELEASE_LABEL = 'zero-downtime/release';

/**
 * Renders the index of a release: which file is applied when, and what is waited for after it. A ConfigMap, so that whatever reads
 * a folder of manifests takes it, and so that it can be kept in the cluster beside what it describes.
 */
export function renderReleaseIndex(planned: Planned, steps: ReleaseSteps, fileOf: (step: ReleaseStep) => string): Manifest {
  const { rollout, spec } = planned;
  const told = (step: ReleaseStep) => ({ id: step.id, file: fileOf(step), title: step.title, waitFor: step.waitFor });
  const index = {
    version: 1,
    service: spec.name,
    namespace: spec.namespace,
    image: spec.container.image,
    rollout: rollout.kind,
    steps: steps.forward.map(told),
    rollback: steps.rollback.map(told),
    noReturnFrom: steps.noReturnFrom,
  };
  const metadata = metadataOf(planned, {}, { name: `${spec.name}-release` });
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, labels: { ...metadata.labels, [RELEASE_LABEL]: 'true' } },
    data: { 'release.json': `${JSON.stringify(index, null, 2)}\n` },
  };
}
