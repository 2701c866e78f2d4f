import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import { Traffic } from 'zero-downtime';
import { objectIn, serviceIn, temporaryApp, temporaryChart } from './apps';

const find = (chart: Chart, kind: string) => Testing.synth(chart).find((object) => object.kind === kind);
const kindsOf = (chart: Chart) => Testing.synth(chart).map(({ kind }) => kind);

describe('patches', () => {
  test('change what is written of the Deployment', () => {
    const chart = temporaryChart();
    serviceIn(chart).deployment.addJsonPatch(
      JsonPatch.replace('/spec/minReadySeconds', 99), JsonPatch.add('/spec/template/spec/hostAliases', [{ ip: '10.0.0.1', hostnames: ['db'] }]),
    );
    const { spec } = find(chart, 'Deployment');
    expect(spec.minReadySeconds).toBe(99);
    expect(spec.template.spec.hostAliases).toEqual([{ ip: '10.0.0.1', hostnames: ['db'] }]);
  });

  test('remove what is not wanted', () => {
    const chart = temporaryChart();
    serviceIn(chart).deployment.addJsonPatch(JsonPatch.remove('/spec/template/spec/topologySpreadConstraints'));
    expect(find(chart, 'Deployment').spec.template.spec).not.toHaveProperty('topologySpreadConstraints');
  });

  test('of one object leave the others alone', () => {
    const chart = temporaryChart();
    const service = serviceIn(chart);
    service.service.addJsonPatch(JsonPatch.add('/spec/selector/extra', 'yes'));
    expect(find(chart, 'Service').spec.selector).toHaveProperty('extra');
    expect(find(chart, 'PodDisruptionBudget').spec.selector.matchLabels).not.toHaveProperty('extra');
    expect(find(chart, 'Deployment').spec.selector.matchLabels).not.toHaveProperty('extra');
  });

  test('of one service leave another alone', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'orders').deployment.addJsonPatch(JsonPatch.replace('/spec/replicas', 9));
    serviceIn(chart, 'payments');
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.replicas)).toEqual([9, 3]);
  });

  test('reach every object', () => {
    const chart = temporaryChart();
    const service = serviceIn(chart, 'payments', { traffic: [Traffic.awsLoadBalancer()] });
    service.objects.forEach((object) => object.addJsonPatch(JsonPatch.add('/metadata/labels/seen', 'yes')));
    expect(Testing.synth(chart).map(({ metadata }) => metadata.labels.seen)).toEqual(service.objects.map(() => 'yes'));
  });
});

describe('dependencies', () => {
  test('of one object put another before it', () => {
    const chart = temporaryChart();
    const service = serviceIn(chart);
    service.deployment.addDependency(objectIn(chart, 'seed', 'ConfigMap', 'seed'));
    const kinds = kindsOf(chart);
    expect(kinds.indexOf('ConfigMap')).toBeLessThan(kinds.indexOf('Deployment'));
  });

  test('of the whole service put another before all of it', () => {
    const chart = temporaryChart();
    const service = serviceIn(chart);
    service.node.addDependency(objectIn(chart, 'seed', 'ConfigMap', 'seed'));
    expect(kindsOf(chart)[0]).toBe('ConfigMap');
  });

  test('on a service put another behind it', () => {
    const chart = temporaryChart();
    const job = objectIn(chart, 'after', 'Pod', 'after');
    job.addDependency(serviceIn(chart).deployment);
    const kinds = kindsOf(chart);
    expect(kinds.indexOf('Pod')).toBeGreaterThan(kinds.indexOf('Deployment'));
  });
});

describe('metadata', () => {
  test('the chart\'s labels are on every object beside the service\'s own', () => {
    const chart = new Chart(temporaryApp(), 'chart', { labels: { team: 'pay' } });
    serviceIn(chart, 'payments', { traffic: [Traffic.istio()], config: { A: '1' } });
    for (const { metadata } of Testing.synth(chart)) {
      expect(metadata.labels).toMatchObject({ 'team': 'pay', 'app.kubernetes.io/name': 'payments' });
    }
  });

  test('the chart\'s labels neither select pods nor roll them', () => {
    const chart = new Chart(temporaryApp(), 'chart', { labels: { team: 'pay' } });
    serviceIn(chart);
    const { spec } = find(chart, 'Deployment');
    expect(spec.selector.matchLabels).not.toHaveProperty('team');
    expect(spec.template.metadata.labels).not.toHaveProperty('team');
  });

  test('without a namespace none is written', () => {
    const chart = new Chart(temporaryApp(), 'chart');
    serviceIn(chart);
    expect(Testing.synth(chart).filter(({ metadata }) => 'namespace' in metadata)).toEqual([]);
  });

  test('labels and annotations may be added to an object afterwards', () => {
    const chart = temporaryChart();
    const { deployment } = serviceIn(chart);
    deployment.metadata.addAnnotation('example.com/owner', 'pay');
    expect(find(chart, 'Deployment').metadata.annotations['example.com/owner']).toBe('pay');
  });
});

test('an object is found again by its id', () => {
  const service = serviceIn(temporaryChart());
  expect(service.node.findChild('deployment')).toBe(service.deployment);
  expect(ApiObject.isApiObject(service.node.findChild('disruption-budget'))).toBe(true);
});
