import { readdirSync } from 'fs';
import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Env, Replicas } from 'zero-downtime';
import { objectIn, problemsOf, serviceIn, temporaryApp, temporaryChart } from './apps';

const MISSING = { env: { URL: Env.secretKey('db', 'url') } };

describe('what the declaration alone shows', () => {
  test('is thrown where it is declared, with the construct path', () => {
    expect(() => serviceIn(new Construct(temporaryChart(), 'team'), 'payments', { port: 0 }))
      .toThrow('[chart/team/payments] port 0 must be a whole number from 1 to 65535');
  });

  test('is told all at once', () => {
    const declare = () => serviceIn(temporaryChart(), 'payments', { port: 0, image: 'registry.example.com/payments', replicas: Replicas.fixed(1) });
    expect(declare).toThrow(/3 problems in the declaration/);
    for (const problem of ['port 0 must be', 'must have a tag or a digest', 'replicas 1 must be at least 2']) {
      expect(declare).toThrow(problem);
    }
  });

  test('leaves nothing of the service in the chart', () => {
    const chart = temporaryChart();
    expect(() => serviceIn(chart, 'payments', { port: 0 })).toThrow();
    expect(Testing.synth(chart)).toEqual([]);
  });
});

describe('what only the app shows', () => {
  test('is an error of `app.synth()` with the construct path', () => {
    const app = temporaryApp();
    serviceIn(new Construct(new Chart(app, 'chart', { namespace: 'shop' }), 'team'), 'payments', MISSING);
    expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [chart/team/payments] env URL refers to Secret "db"');
  });

  test('is an error of a chart\'s `toJson` too', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', MISSING);
    expect(() => Testing.synth(chart)).toThrow('[chart/payments] env URL refers to Secret "db"');
  });

  test('keeps everything from being written, of other charts too', () => {
    const app = temporaryApp();
    objectIn(new Chart(app, 'a'), 'sound', 'ConfigMap', 'sound');
    serviceIn(new Chart(app, 'b'), 'payments', MISSING);
    expect(() => app.synth()).toThrow();
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('is told of every service at once', () => {
    const app = temporaryApp();
    ['a', 'b'].forEach((id) => serviceIn(new Chart(app, id, { namespace: 'shop' }), 'payments', MISSING));
    expect(problemsOf(app).map((problem) => problem.split(' ').slice(0, 2).join(' '))).toEqual([
      '[a/payments] ServiceAccount', '[a/payments] env', '[b/payments] ServiceAccount', '[b/payments] env',
    ]);
  });

  test('is told beside what other constructs find', () => {
    const chart = temporaryChart();
    serviceIn(chart, 'payments', MISSING);
    chart.node.addValidation({ validate: () => ['the chart has something to say'] });
    expect(problemsOf(chart)).toEqual(['[chart] the chart has something to say', expect.stringContaining('[chart/payments] env URL')]);
  });
});
