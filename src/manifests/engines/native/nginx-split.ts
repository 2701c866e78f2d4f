import { isCanaryUsed, Split } from './split';
import { trackNameOf } from './track';
import type { Planned } from '../../../plan/planned-service';
import type { PlannedIngressNginx } from '../../../plan/traffic/planned-traffic';
import type { Rendered } from '../../manifest';
import { backendOf } from '../../traffic/ingress';
import { renderNginxIngress } from '../../traffic/nginx-ingress';

const PREFIX = 'nginx.ingress.kubernetes.io';

/** Renders the main Ingress, and the one by which ingress-nginx takes requests from it for the canary. */
export function renderNginxSplit(planned: Planned, traffic: PlannedIngressNginx, split: Split): Rendered[] {
  const { weight, header } = split;
  // ingress-nginx logs an error for each request while a canary, even one without a share, has no pods.
  const service = isCanaryUsed(split) ? trackNameOf(planned, 'canary') : planned.spec.name;
  const annotations = {
    [`${PREFIX}/canary`]: 'true',
    [`${PREFIX}/canary-weight`]: String(weight),
    ...(header && { [`${PREFIX}/canary-by-header`]: header.name, [`${PREFIX}/canary-by-header-value`]: header.value }),
  };
  return [
    { id: 'nginx-ingress', manifest: renderNginxIngress(planned, traffic, { backend: backendOf(planned, trackNameOf(planned, 'stable')) }) },
    {
      id: 'nginx-ingress-canary',
      manifest: renderNginxIngress(planned, traffic, { name: trackNameOf(planned, 'canary'), backend: backendOf(planned, service), annotations }),
    },
  ];
}
