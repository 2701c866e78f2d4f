import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import {
  Colour, FlaggerWebhook, IstioSplit, KedaTrigger, Pods, Promotion, Replicas, Rollout, RolloutEngine, StableScale, TakeOver, VersionAntiAffinity,
  Database, type Traffic, ZeroDowntimeServiceProps,
} from 'zero-downtime';
import { type LegalDeclaration, legalDeclarations } from './arbitraries';
import { analysesFor } from './release-analyses';
import { type Engine, type Strategy, waysFor } from './release-ways';
import { maybe } from './text-arbitraries';

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((amount) => Duration.seconds(amount));

const GATES = [
  FlaggerWebhook.confirmTrafficIncrease('increase', { url: 'http://gate.test/' }), FlaggerWebhook.confirmPromotion('promotion', { url: 'http://gate.test/' }),
];
const HOOKS = [
  FlaggerWebhook.confirmRollout('begin', { url: 'http://gate.test/' }), FlaggerWebhook.preRollout('smoke', { url: 'http://load.test/', metadata: { cmd: 'true' } }),
  FlaggerWebhook.loadTest('load', { url: 'https://load.test:8443/a?b=c', timeout: Duration.seconds(40) }),
  FlaggerWebhook.postRollout('tell', { url: 'http://chat.test/' }), FlaggerWebhook.rollback('stop', { url: 'http://gate.test/' }),
];

/** How an engine is asked, once it is known through what it moves traffic. */
type EngineOf = (traffic: readonly Traffic[]) => RolloutEngine;

const argoRollouts = (strategy: Strategy): fc.Arbitrary<EngineOf> => fc.record({
  split: fc.constantFrom(undefined, IstioSplit.SUBSETS, IstioSplit.HOSTS),
  delays: fc.record({ scaleDownDelay: maybe(seconds(300, 900)), abortScaleDownDelay: maybe(seconds(300, 900)) }),
  isDynamic: fc.boolean(),
  takeOver: fc.constantFrom(undefined, undefined, ...Object.values(TakeOver)),
  antiAffinity: fc.constantFrom(undefined, ...Object.values(VersionAntiAffinity)),
  rollbackWindow: maybe(fc.integer({ min: 1, max: 10 })),
}).map(({ split, delays, isDynamic, rollbackWindow, ...rest }) => (traffic) => {
  const has = (...kinds: string[]) => traffic.some(({ _spec }) => kinds.includes(_spec.kind));
  const isSplit = strategy !== 'blueGreen' && traffic.some(({ _spec }) => _spec.kind !== 'clusterInternal');
  const stableScale = isDynamic && isSplit && !has('awsLoadBalancer') ? StableScale.DYNAMIC : undefined;
  return RolloutEngine.argoRollouts({
    ...rest,
    ...stableScale === undefined && isSplit ? delays : {},
    stableScale,
    rollbackWindow: isSplit ? undefined : rollbackWindow,
    istioSplit: isSplit && has('istio') && !has('awsLoadBalancer') ? split : undefined,
  });
});

function enginesFor(engine: Engine, strategy: Strategy): fc.Arbitrary<EngineOf> {
  switch (engine) {
    case 'argoRollouts': return argoRollouts(strategy);
    // A version that is judged before it has traffic needs a load.
    case 'flagger': return fc.subarray(HOOKS).filter((hooks) => strategy !== 'blueGreen' || hooks.some(({ name }) => name === 'load'))
      .map((webhooks) => () => RolloutEngine.flagger({ webhooks: [...webhooks, ...GATES] }));
    case 'native': return strategy === 'blueGreen' ? fc.constantFrom(undefined, ...Object.values(Colour)).map((live) => () => RolloutEngine.native({ live }))
      : fc.constant(() => RolloutEngine.native());
  }
}

/** Shares that grow: where they are counted in pods, few that differ. */
const steps = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }).map((shares) => shares.sort((a, b) => a - b)),
  fc.constantFrom<number[]>([50], [25, 50, 75], [34, 67]),
);

const HEADER = { name: 'X-Canary', value: 'true; "v2"' };

type RolloutOf = (traffic: readonly Traffic[]) => Rollout;

