import type { Dashboard } from '../../../src/manifests/monitoring/dashboard';
import { renderService } from '../../../src/manifests/render';
import { planned, type Props } from '../../plan/declare';

/* eslint-disable @typescript-eslint/no-explicit-any */
export function ruleOf(props: Props): any {
  return objectOf('release-alerts', props);
}

export function dashboardMapOf(props: Props): any {
  return objectOf('release-dashboard', props);
}

function objectOf(id: string, props: Props): any {
  return renderService(planned(props).planned).find((rendered) => rendered.id === id)!.manifest;
}
/* eslint-enable @typescript-eslint/no-explicit-any */

export function dashboardOf(props: Props): Dashboard {
  return JSON.parse(dashboardMapOf(props).data['shop-payments-release.json']);
}
