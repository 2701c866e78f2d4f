import { Chart } from 'cdk8s';
import { Traffic } from 'zero-downtime';
import { objectIn, problemsOf, serviceIn, temporaryApp, temporaryChart } from './apps';

const NLB = { traffic: [Traffic.networkLoadBalancer()] };

/** What a construct says of an object that another construct makes as well. */
const alsoMade = (path: string, object: string, by: string) =>
  expect.stringMatching(new RegExp(`^\\[${path}\\] ${object} is also made by ${by}(/[-a-z]+)? in the same namespace; give one of them another name$`));

describe('an object that two services make is told of by both', () => {
  test('where one\'s name is what the other adds to its own', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', NLB);
    serviceIn(chart, 'payments-nlb');
    expect(problemsOf(chart)).toEqual([
      alsoMade('chart/payments', 'Service payments-nlb', 'chart/payments-nlb'), alsoMade('chart/payments-nlb', 'Service payments-nlb', 'chart/payments'),
    ]);
  });

  test('across charts of one namespace', () => {
    const app = temporaryApp();
    serviceIn(new Chart(app, 'a', { namespace: 'shop' }), 'payments-nlb');
    serviceIn(new Chart(app, 'b', { namespace: 'shop' }), 'payments', NLB);
    expect(problemsOf(app)).toEqual([
      alsoMade('a/payments-nlb', 'Service payments-nlb', 'b/payments'), alsoMade('b/payments', 'Service payments-nlb', 'a/payments-nlb'),
    ]);
  });

  test('where they have one name, once and not kind by kind', () => {
    const chart = temporaryChart();
    ['a', 'b'].forEach((id) => serviceIn(chart, id, { name: 'payments' }));
    expect(problemsOf(chart)).toEqual([
      alsoMade('chart/a', 'ServiceAccount payments', 'chart/b'), alsoMade('chart/b', 'ServiceAccount payments', 'chart/a'),
    ]);
  });
});

describe('an object that something else makes', () => {
  test('of the service\'s kind and name is told of', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments');
    objectIn(chart, 'other', 'Service', 'payments');
    expect(problemsOf(chart)).toEqual([alsoMade('chart/payments', 'Service payments', 'chart/other')]);
  });

  test('before the service is told of too', () => {
    const chart = temporaryChart();
    objectIn(chart, 'other', 'Service', 'payments');
    serviceIn(chart, 'payments');
    expect(problemsOf(chart)).toEqual([alsoMade('chart/payments', 'Service payments', 'chart/other')]);
  });

  test('of another kind or another name is another object', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', NLB);
    objectIn(chart, 'a', 'ConfigMap', 'payments');
    objectIn(chart, 'b', 'Service', 'payments-2');
    expect(problemsOf(chart)).toEqual([]);
  });

  test('of another namespace is another object', () => {
    const app = temporaryApp();
    serviceIn(new Chart(app, 'a', { namespace: 'shop' }), 'payments', NLB);
    const other = new Chart(app, 'b', { namespace: 'other' });
    serviceIn(other, 'payments-nlb');
    objectIn(other, 'service', 'Service', 'payments');
    expect(problemsOf(app)).toEqual([]);
  });
});

test('objects of a service that is gone are not told of', () => {
  const chart = temporaryChart();
  serviceIn(chart, 'payments', NLB);
  chart.node.tryRemoveChild('payments');
  serviceIn(chart, 'payments-nlb');
  expect(problemsOf(chart)).toEqual([]);
});
