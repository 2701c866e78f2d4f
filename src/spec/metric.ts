import { refuse } from './declaration-error';
import { labelsWithin } from './names';
import { nonEmpty, quoted, wholeNumber } from './values';

/** What an autoscaler watches, in the form of the autoscaling/v2 API. */
export type MetricSource =
  | { readonly kind: 'resource'; readonly resource: 'cpu' | 'memory'; readonly percent: number }
  | {
    readonly kind: 'pods' | 'external';
    readonly name: string;
    readonly averageValue: string;
    readonly matchLabels?: Record<string, string>;
  }
  | {
    readonly kind: 'object';
    readonly name: string;
    readonly value: string;
    readonly apiVersion: string;
    readonly objectKind: string;
    readonly objectName: string;
  };

/** The object that a metric describes. */
export interface DescribedObject {
  /** Its API version, such as `networking.k8s.io/v1`. */
  readonly apiVersion: string;
  /** Its kind, such as `Ingress`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
}

/** A metric that the number of replicas follows. With several, the one that wants most replicas decides. */
export class Metric {
  /**
   * The average CPU use of the pods.
   * @param percent of the reserved CPU, from 1 to 1000
   */
  static cpu(percent: number): Metric {
    return new Metric({ kind: 'resource', resource: 'cpu', percent: wholeNumber('Metric.cpu percent', percent, 1, 1000) });
  }

  /**
   * The average memory use of the pods.
   * @param percent of the reserved memory, from 1 to 1000
   */
  static memory(percent: number): Metric {
    return new Metric({ kind: 'resource', resource: 'memory', percent: wholeNumber('Metric.memory percent', percent, 1, 1000) });
  }

  /**
   * A custom metric of the pods themselves, averaged over them.
   * @param name the metric's name
   * @param averageValue the target for each pod, as a quantity such as `100` or `250m`
   * @param matchLabels labels that select the metric's series
   */
  static pods(name: string, averageValue: string, matchLabels?: { readonly [key: string]: string }): Metric {
    return new Metric({ kind: 'pods', name: nonEmpty('Metric.pods name', name), averageValue: quantity(averageValue), matchLabels: matchLabels && labelsWithin('metric label', matchLabels) });
  }

  /**
   * A metric from outside the cluster, such as the length of a queue, divided by the number of pods.
   * @param name the metric's name
   * @param averageValue the target for each pod, as a quantity such as `30`
   * @param matchLabels labels that select the metric's series
   */
  static external(name: string, averageValue: string, matchLabels?: { readonly [key: string]: string }): Metric {
    return new Metric({ kind: 'external', name: nonEmpty('Metric.external name', name), averageValue: quantity(averageValue), matchLabels: matchLabels && labelsWithin('metric label', matchLabels) });
  }

  /**
   * A metric of another object, such as the requests per second of an Ingress.
   * @param metric the metric's name
   * @param value the target, as a quantity such as `10k`
   * @param describedObject the object
   */
  static object(metric: string, value: string, describedObject: DescribedObject): Metric {
    return new Metric({
      kind: 'object',
      name: nonEmpty('Metric.object metric', metric),
      value: quantity(value),
      apiVersion: nonEmpty('Metric.object apiVersion', describedObject.apiVersion),
      objectKind: nonEmpty('Metric.object kind', describedObject.kind),
      objectName: nonEmpty('Metric.object name', describedObject.name),
    });
  }

  /** @internal */
  readonly _source: MetricSource;

  private constructor(source: MetricSource) {
    this._source = source;
  }
}

function quantity(value: string): string {
  if (!/^\d+(\.\d+)?([munkMGTPE]|[KMGTPE]i)?$/.test(value) || Number.parseFloat(value) === 0) {
    refuse(`metric target ${quoted(value)} must be a quantity above zero, such as "100", "250m" or "10k"`);
  }
  return value;
}
