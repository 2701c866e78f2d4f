import { checkBounds, checkQueryName, type QueryBounds } from './analysis-query';
import { refuse, refuseIf } from '../declaration-error';
import { isTextOf, listOf, nonEmpty, quoted, settingsOf, shown, textProblem, textsOf } from '../values';

/** One pair of a metric's name and value by which CloudWatch tells series apart. */
export interface CloudWatchDimension {
  /** Its name, such as `ServiceName`. */
  readonly name: string;

  /** Its value. `$canary` stands for what tells the new version's pods: see `CloudWatchQuery.statistic`. */
  readonly value: string;
}

/** One number of CloudWatch, or an expression over others. */
export interface CloudWatchData {
  /** Its id within the query, by which expressions name it: a lower-case letter, then letters, digits or `_`. No two have the same. */
  readonly id: string;

  /**
   * A metric math expression over the ids of the others. Given with `metricName` it is refused.
   * @default - a metric; one of `expression` and `metricName` is needed
   */
  readonly expression?: string;

  /**
   * The metric's namespace, such as `Shop/Payments`. Needed with `metricName`.
   * @default - none: this is an expression
   */
  readonly namespace?: string;

  /**
   * The metric's name.
   * @default - an expression; one of `expression` and `metricName` is needed
   */
  readonly metricName?: string;

  /**
   * The metric's dimensions, all of them: CloudWatch finds no series by a part of its dimensions.
   * @default - none
   */
  readonly dimensions?: CloudWatchDimension[];

  /**
   * The statistic of the metric over the window, such as `Sum`, `Average` or `p99`. Not read of an expression.
   * @default Sum
   */
  readonly statistic?: string;
}

/** A query of the team's own to CloudWatch. */
export interface CloudWatchQuery extends QueryBounds {
  /** Its name: at most 40 lower-case letters, digits or `-`, unique within the analysis, and none of a threshold's. */
  readonly name: string;

  /**
   * What is asked for. The first one's newest number is judged; the others are what it is computed from. `$canary` in a dimension's
   * value stands for what names the new version under the engine: the hash of its pod template under Argo Rollouts, and the
   * Deployment's name under Flagger. One dimension must hold it, or both versions would be judged together.
   */
  readonly data: CloudWatchData[];
}

const ID = /^[a-z][a-zA-Z0-9_]*$/;

/** Holds a query against the rules, and its name against those before it. */
export function checkCloudWatchQuery(field: string, query: CloudWatchQuery, before: readonly CloudWatchQuery[]): void {
  const title = `${field} query ${quoted(query.name)}`;
  checkQueryName(field, query, before);
  checkBounds(title, query);
  if (listOf(`${title} data`, query.data).length === 0) {
    refuse(`${title} needs data; give the metric that is to be judged`);
  }
  query.data.forEach((data, index) => checkData(title, settingsOf(`${title} data ${index + 1}:`, data), query.data.slice(0, index)));
  if (!query.data.some(({ dimensions = [] }) => dimensions.some(({ value }) => /\$canary\b/.test(value)))) {
    refuse(`${title} must hold $canary in the value of a dimension, because without it both versions are judged together`);
  }
}

function checkData(title: string, data: CloudWatchData, before: readonly CloudWatchData[]): void {
  const name = `${title} data ${shown(data.id)}`;
  refuseIf(isTextOf(ID, data.id) ? undefined : `${name} must have an id of a lower-case letter, then letters, digits or '_'`);
  if (before.some(({ id }) => id === data.id)) {
    refuse(`${name} is given twice; give one of them another id`);
  }
  if ((data.expression === undefined) === (data.metricName === undefined)) {
    refuse(`${name} needs either an expression or a metricName`);
  }
  if (data.metricName !== undefined) {
    nonEmpty(`${name} metricName`, data.metricName);
    nonEmpty(`${name} namespace`, data.namespace ?? '');
  }
  const { expression, namespace, metricName, statistic } = data;
  for (const [key, value] of Object.entries({ expression, namespace, metricName, statistic })) {
    refuseIf(value === undefined ? undefined : textProblem(`${name} ${key}`, value));
  }
  const dimensions = listOf(`${name} dimensions`, data.dimensions ?? []).flatMap((dimension, index) => {
    const place = `${name} dimensions ${index + 1}:`;
    const { name: key, value } = settingsOf(place, dimension);
    return Object.values(textsOf(place, { name: key, value }));
  });
  const texts = [expression, namespace, metricName, statistic, ...dimensions];
  if (texts.some((text) => text?.includes('{{'))) {
    refuse(`${name} must not hold {{, which Argo Rollouts and Flagger take for templates of their own; use $canary and $stable`);
  }
}
