import type { PlannedAbTest, PlannedBlueGreen, PlannedCanary } from '../../../src/plan/rollout/planned-rollout';
import type { AbTestOptions } from '../../../src/spec/rollout/ab-test';
import type { BlueGreenOptions } from '../../../src/spec/rollout/blue-green';
import type { CanaryOptions } from '../../../src/spec/rollout/canary';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { planned, Props } from '../declare';

/** A header that new versions are tried with. */
export const HEADER = { name: 'X-Canary', value: 'true' };

export const argo = RolloutEngine.argoRollouts;
export const flagger = RolloutEngine.flagger;
export const native = RolloutEngine.native;

/** Every way in by its kind, with the least that must be said of it. */
export const WAYS_IN: Readonly<Record<string, () => Traffic[]>> = {
  clusterInternal: () => [],
  istio: () => [Traffic.istio()],
  awsLoadBalancer: () => [Traffic.awsLoadBalancer()],
  networkLoadBalancer: () => [Traffic.networkLoadBalancer()],
  ingressNginx: () => [Traffic.ingressNginx({ hosts: ['a.example.com'] })],
  httpRoute: () => [Traffic.httpRoute({ gateways: [{ name: 'public' }] })],
};

/** A canary through Istio, which every engine can do. */
export const canary = (options: CanaryOptions = {}, more: Props = {}): Props =>
  ({ rollout: Rollout.canary(options), traffic: [Traffic.istio()], ...more });

export const abTest = (options: Partial<AbTestOptions> = {}, more: Props = {}): Props =>
  ({ rollout: Rollout.abTest({ header: HEADER, ...options }), traffic: [Traffic.istio()], ...more });

export const blueGreen = (options: BlueGreenOptions = {}, more: Props = {}): Props => ({ rollout: Rollout.blueGreen(options), ...more });

export const plannedCanary = (props: Props): PlannedCanary => planned(props).planned.rollout as PlannedCanary;
export const plannedAbTest = (props: Props): PlannedAbTest => planned(props).planned.rollout as PlannedAbTest;
export const plannedBlueGreen = (props: Props): PlannedBlueGreen => planned(props).planned.rollout as PlannedBlueGreen;
