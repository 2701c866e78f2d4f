import type { PlannedAlert } from '../../../src/plan/monitoring/planned-monitoring';
import { Monitoring } from '../../../src/spec/monitoring';
import { Pods } from '../../../src/spec/pods';
import { BlueGreenOptions, Promotion } from '../../../src/spec/rollout/blue-green';
import type { CanaryOptions } from '../../../src/spec/rollout/canary';
import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { IstioSplit, RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { ENGINES, prometheus, WAYS } from '../analysis/declared';
import { planned, type Props } from '../declare';

export const MONITORED = Monitoring.prometheusOperator({ availabilityTarget: 99.9 });

/** Steps of known lengths, with an approval of the last one. */
export const STEPS: CanaryOptions = { steps: [5, 50], approvalAt: [50] };

const CONFIRMED = RolloutEngine.flagger({
  webhooks: [FlaggerWebhook.confirmPromotion('gate', { url: 'http://gate.shop/open' })],
});
const BLUE_GREEN: BlueGreenOptions = { promotion: Promotion.AFTER_APPROVAL };
const HEADER = { name: 'x-canary', value: 'true' };
const HOSTS = RolloutEngine.argoRollouts({ istioSplit: IstioSplit.HOSTS });
const mesh: Props = { traffic: [WAYS.istio], monitoring: MONITORED };
const nginx: Props = { traffic: [WAYS.ingressNginx], monitoring: MONITORED };
const plain: Props = { monitoring: MONITORED };

/** Every way of release under every engine, and every preset of metrics under each that can have it. */
export const RELEASES = {
  'rolling': { ...plain, rollout: Rollout.rolling({ maxSurge: Pods.count(1) }) },
  'rolling in a mesh': { ...mesh, rollout: Rollout.rolling() },
  'rolling behind ingress-nginx': { ...nginx, rollout: Rollout.rolling() },
  'argo canary': { ...mesh, rollout: Rollout.canary({ ...STEPS, analysis: prometheus(), engine: ENGINES.argoRollouts }) },
  'argo canary by hosts': { ...mesh, rollout: Rollout.canary({ engine: HOSTS }) },
  'argo canary behind ingress-nginx': { ...nginx, rollout: Rollout.canary({ engine: ENGINES.argoRollouts }) },
  'argo canary by pods': { ...plain, rollout: Rollout.canary({ steps: [50], engine: ENGINES.argoRollouts }) },
  'argo blue-green': { ...plain, rollout: Rollout.blueGreen({ ...BLUE_GREEN, engine: ENGINES.argoRollouts }) },
  'argo A/B': { ...mesh, rollout: Rollout.abTest({ header: HEADER, engine: ENGINES.argoRollouts }) },
  'flagger canary': { ...mesh, rollout: Rollout.canary({ ...STEPS, analysis: prometheus(), engine: CONFIRMED }) },
  'flagger canary behind ingress-nginx': { ...nginx, rollout: Rollout.canary({ engine: ENGINES.flagger }) },
  'flagger blue-green': { ...plain, rollout: Rollout.blueGreen({ ...BLUE_GREEN, engine: CONFIRMED }) },
  'flagger A/B': { ...mesh, rollout: Rollout.abTest({ header: HEADER, engine: ENGINES.flagger }) },
  'native canary': { ...mesh, rollout: Rollout.canary({ ...STEPS, analysis: prometheus(), engine: ENGINES.native }) },
  'native blue-green': { ...plain, rollout: Rollout.blueGreen({ engine: ENGINES.native }) },
} satisfies Record<string, Props>;

export type Release = keyof typeof RELEASES;

export function alertsOf(props: Props): readonly PlannedAlert[] {
  return planned(props).planned.monitoring!.alerts;
}

export function alertOf(name: string, props: Props): PlannedAlert {
  return alertsOf(props).find((alert) => alert.name === name)!;
}

export function alertNames(props: Props): string[] {
  return alertsOf(props).map(({ name }) => name);
}
