import { refuse } from './declaration-error';
import { KedaTrigger, triggerNameOf } from './keda-trigger';
import { Metric } from './metric';
import { instanceOf, listOf, quoted, settingsOf, wholeNumber } from './values';

/** Bounds and metrics of an autoscaled service. */
export interface AutoscalingOptions {
  /** The fewest replicas, at least 2 unless one is accepted with `Risk.singleReplica`. */
  readonly min: number;

  /** The most replicas, at least `min` and at most 10000. */
  readonly max: number;

  /**
   * The average CPU use to aim at, in percent of the reserved CPU.
   * @default - 70 where neither another percentage nor a metric is given
   */
  readonly cpuPercent?: number;

  /**
   * The average memory use to aim at, in percent of the reserved memory.
   * @default - memory is not watched
   */
  readonly memoryPercent?: number;

  /**
   * Further metrics.
   * @default - none
   */
  readonly metrics?: Metric[];
}

/** Bounds and triggers of a service that KEDA scales. */
export interface KedaOptions {
  /** The fewest replicas, at least 2 unless one is accepted with `Risk.singleReplica`. The service is never scaled to zero. */
  readonly min: number;

  /** The most replicas, at least `min` and at most 10000. */
  readonly max: number;

  /** What the number of replicas follows. At least one; each needs a name of its own where it has one. */
  readonly triggers: KedaTrigger[];

  /**
   * The replicas that a trigger asks for while its source cannot be asked, from `min` to `max`. Fewer than the load needs then takes
   * pods away.
   * @default - `max`: nothing is known of the load then
   */
  readonly fallbackReplicas?: number;
}

/** What decides the number of replicas, in the planner's form. Each further kind is one more member. */
export type ScalerSpec =
  | { readonly kind: 'horizontalPodAutoscaler'; readonly metrics: readonly Metric[] }
  | { readonly kind: 'scaledObject'; readonly triggers: readonly KedaTrigger[]; readonly fallbackReplicas: number };

/** How many pods serve. */
export class Replicas {
  /**
   * Always the same number.
   * @param count at least 2 unless one is accepted with `Risk.singleReplica`, at most 10000
   */
  static fixed(count: number): Replicas {
    wholeNumber('Replicas.fixed count', count, 1, 10_000);
    return new Replicas(count, count);
  }

  /** As many as a HorizontalPodAutoscaler finds right. */
  static autoscaled(options: AutoscalingOptions): Replicas {
    checkBounds('Replicas.autoscaled', settingsOf('Replicas.autoscaled options', options));
    return new Replicas(options.min, options.max, { kind: 'horizontalPodAutoscaler', metrics: metricsOf(options) });
  }

  /**
   * As many as KEDA finds right: a ScaledObject in place of the HorizontalPodAutoscaler, which KEDA then makes.
   * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
   */
  static keda(options: KedaOptions): Replicas {
    checkBounds('Replicas.keda', settingsOf('Replicas.keda options', options));
    const { min, max, triggers, fallbackReplicas = max } = options;
    checkTriggers(triggers);
    wholeNumber('Replicas.keda fallbackReplicas', fallbackReplicas, min, max);
    return new Replicas(min, max, { kind: 'scaledObject', triggers: [...triggers], fallbackReplicas });
  }

  /** @internal */
  readonly _scaler?: ScalerSpec;

  private constructor(
    /** The fewest replicas. */
    readonly min: number,
    /** The most replicas, apart from a release's surge. */
    readonly max: number,
    scaler?: ScalerSpec,
  ) {
    this._scaler = scaler;
  }

  /** Whether an autoscaler decides. */
  get isAutoscaled(): boolean {
    return this._scaler !== undefined;
  }
}

function checkBounds(name: string, { min, max }: { readonly min: number; readonly max: number }): void {
  wholeNumber(`${name} min`, min, 1, 10_000);
  wholeNumber(`${name} max`, max, 1, 10_000);
  if (max < min) {
    refuse(`${name} max ${max} must be at least min ${min}`);
  }
}

function checkTriggers(triggers: readonly KedaTrigger[]): void {
  if (listOf('Replicas.keda triggers', triggers).length === 0) {
    refuse('Replicas.keda triggers must hold at least one, such as KedaTrigger.cpu(70)');
  }
  triggers.forEach((trigger, index) => instanceOf(`Replicas.keda triggers ${index + 1}:`, trigger, KedaTrigger, 'KedaTrigger.cpu(70)'));
  const names = triggers.map(({ _spec }, index) => triggerNameOf(_spec, index));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    refuse(`Replicas.keda trigger name ${quoted(twice)} is given twice; give one of them another`);
  }
}

function metricsOf(options: AutoscalingOptions): Metric[] {
  const metrics = [...listOf('Replicas.autoscaled metrics', options.metrics ?? [])];
  metrics.forEach((metric, index) => instanceOf(`Replicas.autoscaled metrics ${index + 1}:`, metric, Metric, 'Metric.cpu(70)'));
  if (options.memoryPercent !== undefined) {
    metrics.unshift(Metric.memory(options.memoryPercent));
  }
  if (options.cpuPercent !== undefined || metrics.length === 0) {
    metrics.unshift(Metric.cpu(options.cpuPercent ?? 70));
  }
  return metrics;
}
