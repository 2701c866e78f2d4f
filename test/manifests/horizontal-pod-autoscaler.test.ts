import { Duration } from 'cdk8s';
import { AutoscalingOptions, Metric, Replicas } from 'zero-downtime';
import { synthesize } from './synthesized';

const specOf = (options: Partial<AutoscalingOptions> = {}) =>
  synthesize({ replicas: Replicas.autoscaled({ min: 2, max: 10, ...options }) }).find('HorizontalPodAutoscaler').spec;
const metricsOf = (...metrics: Metric[]) => specOf({ metrics }).metrics;
const utilization = (name: string, averageUtilization: number) =>
  ({ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } });

test('there is none for a fixed number of replicas', () => {
  expect(synthesize({ replicas: Replicas.fixed(4) }).kinds).not.toContain('HorizontalPodAutoscaler');
});

test('it scales the Deployment within its bounds', () => {
  const { apiVersion, metadata, spec } = synthesize({ replicas: Replicas.autoscaled({ min: 4, max: 20 }) }).find('HorizontalPodAutoscaler');
  expect(apiVersion).toBe('autoscaling/v2');
  expect(metadata.name).toBe('payments');
  expect(spec).toMatchObject({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' }, minReplicas: 4, maxReplicas: 20 });
});

describe('metrics', () => {
  test('by default 70 percent of the reserved CPU', () => {
    expect(specOf().metrics).toEqual([utilization('cpu', 70)]);
  });

  test('declared percentages stand before declared metrics', () => {
    const metrics = [Metric.cpu(90), Metric.memory(95)];
    expect(specOf({ cpuPercent: 60, memoryPercent: 80, metrics }).metrics).toEqual([
      utilization('cpu', 60), utilization('memory', 80), utilization('cpu', 90), utilization('memory', 95),
    ]);
  });

  test('memory alone is watched where only memory is declared', () => {
    expect(specOf({ memoryPercent: 80 }).metrics).toEqual([utilization('memory', 80)]);
  });
});

describe('declared metrics', () => {
  test('a metric of the pods is averaged over them', () => {
    expect(metricsOf(Metric.pods('requests_per_second', '100'))).toEqual([
      { type: 'Pods', pods: { metric: { name: 'requests_per_second' }, target: { type: 'AverageValue', averageValue: '100' } } },
    ]);
  });

  test('a metric from outside may be selected by labels', () => {
    expect(metricsOf(Metric.external('queue_length', '30', { queue: 'orders' }))).toEqual([{
      type: 'External',
      external: {
        metric: { name: 'queue_length', selector: { matchLabels: { queue: 'orders' } } }, target: { type: 'AverageValue', averageValue: '30' },
      },
    }]);
  });

  test('a metric of another object names it', () => {
    const describedObject = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' };
    expect(metricsOf(Metric.object('requests', '10k', describedObject))).toEqual([
      { type: 'Object', object: { metric: { name: 'requests' }, describedObject, target: { type: 'Value', value: '10k' } } },
    ]);
  });

  test('a declared metric replaces the default one', () => {
    expect(metricsOf(Metric.pods('in_flight', '250m')).map(({ type }: any) => type)).toEqual(['Pods']);
  });
});

describe('behaviour', () => {
  test('it grows at once, by doubling or by four pods a minute', () => {
    expect(specOf().behavior.scaleUp).toEqual({
      stabilizationWindowSeconds: 0,
      selectPolicy: 'Max',
      policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }, { type: 'Pods', value: 4, periodSeconds: 60 }],
    });
  });

  test('it shrinks by a tenth a minute, after five quiet minutes', () => {
    expect(specOf().behavior.scaleDown).toEqual({
      stabilizationWindowSeconds: 300, selectPolicy: 'Max', policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
    });
  });

  test('an overridden look back is written', () => {
    const overrides = { scaleDownStabilization: Duration.minutes(20) };
    const { spec } = synthesize({ overrides, replicas: Replicas.autoscaled({ min: 2, max: 4 }) }).find('HorizontalPodAutoscaler');
    expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(1200);
  });

  test('with fixed replicas it is refused, because nothing reads it', () => {
    const overrides = { scaleDownStabilization: Duration.minutes(20) };
    expect(() => synthesize({ overrides, replicas: Replicas.fixed(4) })).toThrow('[chart/payments] overrides.scaleDownStabilization cannot be given '
      + 'with fixed replicas, which no autoscaler removes; leave it out');
    expect(() => synthesize({ overrides })).toThrow('overrides.scaleDownStabilization cannot be given with fixed replicas');
  });

  test('it waits longer where one pod\'s turn in a release takes longer', () => {
    const { spec } = synthesize({ startsWithin: Duration.minutes(10), replicas: Replicas.autoscaled({ min: 2, max: 4 }) }).find('HorizontalPodAutoscaler');
    expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(600 + 15 + 45);
  });
});
