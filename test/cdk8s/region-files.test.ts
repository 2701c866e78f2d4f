import { readdirSync } from 'fs';
import { Chart } from 'cdk8s';
import { ManyChartsApp } from 'zero-downtime';
import { objectIn, problemsOf, serviceIn, temporaryApp, temporaryFolder } from './apps';
import { releasedIn } from './regions';

describe('cdk8s numbers files anew, which the index could not know, and it is refused', () => {
  test('where one region depends on another', () => {
    const sequence = releasedIn();
    sequence.regions[1].addDependency(sequence.regions[0]);
    expect(problemsOf(sequence)).toEqual([
      '[payments] payments-02-us-east-1 depends on payments-01-eu-north-1 of another chart, and cdk8s then numbers all files anew; '
      + 'leave the dependency out: the index has the order',
    ]);
  });

  test('where an object depends on one of another chart, regions or not', () => {
    const app = temporaryApp();
    releasedIn({}, {}, app);
    const [a, b] = ['a', 'b'].map((id) => objectIn(new Chart(app, id), 'object', 'ConfigMap', id));
    b.addDependency(a);
    expect(problemsOf(app)).toEqual([expect.stringMatching(/^\[payments\] b\/object depends on a\/object of another chart/)]);
  });

  test('where a chart stands in a chart', () => {
    const sequence = releasedIn();
    serviceIn(new Chart(sequence.regions[0], 'inner', { namespace: 'shop' }), 'orders');
    expect(problemsOf(sequence)).toEqual([
      '[payments] chart payments-01-eu-north-1/inner stands in chart payments-01-eu-north-1, and cdk8s then numbers all files anew; '
      + 'make it a construct, or a chart of another App',
    ]);
  });
});

test('a dependency inside a region is legal, and files keep their names', () => {
  const app = temporaryApp();
  const sequence = releasedIn({}, {}, app);
  const [a, b] = ['a', 'b'].map((id) => objectIn(sequence.regions[0], id, 'ConfigMap', id));
  b.addDependency(a);
  app.synth();
  expect(readdirSync(app.outdir)).toContain('payments-01-eu-north-1.k8s.yaml');
});

test('an App for many charts writes the same files', () => {
  const apps = [temporaryApp(), new ManyChartsApp({ outdir: temporaryFolder() })];
  apps.forEach((app) => {
    releasedIn({}, {}, app);
    app.synth();
  });
  const [usual, many] = apps.map(({ outdir }) => readdirSync(outdir).sort());
  expect(many).toEqual(usual);
});
