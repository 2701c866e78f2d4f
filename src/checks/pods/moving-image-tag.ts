import type { Container } from '../../cluster/container';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { imageOf } from './image';

/** An image's name means the same image tomorrow. */
export const MOVING_IMAGE_TAG: Rule = {
  id: 'moving-image-tag',
  severity: 'warning',
  title: 'An image has a tag other than latest, or a digest.',
  why: 'The tag latest, which is also meant where none is written, moves with every build. A rollback to the template before then starts the new image '
    + 'again, a pod that is replaced at night may run another version than its neighbours, and a new build under the same tag releases nothing.',
  sources: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
  failing: exampleOf({ container: { image: 'registry.example.com/payments:latest' } }),
  passing: exampleOf({ container: { image: 'registry.example.com/payments:2.1.0' } }),
  check: ({ cluster }) => cluster.workloads.filter(({ field }) => !field.get('spec', 'workloadRef').exists).flatMap((workload) => {
    const { containers, initContainers, sidecars } = workload.template;
    return [...initContainers, ...sidecars, ...containers].filter(isMoving).map(({ name, image, field }) => ({
      object: workload,
      field: field.get('image'),
      message: `image ${image} of container ${name} ${image?.endsWith(':latest') ? 'is whatever was built last' : 'has no tag, which means latest'}, `
        + 'so a rollback cannot name what ran before',
      fix: 'use a tag that is given once, or a digest',
    }));
  }),
};

function isMoving({ image }: Container): boolean {
  // Istio's injection puts the proxy's image in the place of `auto`.
  if (image === undefined || image === '' || image === 'auto') {
    return false;
  }
  const { tag, digest } = imageOf(image);
  return digest === undefined && (tag === undefined || tag === 'latest');
}
