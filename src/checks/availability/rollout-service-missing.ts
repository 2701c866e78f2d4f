import type { Rule } from '../rule';
import { rolloutsOf } from './argo-rollout';
import { PODS, ROLLOUT, SERVICE } from './example-manifests';
import { isUnplaced } from './unplaced';
import { servicePairsOf } from '../../cluster/argo-rollout';

const PREVIEW = SERVICE.replace('name: payments }', 'name: payments-preview }');

const MANIFESTS = `${SERVICE}${PREVIEW}${ROLLOUT}
  replicas: 2
  strategy: { blueGreen: { activeService: payments, previewService: payments-preview } }
  ${PODS}
`;

/** The Services that a Rollout switches are there. */
export const ROLLOUT_SERVICE_MISSING: Rule = {
  id: 'rollout-service-missing',
  severity: 'error',
  title: 'An Argo Rollout names two Services that exist.',
  why: 'Argo Rollouts shifts requests by changing the selectors of the Services that a Rollout names. Where one of them is missing, or both are the same, '
    + 'the controller calls the Rollout invalid and releases nothing.',
  sources: [
    'https://argo-rollouts.readthedocs.io/en/stable/features/specification/',
    'https://github.com/argoproj/argo-rollouts/blob/master/pkg/apis/rollouts/validation/validation.go',
  ],
  failing: MANIFESTS.replace('activeService: payments,', 'activeService: payments-active,'),
  passing: MANIFESTS,
  check: ({ cluster, relations }) => rolloutsOf(cluster).flatMap((rollout) => servicePairsOf(rollout).flatMap((pair) => {
    const [one, other] = pair;
    if (one.string() && one.string() === other.string()) {
      return [{
        object: rollout,
        field: one,
        message: `Service ${one.string()} stands both for the old pods and for the new, so Rollout ${rollout.name} is refused`,
        fix: `name another Service as ${String(other.path[other.path.length - 1])}`,
      }];
    }
    const isRead = cluster.services.some(({ namespace }) => namespace === rollout.namespace);
    const isMissing = (name: string) => !relations.serviceNamed(rollout.namespace, name) && !isUnplaced(cluster, 'Service', name);
    return pair.filter((field) => isRead && field.string() && isMissing(field.string() ?? '')).map((field) => ({
      object: rollout,
      field,
      message: `${String(field.path[field.path.length - 1])} ${field.string()} is not among the Services read in namespace ${rollout.namespace}, `
        + `so Rollout ${rollout.name} releases nothing`,
      fix: `add a Service ${field.string()} that selects the Rollout's pods`,
    }));
  })),
};
