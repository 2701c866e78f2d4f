import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS, SERVICE } from './example-manifests';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis: { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: request-success-rate, thresholdRange: { min: 99 } }] }
`;

/** Flagger alone owns its Services. */
export const CANARY_SERVICE_CONFLICT: Rule = {
  id: 'canary-service-conflict',
  severity: 'error',
  title: 'The Service of a Flagger Canary is not written by anybody else.',
  why: 'Flagger keeps a Service of the Canary\'s name and points it at the primary pods. Whoever applies a Service of that name points it back at the '
    + 'target\'s own pods, of which there are none between releases, and requests are refused until Flagger has noticed.',
  sources: ['https://docs.flagger.app/usage/how-it-works#canary-service', 'https://github.com/fluxcd/flagger/issues/1026'],
  failing: `${SERVICE}${RELEASED}`,
  passing: RELEASED,
  check: ({ cluster, relations }) => flaggerCanariesOf(cluster).flatMap((canary) => {
    const service = canary.apexService === undefined ? undefined : relations.serviceNamed(canary.namespace, canary.apexService);
    return !service ? [] : [{
      object: service,
      field: service.field.get('spec', 'selector'),
      message: `Flagger keeps Service ${service.name} for Canary ${canary.name}, so each apply points it at pods that are scaled to zero between releases`,
      fix: `remove Service ${service.name} from the manifests, and write its settings under spec.service of the Canary`,
    }];
  }),
};
