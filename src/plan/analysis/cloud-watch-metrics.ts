import type { MeasuredVersion } from './measured-versions';
import type { PlannedMetric } from './planned-analysis';
import type { CloudWatchData, CloudWatchQuery } from '../../spec/analysis/cloud-watch-query';
import type { ThresholdSpec } from '../../spec/analysis/thresholds';

/** The arguments of an AnalysisTemplate that Argo Rollouts fills with what it has found out of the load balancer. */
export const LOAD_BALANCER = 'load-balancer';
export const CANARY_TARGET_GROUP = 'canary-target-group';

/** Tells that too few requests were seen, because an expression of CloudWatch cannot leave out a number. */
const TOO_FEW = -1;

/**
 * The question that a threshold asks of the load balancer's metrics. A connection that no pod accepted counts as a failed request:
 * the load balancer answers it itself.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function loadBalancerMetric(threshold: ThresholdSpec, window: number, minRequests: number): PlannedMetric {
  const { name, text, unit, value, data } = questionOf(threshold, window);
  const queries = [
    { id: 'result', expression: `IF(requests >= ${minRequests}, ${value}, ${TOO_FEW})`, period: window, returnData: true },
    stat('requests', 'RequestCount', 'Sum', window),
    ...data,
  ];
  return { name, text, unit, max: threshold.max, validFrom: 0, queryFor: () => JSON.stringify(queries) };
}

function questionOf(threshold: ThresholdSpec, window: number) {
  return threshold.kind === 'quantile' ? {
    name: `p${threshold.percent}`,
    text: `time within which ${threshold.percent} % of the requests are answered`,
    unit: 's' as const,
    value: 'time',
    data: [stat('time', 'TargetResponseTime', `p${threshold.percent}`, window)],
  } : {
    name: 'error-rate',
    text: 'share of failed requests',
    unit: '' as const,
    value: '(FILL(errors, 0) + FILL(refused, 0)) / requests',
    data: [stat('errors', 'HTTPCode_Target_5XX_Count', 'Sum', window), stat('refused', 'TargetConnectionErrorCount', 'Sum', window)],
  };
}

function stat(id: string, metricName: string, statistic: string, period: number) {
  const dimensions = [
    { name: 'LoadBalancer', value: `app/{{args.${LOAD_BALANCER}}}` },
    { name: 'TargetGroup', value: `targetgroup/{{args.${CANARY_TARGET_GROUP}}}` },
  ];
  return { id, metricStat: { metric: { namespace: 'AWS/ApplicationELB', metricName, dimensions }, period, stat: statistic }, returnData: false };
}

/** A team's own query. */
export function cloudWatchQueryMetric({ name, data, max, min }: CloudWatchQuery, window: number): PlannedMetric {
  return {
    name,
    text: name,
    unit: '',
    max,
    min,
    queryFor: ({ canary, stable }) => JSON.stringify(data.map((one, index) => dataQuery(one, index === 0, window, canary, stable))),
  };
}

function dataQuery(data: CloudWatchData, returnData: boolean, period: number, canary: MeasuredVersion, stable: MeasuredVersion) {
  const { id, expression, namespace, metricName, dimensions = [], statistic } = data;
  const named = (version: MeasuredVersion) => version.workload ?? version.hash ?? '';
  return expression !== undefined ? { id, expression, period, returnData } : {
    id,
    metricStat: {
      metric: {
        namespace,
        metricName,
        dimensions: dimensions.map((dimension) => ({
          name: dimension.name,
          value: dimension.value.replace(/\$canary\b/g, () => named(canary)).replace(/\$stable\b/g, () => named(stable)),
        })),
      },
      period,
      stat: statistic ?? 'Sum',
    },
    returnData,
  };
}
