import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Analysis, FlaggerWebhook, Pods, Promotion, Replicas, Rollout, RolloutEngine, StableScale, Traffic, ZeroDowntimeServiceProps,
} from '../../src';

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Duration.seconds(amount));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const analyses = fc.record({
  measurements: fc.integer({ min: 1, max: 30 }),
  interval: maybe(seconds(30, 300)),
  window: maybe(seconds(120, 600)),
}).map((timing) => Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, ...timing }));

const loadTests = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 3 }).map((timeouts) => timeouts.map((timeout, index) =>
  FlaggerWebhook.loadTest(`load-${index}`, { url: 'http://load.test/', timeout: Duration.seconds(timeout) })));

const GATES = [
  FlaggerWebhook.confirmTrafficIncrease('increase', { url: 'http://gate.test/' }), FlaggerWebhook.confirmPromotion('promotion', { url: 'http://gate.test/' }),
];

const engines: fc.Arbitrary<RolloutEngine> = fc.oneof(
  fc.record({
    scaleDownDelay: maybe(seconds(30, 600)),
    abortScaleDownDelay: maybe(seconds(30, 600)),
    stableScale: fc.constantFrom(undefined, undefined, StableScale.DYNAMIC),
  }).map((options) => RolloutEngine.argoRollouts(options)),
  loadTests.map((webhooks) => RolloutEngine.flagger({ webhooks: [...webhooks, ...GATES] })),
  fc.constant(RolloutEngine.native()),
);

/** Shares that grow, as many as there are. */
const steps = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }).map((shares) => shares.sort((a, b) => a - b));

const canaries = fc.record({
  steps,
  stepDuration: maybe(seconds(1, 3000)),
  header: fc.constantFrom(undefined, undefined, { name: 'X-Canary', value: 'true' }),
  mirrorPercent: fc.constantFrom(undefined, undefined, undefined, 10),
  sessionCookie: fc.constantFrom(undefined, undefined, undefined, {}),
  analysis: maybe(analyses),
  engine: engines,
}).map((options) => Rollout.canary({ ...options, approvalAt: options.steps.slice(-1) }));

const tests = fc.record({ duration: maybe(seconds(1, 10_000)), analysis: maybe(analyses), engine: engines })
  .map((options) => Rollout.abTest({ ...options, header: { name: 'X-Canary', value: 'true' } }));

const colours = fc.record({
  promotion: fc.constantFrom(undefined, Promotion.AFTER_APPROVAL),
  previewAnalysis: maybe(analyses),
  analysis: maybe(analyses),
  bakeTime: maybe(seconds(0, 4000)),
  previewPods: maybe(fc.oneof(
    fc.integer({ min: 1, max: 12 }).map((count) => Pods.count(count)),
    fc.integer({ min: 1, max: 100 }).map((share) => Pods.percent(share)),
  )),
  engine: engines,
}).map((options) => Rollout.blueGreen(options));

const propagation = maybe(seconds(0, 200));
const ways: fc.Arbitrary<Traffic[]> = fc.oneof(
  fc.constant<Traffic[]>([]),
  propagation.map((bound) => [Traffic.istio({ propagation: bound })]),
  propagation.map((bound) => [Traffic.awsLoadBalancer({ propagation: bound })]),
  propagation.map((bound) => [Traffic.networkLoadBalancer({ propagation: bound })]),
  propagation.map((bound) => [Traffic.ingressNginx({ hosts: ['a.example.com'], propagation: bound })]),
  propagation.map((bound) => [Traffic.httpRoute({ gateways: [{ name: 'public' }], propagation: bound })]),
  fc.constant<Traffic[]>([Traffic.istio(), Traffic.awsLoadBalancer()]),
);

const replicas = fc.oneof(
  fc.integer({ min: 2, max: 60 }).map((count) => Replicas.fixed(count)),
  fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 30 })).map(([min, more]) => Replicas.autoscaled({ min, max: min + more })),
);

/** Declarations of releases in which two versions run side by side: some legal, some not. */
export const rolloutDeclarations: fc.Arbitrary<Partial<ZeroDowntimeServiceProps>> = fc.record({
  rollout: fc.oneof(canaries, tests, colours),
  traffic: ways,
  replicas,
  longestRequest: maybe(seconds(1, 200)),
});
