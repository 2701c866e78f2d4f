import { expectDefault, objectOf, Proofs } from './proof';
import { KedaMetricType, KedaTrigger, type KedaTriggerOptions } from '../../../src/spec/keda-trigger';
import { Replicas } from '../../../src/spec/replicas';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import type { Props } from '../../plan/declare';

const METADATA = { query: 'up{app="payments"}', serverAddress: 'http://prometheus:9090', threshold: '1' };
const triggered = (options: KedaTriggerOptions = {}): Props =>
  ({ replicas: Replicas.keda({ min: 2, max: 4, triggers: [KedaTrigger.of('prometheus', METADATA, options)] }) });
const fallingBack = (fallbackReplicas?: number): Props =>
  ({ replicas: Replicas.keda({ min: 2, max: 4, fallbackReplicas, triggers: [KedaTrigger.of('prometheus', METADATA)] }) });
const triggersOf = (props: Props) => objectOf('ScaledObject', props).spec.triggers;
const underFlagger = (options?: KedaTriggerOptions): Props =>
  ({ ...triggered(options), traffic: [Traffic.istio()], rollout: Rollout.canary({ engine: RolloutEngine.flagger() }) });

/** What KEDA scales by. */
export const AUTOSCALING_PROOFS: Proofs = {
  'KedaOptions.fallbackReplicas': () => expectDefault(fallingBack(), fallingBack(4), fallingBack(2)),
  'KedaTriggerOptions.name': () => {
    expectDefault(triggered(), triggered({ name: 'trigger-1' }), triggered({ name: 'a' }));
    const trigger = KedaTrigger.of('prometheus', METADATA);
    expect(triggersOf({ replicas: Replicas.keda({ min: 2, max: 4, triggers: [trigger, trigger] }) })[1].name).toBe('trigger-2');
  },
  'KedaTriggerOptions.metricType': () =>
    expectDefault(triggered(), triggered({ metricType: KedaMetricType.AVERAGE_VALUE }), triggered({ metricType: KedaMetricType.VALUE })),
  'KedaTriggerOptions.authenticationRef': () => expect(triggersOf(triggered())[0]).not.toHaveProperty('authenticationRef'),
  'KedaTriggerOptions.primaryQuery': () => {
    expectDefault(underFlagger(), underFlagger({ primaryQuery: 'up{app="payments-primary"}' }), underFlagger({ primaryQuery: 'up' }));
    expectDefault(triggered(), triggered({ primaryQuery: 'up' }), triggered({ name: 'a' }));
  },
  'KedaAuthenticationRef.clusterWide': () => {
    const cluster = (clusterWide?: boolean) => triggered({ authenticationRef: { name: 'aws', clusterWide } });
    expectDefault(cluster(), cluster(false), cluster(true));
    expect(triggersOf(cluster())[0].authenticationRef.kind).toBe('TriggerAuthentication');
  },
};
