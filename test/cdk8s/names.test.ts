import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { problemsOf, serviceIn, temporaryApp, temporaryChart } from './apps';

const nested = (scope: Construct, ...ids: string[]) => ids.reduce((parent, id) => new Construct(parent, id), scope);

describe('the default name', () => {
  test('is the id below the chart', () => {
    expect(serviceIn(temporaryChart(), 'payments').name).toBe('payments');
  });

  test('joins the ids of the constructs that wrap the service', () => {
    expect(serviceIn(nested(temporaryChart(), 'shop', 'backend'), 'payments').name).toBe('shop-backend-payments');
  });

  test.each(['Default', 'Resource'])('leaves out the id %s, which a construct gives its only child', (id) => {
    expect(serviceIn(nested(temporaryChart(), 'payments'), id).name).toBe('payments');
  });

  test('leaves out hidden ids in the middle too', () => {
    expect(serviceIn(nested(temporaryChart(), 'shop', 'Default', 'Resource'), 'payments').name).toBe('shop-payments');
  });

  test('leaves out the charts, nested ones too', () => {
    const inner = new Chart(new Chart(temporaryApp(), 'outer'), 'inner');
    expect(serviceIn(inner).name).toBe('payments');
  });

  test.each(['Default', 'Resource'])('is the chart\'s own where the only id is %s', (id) => {
    expect(serviceIn(temporaryChart(), id).name).toBe('chart');
  });

  test('is the nearest chart\'s own where charts are nested', () => {
    expect(serviceIn(new Chart(new Chart(temporaryApp(), 'outer'), 'inner'), 'Default').name).toBe('inner');
  });

  test('is not bent into a legal one', () => {
    expect(() => serviceIn(temporaryChart(), 'Payments')).toThrow('[chart/Payments] name "Payments" must be');
    expect(() => serviceIn(temporaryChart(), '1st')).toThrow('start with a letter');
  });

  test('may have 52 characters and no more', () => {
    expect(serviceIn(temporaryChart(), 'p'.repeat(52)).name).toHaveLength(52);
    expect(() => serviceIn(temporaryChart(), 'p'.repeat(53))).toThrow('at most 52');
  });
});

describe('a given name', () => {
  test('replaces the ids', () => {
    const chart = temporaryChart();
    const service = serviceIn(chart, 'Anything Goes', { name: 'payments' });
    expect(service.name).toBe('payments');
    expect(new Set(Testing.synth(chart).map(({ metadata }) => metadata.name))).toEqual(new Set(['payments']));
  });

  test('names the pods\' container and what selects them', () => {
    const [deployment] = Testing.synth(serviceIn(temporaryChart(), 'x', { name: 'payments' }).node.scope as Chart).filter(({ kind }) => kind === 'Deployment');
    expect(deployment.spec.template.spec.containers[0].name).toBe('payments');
    expect(deployment.spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'payments' });
  });
});

describe('several services', () => {
  test('of one declaration under different ids stand side by side', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'orders');
    serviceIn(chart, 'payments');
    expect(problemsOf(chart)).toEqual([]);
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name)).toEqual(['orders', 'payments']);
  });

  test('of one name in one namespace are refused, and the message names both', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'a', { name: 'payments' });
    serviceIn(chart, 'b', { name: 'payments' });
    expect(problemsOf(chart)).toEqual([
      '[chart/a] ServiceAccount payments is also made by chart/b/service-account in the same namespace; give one of them another name',
      '[chart/b] ServiceAccount payments is also made by chart/a/service-account in the same namespace; give one of them another name',
    ]);
  });

  test('of one name in one namespace are refused across charts', () => {
    const app = temporaryApp();
    for (const id of ['a', 'b']) {
      serviceIn(new Chart(app, id, { namespace: 'shop' }));
    }
    expect(problemsOf(app)).toEqual([
      expect.stringMatching(/^\[a\/payments\] ServiceAccount payments is also made by b\/payments/),
      expect.stringMatching(/^\[b\/payments\] ServiceAccount payments is also made by a\/payments/),
    ]);
  });

  test('of one name are refused where no chart names a namespace', () => {
    const app = temporaryApp();
    ['a', 'b'].forEach((id) => serviceIn(new Chart(app, id)));
    expect(problemsOf(app)).toHaveLength(2);
  });
});

describe('several services of one name', () => {
  test('of one name in different namespaces are legal', () => {
    const app = temporaryApp();
    ['a', 'b'].forEach((namespace) => serviceIn(new Chart(app, namespace, { namespace })));
    expect(problemsOf(app)).toEqual([]);
  });

  test('of one name in different apps are legal', () => {
    const charts = [temporaryChart(), temporaryChart()];
    charts.forEach((chart) => serviceIn(chart));
    expect(charts.flatMap(problemsOf)).toEqual([]);
  });

  test('a third of the same name is told of too', () => {
    const chart = temporaryChart();
    ['a', 'b', 'c'].forEach((id) => serviceIn(chart, id, { name: 'payments' }));
    expect(problemsOf(chart).map((problem) => problem.slice(0, 9))).toEqual(['[chart/a]', '[chart/b]', '[chart/c]']);
  });

  test('of one name may replace each other', () => {
    const chart = temporaryChart();
    serviceIn(chart);
    chart.node.tryRemoveChild('payments');
    serviceIn(chart);
    expect(problemsOf(chart)).toEqual([]);
  });
});
