import { withoutAbsent } from './manifest';
import type { PodSettings } from '../spec/pod-settings';

/** Renders by what a pod gets a node, and its images. */
export function renderScheduling({ priorityClassName, imagePullSecrets, nodeSelector, tolerations }: PodSettings) {
  return {
    priorityClassName,
    imagePullSecrets: imagePullSecrets?.map((name) => ({ name })),
    nodeSelector,
    tolerations: tolerations?.map(({ key, value, effect }) =>
      withoutAbsent({ key, operator: value === undefined ? 'Exists' : 'Equal', value, effect })),
  };
}
