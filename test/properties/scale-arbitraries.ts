import * as fc from 'fast-check';
import { Metric, Pods, Replicas, Risk, Rollout, Spread } from 'zero-downtime';
import { dnsLabels, labels, maybe } from './text-arbitraries';

/** Replicas and a release that fits them. */
export interface DeclaredScale {
  readonly replicas?: Replicas;
  readonly rollout?: Rollout;
  readonly min: number;
  readonly max: number;
  /** The pods that a release may take from this many replicas. */
  readonly missingOf: (replicas: number) => number;
  readonly isAutoscaled: boolean;
  readonly accept: Risk[];
}

const quantities = fc.constantFrom('1', '100', '250m', '10k', '0.5', '2Gi', '30');

const metrics: fc.Arbitrary<Metric> = fc.oneof(
  fc.integer({ min: 1, max: 1000 }).map((percent) => Metric.cpu(percent)),
  fc.integer({ min: 1, max: 1000 }).map((percent) => Metric.memory(percent)),
  fc.tuple(dnsLabels(20), quantities, maybe(labels)).map(([name, value, series]) => Metric.pods(name, value, series)),
  fc.tuple(dnsLabels(20), quantities, maybe(labels)).map(([name, value, series]) => Metric.external(name, value, series)),
  fc.tuple(dnsLabels(20), quantities).map(([name, value]) =>
    Metric.object(name, value, { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'front' })),
);

/** Small numbers, where rounding bites, and now and then a large one. */
const sizes = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 1, arbitrary: fc.integer({ min: 13, max: 2000 }) });

interface Size {
  readonly replicas?: Replicas;
  readonly min: number;
  readonly max: number;
}

const replicas: fc.Arbitrary<Size> = fc.oneof(
  fc.constant({ min: 3, max: 3 }),
  sizes.map((count): Size => ({ replicas: Replicas.fixed(count), min: count, max: count })),
  fc.record({
    min: sizes,
    room: fc.integer({ min: 0, max: 40 }),
    cpuPercent: maybe(fc.integer({ min: 1, max: 1000 })),
    memoryPercent: maybe(fc.integer({ min: 1, max: 1000 })),
    metrics: maybe(fc.array(metrics, { maxLength: 3 })),
  }).map(({ min, room, ...options }): Size => ({ replicas: Replicas.autoscaled({ min, max: min + room, ...options }), min, max: min + room })),
);

/** A release of any replicas: what would leave no pod, or could not start, is cut back to what can. */
const rollouts = maybe(fc.record({ surge: maybe(amounts(10)), unavailable: maybe(amounts(10)) }));

interface Amount {
  readonly value: number;
  readonly isPercent: boolean;
}

function amounts(maxCount: number): fc.Arbitrary<Amount> {
  return fc.oneof(
    fc.integer({ min: 0, max: maxCount }).map((value) => ({ value, isPercent: false })),
    fc.integer({ min: 0, max: 100 }).map((value) => ({ value, isPercent: true })),
  );
}

export const scales: fc.Arbitrary<DeclaredScale> = fc.tuple(replicas, rollouts).map(([size, rollout]) => ({
  ...size,
  isAutoscaled: size.replicas?.isAutoscaled ?? false,
  ...(rollout ? legalRollout(size.min, rollout) : { missingOf: () => 0 }),
  accept: size.min === 1 ? [Risk.singleReplica('a test bench')] : [],
}));

function legalRollout(min: number, { surge, unavailable }: { surge?: Amount; unavailable?: Amount }) {
  const cut = unavailable && { ...unavailable, value: Math.min(unavailable.value, unavailable.isPercent ? 99 : min - 1) };
  const missingOf = (count: number) => cut === undefined ? 0 : cut.isPercent ? Math.floor(cut.value * count / 100) : cut.value;
  // A share that rounds down to no pod is refused.
  const isMissing = missingOf(min) >= 1;
  const canStart = isMissing || surge === undefined || surge.value >= 1;
  const rollout = Rollout.rolling({
    maxSurge: surge && podsOf(canStart ? surge : { ...surge, value: 1 }),
    maxUnavailable: isMissing ? podsOf(cut!) : undefined,
  });
  return { rollout, missingOf: isMissing ? missingOf : () => 0 };
}

function podsOf({ value, isPercent }: Amount): Pods {
  return isPercent ? Pods.percent(value) : Pods.count(value);
}

/** How pods are spread, and over how many zones where that is known. */
export interface DeclaredSpread {
  readonly spread?: Spread;
  readonly zones?: number;
}

export const spreads: fc.Arbitrary<DeclaredSpread> = fc.tuple(fc.constantFrom('preferred', 'required', 'none', undefined), maybe(fc.integer({ min: 1, max: 6 })))
  .map(([kind, zones]) => {
    switch (kind) {
      case 'preferred': return { spread: Spread.preferred({ zones }), zones };
      case 'required': return { spread: Spread.required({ zones }), zones };
      case 'none': return { spread: Spread.none() };
      default: return {};
    }
  });
