import { Duration } from 'cdk8s';
import {
  Analysis, BlueGreenOptions, CanaryOptions, Colour, FlaggerWebhook, Health, IstioSplit, Pods, Protocol, Replicas, Rollout, RolloutEngine,
  StableScale, TakeOver, Traffic, ZeroDowntimeServiceProps,
} from '../../src';

const seconds = Duration.seconds;

/** A canary through Istio, and what else is said of it. */
const canary = (options: CanaryOptions, more: Partial<ZeroDowntimeServiceProps> = {}) => () => ({
  rollout: Rollout.canary(options), traffic: [Traffic.istio()], ...more,
});
const blueGreen = (options: BlueGreenOptions, ...traffic: Traffic[]) => () => ({ rollout: Rollout.blueGreen(options), traffic });
const HEADER = { name: 'x-canary', value: 'true' };
const address = 'http://prometheus.monitoring:9090';

/** Mistakes in how a new version takes over from one that runs beside it. */
export const ROLLOUT_MISTAKES: ReadonlyArray<readonly [string, () => Partial<ZeroDowntimeServiceProps>]> = [
  ['shares that do not grow', () => ({ rollout: Rollout.canary({ steps: [25, 5] }) })],
  ['a share of more than everything', () => ({ rollout: Rollout.canary({ steps: [5, 120] }) })],
  ['an approval between two shares', () => ({ rollout: Rollout.canary({ approvalAt: [7] }) })],
  ['a header that no router can match', () => ({ rollout: Rollout.abTest({ header: { name: 'x canary', value: 'true' } }) })],
  ['a cookie whose name is none', () => ({ rollout: Rollout.canary({ sessionCookie: { name: 'a=b' } }) })],
  ['a webhook that is no address', () => ({
    rollout: Rollout.canary({ engine: RolloutEngine.flagger({ webhooks: [FlaggerWebhook.loadTest('load', { url: 'load.test' })] }) }),
  })],
  ['a promotion in other words', () => ({ rollout: Rollout.blueGreen({ promotion: 'manual' as never }) })],
  ['settings in place of an analysis', () => ({ rollout: Rollout.canary({ analysis: { address, maxErrorRate: 0.01 } as never }) })],
  ['a step shorter than its analysis', canary({ stepDuration: seconds(60), analysis: Analysis.prometheus({ address, maxErrorRate: 0.01 }) })],
  ['a step shorter than a load test may take', canary({
    stepDuration: seconds(60),
    engine: RolloutEngine.flagger({ webhooks: [FlaggerWebhook.loadTest('load', { url: 'http://load.test/', timeout: seconds(90) })] }),
  })],
  ['pods that leave before requests do', canary({ engine: RolloutEngine.argoRollouts({ scaleDownDelay: seconds(40) }) }, { traffic: [Traffic.awsLoadBalancer()] })],
  ['a share that is no pod', canary({ steps: [4, 50] }, { traffic: [], replicas: Replicas.fixed(10) })],
  ['a share that is as many pods as the one before', canary({ steps: [11, 20] }, { traffic: [], replicas: Replicas.fixed(10) })],
  ['a share of more pods than the old version has', canary({ steps: [60], engine: RolloutEngine.native() }, { traffic: [], replicas: Replicas.fixed(10) })],
  ['a cookie that ends in the middle of a release', canary({ engine: RolloutEngine.flagger(), sessionCookie: { maxAge: seconds(60) } })],
  ['a preview of more pods than there are', blueGreen({ previewPods: Pods.count(4) })],
  ['a bake time that cuts requests', blueGreen({ bakeTime: seconds(5) })],
  ['a blue-green release behind a load balancer of AWS', blueGreen({}, Traffic.awsLoadBalancer())],
  ['shares of a load balancer that has none', canary({}, { traffic: [Traffic.networkLoadBalancer()] })],
  ['Flagger behind a load balancer of AWS', canary({ engine: RolloutEngine.flagger() }, { traffic: [Traffic.awsLoadBalancer()] })],
  ['Flagger with a GRPCRoute', canary({ engine: RolloutEngine.flagger() }, {
    protocol: Protocol.GRPC, health: Health.grpc(), traffic: [Traffic.grpcRoute({ gateways: [{ name: 'public' }] })],
  })],
  ['shares under Flagger that nothing splits', canary({ engine: RolloutEngine.flagger() }, { traffic: [] })],
  ['a header and shares under Flagger', canary({ engine: RolloutEngine.flagger(), header: HEADER })],
  ['two ways in under Flagger', canary({ engine: RolloutEngine.flagger() }, {
    traffic: [Traffic.istio(), Traffic.httpRoute({ gateways: [{ name: 'public' }] })],
  })],
  ['a selector that Flagger does not know', canary({ engine: RolloutEngine.flagger() }, { selector: { tier: 'web' } })],
  ['a selector that Flagger does not spread by', canary({ engine: RolloutEngine.flagger() }, { selector: { app: 'pay' } })],
  ['a preview under Flagger that nobody calls', blueGreen({ engine: RolloutEngine.flagger(), previewAnalysis: Analysis.prometheus({ address, maxErrorRate: 0.01 }) })],
  ['an approval under Flagger without a webhook', canary({ engine: RolloutEngine.flagger(), approvalAt: [5] })],
  ['a bake time under Flagger', blueGreen({ engine: RolloutEngine.flagger(), bakeTime: seconds(300) })],
  ['a header without a way in that looks at it', () => ({ rollout: Rollout.abTest({ header: HEADER }) })],
  ['a header whose name a load balancer of AWS refuses', canary({ header: { name: `x-${'canary'.repeat(7)}`, value: 'true' } }, {
    traffic: [Traffic.awsLoadBalancer()],
  })],
  ['a header that a load balancer of AWS takes for a pattern', canary({ header: { name: 'x-canary', value: 'v2*' } }, { traffic: [Traffic.awsLoadBalancer()] })],
  ['a header whose rule takes the paths of others', canary({ header: HEADER }, { traffic: [Traffic.awsLoadBalancer({ path: '/api' })] })],
  ['a mirror that no route can make', canary({ mirrorPercent: 10 }, { traffic: [Traffic.httpRoute({ gateways: [{ name: 'public' }] })] })],
  ['a session cookie that no route can set', canary({ sessionCookie: {} })],
  ['stickiness with ping-pong Services', canary({}, { traffic: [Traffic.awsLoadBalancer({ stickiness: seconds(60) })] })],
  ['a dynamic scale with a delay', canary({ engine: RolloutEngine.argoRollouts({ stableScale: StableScale.DYNAMIC, scaleDownDelay: seconds(60) }) })],
  ['a dynamic scale behind a load balancer of AWS', canary({ engine: RolloutEngine.argoRollouts({ stableScale: StableScale.DYNAMIC }) }, {
    traffic: [Traffic.awsLoadBalancer()],
  })],
  ['a return of all requests at once', canary({ engine: RolloutEngine.argoRollouts({ rollbackWindow: 3 }) })],
  ['a Deployment that is never scaled down', blueGreen({
    engine: RolloutEngine.argoRollouts({ takeOver: TakeOver.ON_SUCCESS }), analysis: Analysis.prometheus({ address, maxErrorRate: 0.01 }),
  })],
  ['two names for one delay', blueGreen({ engine: RolloutEngine.argoRollouts({ scaleDownDelay: seconds(60) }) })],
  ['hosts that Istio does not split', canary({ engine: RolloutEngine.argoRollouts({ istioSplit: IstioSplit.HOSTS }) }, {
    traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'] })],
  })],
  ['routes whose Services change their roles', canary({}, { traffic: [Traffic.awsLoadBalancer(), Traffic.httpRoute({ gateways: [{ name: 'public' }] })] })],
  ['a colour without colours', canary({ engine: RolloutEngine.native({ live: Colour.GREEN }) })],
  ['a preview compared with the old version', blueGreen({ previewAnalysis: Analysis.prometheus({ address, maxP99Ratio: 1.5 }) })],
];
