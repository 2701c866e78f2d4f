import { refuse } from './declaration-error';
import { Metric } from './metric';
import { wholeNumber } from './values';

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

/** How many pods serve. */
export class Replicas {
  /**
   * Always the same number.
   * @param count at least 2 unless one is accepted with `Risk.singleReplica`, at most 10000
   */
  static fixed(count: number): Replicas {
    wholeNumber('Replicas.fixed count', count, 1, 10_000);
    return new Replicas(count, count, []);
  }

  /** As many as a HorizontalPodAutoscaler finds right. */
  static autoscaled(options: AutoscalingOptions): Replicas {
    wholeNumber('Replicas.autoscaled min', options.min, 1, 10_000);
    wholeNumber('Replicas.autoscaled max', options.max, 1, 10_000);
    if (options.max < options.min) {
      refuse(`Replicas.autoscaled max ${options.max} must be at least min ${options.min}`);
    }
    return new Replicas(options.min, options.max, metricsOf(options));
  }

  /** @internal */
  readonly _metrics: readonly Metric[];

  private constructor(
    /** The fewest replicas. */
    readonly min: number,
    /** The most replicas, apart from a release's surge. */
    readonly max: number,
    metrics: readonly Metric[],
  ) {
    this._metrics = metrics;
  }

  /** Whether an autoscaler decides. */
  get isAutoscaled(): boolean {
    return this._metrics.length > 0;
  }
}

function metricsOf(options: AutoscalingOptions): Metric[] {
  const metrics = [...(options.metrics ?? [])];
  if (options.memoryPercent !== undefined) {
    metrics.unshift(Metric.memory(options.memoryPercent));
  }
  if (options.cpuPercent !== undefined || metrics.length === 0) {
    metrics.unshift(Metric.cpu(options.cpuPercent ?? 70));
  }
  return metrics;
}
