import * as fc from 'fast-check';
import type { Budget, Count, Interval, Strategy, WayIn, WorkloadModel } from '../../../src/verify/workload-model';

const upTo = (max: number) => fc.nat(max);
const interval = (least: number, length: number): fc.Arbitrary<Interval> =>
  fc.tuple(fc.nat(least), fc.nat(length)).map(([atLeast, more]) => ({ atLeast, atMost: atLeast + more }));
const count: fc.Arbitrary<Count> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(2) },
  { weight: 1, arbitrary: fc.constantFrom<Count>('0%', '25%', '50%', '100%') },
);
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const strategy: fc.Arbitrary<Strategy> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('rollingUpdate' as const), maxSurge: count, maxUnavailable: count }) },
  { weight: 1, arbitrary: fc.constant<Strategy>({ kind: 'recreate' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('oneByOne' as const), maxUnavailable: count }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('switchOver' as const), scaleDownDelaySeconds: fc.nat(6) }) },
);
const budget: fc.Arbitrary<Budget | undefined> = fc.oneof(
  fc.constant(undefined),
  count.map((maxUnavailable): Budget => ({ maxUnavailable })),
  count.map((minAvailable): Budget => ({ minAvailable })),
);

/** A way in of which everything is drawn. kube-proxy alone falls back to pods that are ending: it neither cuts, nor stands in between, nor gates. */
const anyWay: fc.Arbitrary<WayIn> = fc.record({
  path: fc.constant('some'),
  through: fc.constant('Service shop/payments'),
  detach: interval(3, 4),
  attach: interval(3, 4),
  inOrder: fc.boolean(),
  fallsBackToTerminating: fc.boolean(),
  routesUnready: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
  readinessGate: fc.boolean(),
  keptBy: fc.constantFrom('client' as const, 'none' as const),
  cutsAfterSeconds: option(upTo(8)),
  idleTimeoutSeconds: option(upTo(4)),
}).map((way): WayIn => way.fallsBackToTerminating ? { ...way, inOrder: true, readinessGate: false, keptBy: 'client', cutsAfterSeconds: undefined } : way);

/** One list of endpoints carries both kinds of change, so that neither can be slower at the least than the other at the most. */
const inOneList = (way: WayIn): WayIn => way.inOrder
  ? { ...way, detach: { ...way.detach, atLeast: 0 }, attach: { ...way.attach, atLeast: 0 } }
  : way;
const named = (ways: readonly WayIn[]): WayIn[] => ways.map((way, index) => ({ ...inOneList(way), path: `way${index}` }));

const replicas = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 0, 0, 1, 2)).map(([min, more]) => ({ min, max: min + more }));

/** A model of which everything is drawn, from numbers so small that corners are hit. */
export const anyModel: fc.Arbitrary<WorkloadModel> = fc.record({
  workload: fc.constant('Deployment shop/payments'),
  replicas,
  strategy,
  minReadySeconds: upTo(4),
  start: fc.record({ accepts: interval(2, 4), gated: fc.integer({ min: 0, max: 7 }).map((drawn) => drawn > 0), noticedWithinSeconds: upTo(2) }),
  termination: fc.record({
    gracePeriodSeconds: upTo(14),
    preStop: interval(6, 2),
    kubeletSeconds: upTo(3),
    shutdown: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn > 0 ? 'drains' as const : 'exitsAtOnce' as const),
    drainSeconds: upTo(6),
    proxy: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, {
      weight: 1, arbitrary: fc.record({ acceptsSeconds: upTo(9), endsSeconds: upTo(16) }),
    }),
  }),
  longestRequestSeconds: upTo(5),
  keptConnections: fc.constantFrom('announced' as const, 'announced' as const, 'closed' as const),
  keepAliveSeconds: option(fc.integer({ min: 1, max: 5 })),
  budget,
  evictions: fc.constantFrom(0, 0, 1, 2, 3),
  requiredReady: fc.constantFrom(1, 1, 1, 2),
  waysIn: fc.array(anyWay, { minLength: 1, maxLength: 3 }).map(named),
}).map((model) => model.keepAliveSeconds === undefined ? model
  // Whether idle connections outlast the program's patience is not asked where their own end is not known.
  : { ...model, waysIn: model.waysIn.map((way) => ({ ...way, idleTimeoutSeconds: way.idleTimeoutSeconds ?? 1 })) });