function canaries(engine: Engine): fc.Arbitrary<RolloutOf> {
  return fc.record({
    steps,
    stepDuration: maybe(fc.constantFrom(Duration.hours(8), Duration.days(7))),
    approves: fc.boolean(),
    header: fc.boolean(),
    mirrorPercent: maybe(fc.integer({ min: 1, max: 100 })),
    sessionCookie: fc.constantFrom(undefined, {}, { maxAge: Duration.hours(1) }),
    analysis: maybe(analysesFor(engine, true)),
    engineOf: enginesFor(engine, 'canary'),
  }).map(({ approves, header, mirrorPercent, sessionCookie, engineOf, ...options }) => (traffic) => {
    const ways = traffic.map(({ _spec }) => _spec.kind).filter((kind) => kind !== 'clusterInternal');
    const isAll = (...kinds: string[]) => ways.length > 0 && ways.every((kind) => kinds.includes(kind));
    const canKeep = { argoRollouts: false, flagger: isAll('istio', 'httpRoute'), native: isAll('awsLoadBalancer') }[engine];
    const isPathLost = engine === 'argoRollouts' && traffic.some(({ _spec }) => _spec.kind === 'awsLoadBalancer' && (_spec.options.path ?? '/') !== '/');
    return Rollout.canary({
      ...options,
      approvalAt: approves ? options.steps.slice(-2) : undefined,
      header: header && engine !== 'flagger' && !isPathLost && ways.length > 0 ? HEADER : undefined,
      mirrorPercent: isAll('istio') ? mirrorPercent : undefined,
      sessionCookie: canKeep ? sessionCookie : undefined,
      engine: engineOf(traffic),
    });
  });
}

function tests(engine: Engine): fc.Arbitrary<RolloutOf> {
  return fc.record({ duration: maybe(seconds(40_000, 604_800)), analysis: maybe(analysesFor(engine, true)), engineOf: enginesFor(engine, 'abTest') })
    .map(({ engineOf, ...options }) => (traffic) => Rollout.abTest({ ...options, header: HEADER, engine: engineOf(traffic) }));
}

function colours(engine: Engine): fc.Arbitrary<RolloutOf> {
  const isFlagger = engine === 'flagger';
  return fc.record({
    promotion: fc.constantFrom(undefined, ...Object.values(Promotion)),
    previewAnalysis: maybe(analysesFor(engine, false)),
    analysis: isFlagger ? fc.constant(undefined) : maybe(analysesFor(engine, false)),
    bakeTime: isFlagger ? fc.constant(undefined) : maybe(seconds(40_000, 604_800)),
    previewPods: isFlagger ? fc.constant(undefined)
      : maybe(fc.oneof(fc.constant(Pods.count(1)), fc.integer({ min: 1, max: 100 }).map((share) => Pods.percent(share)))),
    engineOf: enginesFor(engine, 'blueGreen'),
  }).map(({ engineOf, ...options }) => (traffic) => Rollout.blueGreen({ ...options, engine: engineOf(traffic) }));
}

/** Replicas that KEDA decides, in the place of those that were drawn. */
const scaled = maybe(fc.record({
  triggers: fc.subarray([
    KedaTrigger.cpu(70), KedaTrigger.prometheus({ serverAddress: 'http://p:9090', query: 'sum(rate(requests[1m]))', threshold: 10 }),
    KedaTrigger.of('aws-sqs-queue', { queueURL: 'https://sqs.eu-west-1.amazonaws.com/1/q', queueLength: '5', awsRegion: 'eu-west-1' }),
  ], { minLength: 1 }),
  hasFallback: fc.boolean(),
}));

/** More pods at once than a rolling release ever has: three sets of them, and what evictions add. */
function databaseFor({ database, replicas }: ZeroDowntimeServiceProps, schema: LegalDeclaration['schema']): Database | undefined {
  const poolSize = database && Math.min(database.poolSize, 20);
  const pods = 10 * (replicas?.max ?? 3) + 50;
  const maxConnections = Math.min(1_000_000, (poolSize ?? 0) * pods + 3 + (database?.reservedConnections ?? 0));
  return poolSize ? Database.postgres({ ...schema, poolSize, maxConnections }) : undefined;
}

/** A label by which Flagger tells two versions apart, or none of the declaration's own. */
const selectors = fc.constantFrom(undefined, 'app', 'app.kubernetes.io/name', 'name');

const MAKERS = { canary: canaries, abTest: tests, blueGreen: colours };

/** Whole declarations of one engine's releases: most are legal, and no rule of the library's own decides which. */
export function releasesOf(engine: Engine, strategy: Strategy): fc.Arbitrary<LegalDeclaration> {
  return fc.record({
    declaration: legalDeclarations, ways: waysFor(engine, strategy), rolloutOf: MAKERS[strategy](engine), keda: scaled, selector: selectors,
  }).map(({ declaration: { props, ...declaration }, ways, rolloutOf, keda, selector }) => {
    const traffic = ways(props);
    const replicas = keda && props.replicas?.isAutoscaled ? Replicas.keda({
      min: props.replicas.min, max: props.replicas.max, triggers: keda.triggers, fallbackReplicas: keda.hasFallback ? props.replicas.min : undefined,
    }) : props.replicas;
    const own = engine === 'flagger' ? { selector: selector && { [selector]: props.name! }, labels: undefined } : {};
    const database = databaseFor(props, declaration.schema);
    return { ...declaration, props: { ...props, ...own, traffic, replicas, database, rollout: rolloutOf(traffic) } };
  });
}