/** The same model with every bound at what its inequality asks for, and not a second more. */
function sound(model: WorkloadModel): WorkloadModel {
  const { waysIn, longestRequestSeconds: request, termination: { kubeletSeconds, preStop, proxy } } = model;
  const detach = Math.max(...waysIn.map((way) => way.detach.atMost));
  const hook = { atLeast: detach, atMost: detach + preStop.atMost - preStop.atLeast };
  const stops = hook.atMost + kubeletSeconds;
  const ends = stops + request;
  return {
    ...model,
    strategy: model.strategy.kind === 'recreate' ? { kind: 'rollingUpdate', maxSurge: 1, maxUnavailable: 0 } : model.strategy,
    minReadySeconds: Math.max(0, ...waysIn.map((way) =>
      way.inOrder || way.readinessGate ? model.minReadySeconds % 2 : way.attach.atMost - way.detach.atLeast)),
    start: { ...model.start, gated: true },
    termination: {
      gracePeriodSeconds: Math.max(ends, hook.atMost + 1),
      preStop: hook,
      kubeletSeconds,
      shutdown: 'drains',
      drainSeconds: request,
      proxy: proxy && { acceptsSeconds: detach, endsSeconds: ends },
    },
    keptConnections: 'announced',
    keepAliveSeconds: model.keepAliveSeconds && 5,
    requiredReady: 1,
    waysIn: waysIn.map((way) => ({
      ...way,
      routesUnready: false,
      cutsAfterSeconds: way.cutsAfterSeconds && (way.keptBy === 'none' ? request : Math.max(request, ends - way.detach.atLeast)),
    })),
  };
}

const longer = ({ atLeast, atMost }: Interval): Interval => ({ atLeast, atMost: atMost + 1 });
const sooner = ({ atLeast, atMost }: Interval): Interval => ({ atLeast: Math.max(0, atLeast - 1), atMost });
const ended = (model: WorkloadModel, changed: Partial<WorkloadModel['termination']>): WorkloadModel =>
  ({ ...model, termination: { ...model.termination, ...changed } });
const onEveryWay = (model: WorkloadModel, changed: (way: WayIn) => Partial<WayIn>): WorkloadModel =>
  ({ ...model, waysIn: model.waysIn.map((way) => ({ ...way, ...changed(way) })) });
type Proxy = NonNullable<WorkloadModel['termination']['proxy']>;
const withProxy = (model: WorkloadModel, changed: (proxy: Proxy) => Partial<Proxy>): WorkloadModel => {
  const { proxy } = model.termination;
  return proxy === undefined ? model : ended(model, { proxy: { ...proxy, ...changed(proxy) } });
};
const less = (seconds: number | undefined) => seconds === undefined ? undefined : Math.max(0, seconds - 1);

/** Changes of one bound, by a second where it is one of seconds. The first changes nothing. */
const BREAKS: readonly ((model: WorkloadModel) => WorkloadModel)[] = [
  (model) => model,
  (model) => ended(model, { preStop: sooner(model.termination.preStop) }),
  (model) => ended(model, { gracePeriodSeconds: Math.max(0, model.termination.gracePeriodSeconds - 1) }),
  (model) => ended(model, { kubeletSeconds: model.termination.kubeletSeconds + 1 }),
  (model) => ended(model, { drainSeconds: Math.max(0, model.termination.drainSeconds - 1) }),
  (model) => ended(model, { shutdown: 'exitsAtOnce' }),
  (model) => withProxy(model, (proxy) => ({ acceptsSeconds: less(proxy.acceptsSeconds)! })),
  (model) => withProxy(model, (proxy) => ({ endsSeconds: less(proxy.endsSeconds)! })),
  (model) => ({ ...model, longestRequestSeconds: model.longestRequestSeconds + 1 }),
  (model) => ({ ...model, minReadySeconds: less(model.minReadySeconds)! }),
  (model) => ({ ...model, start: { ...model.start, gated: false } }),
  (model) => ({ ...model, start: { ...model.start, accepts: longer(model.start.accepts) } }),
  (model) => ({ ...model, keptConnections: 'closed' }),
  (model) => ({ ...model, strategy: { kind: 'recreate' } }),
  (model) => ({ ...model, replicas: { min: 1, max: Math.max(1, model.replicas.max - 1) } }),
  (model) => onEveryWay(model, ({ detach }) => ({ detach: longer(detach) })),
  (model) => onEveryWay(model, ({ attach }) => ({ attach: longer(attach) })),
  (model) => onEveryWay(model, ({ cutsAfterSeconds }) => ({ cutsAfterSeconds: less(cutsAfterSeconds) })),
  (model) => onEveryWay(model, () => ({ routesUnready: true })),
  (model) => onEveryWay(model, () => ({ readinessGate: false })),
];

/** A model that satisfies every inequality on single pods, of which at most one bound is broken. */
export const nearlySound: fc.Arbitrary<WorkloadModel> = fc.tuple(anyModel, fc.nat(2 * BREAKS.length))
  .map(([model, broken]) => (BREAKS[broken] ?? BREAKS[0])(sound(model)));

/** Half of all models are nearly sound: of what is drawn without thought hardly anything is proved. */
export const someModel: fc.Arbitrary<WorkloadModel> = fc.oneof(anyModel, nearlySound);
