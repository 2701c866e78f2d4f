import { existsSync, readdirSync } from 'fs';
import { ApiObject, App, AppProps, Chart, ChartProps, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Env, ManyChartsApp, Traffic } from 'zero-downtime';
import { filesIn, objectIn, serviceIn, temporaryFolder } from './apps';

type Program = (app: App) => void;

class StampedChart extends Chart {
  toJson(): any[] {
    return [...super.toJson(), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stamp' }, data: { by: this.node.id } }];
  }
}

const objectsIn = (chart: Chart) => [1, 2].map((i) => objectIn(chart, `object-${i}`, 'ConfigMap', `${chart.node.id}-${i}`, { data: { i: String(i) } }));
const filled = (scope: Construct, id: string, props?: ChartProps) => {
  const chart = new Chart(scope, id, props);
  objectsIn(chart);
  return chart;
};

const PROGRAMS: Record<string, Program> = {
  'no chart': () => undefined,
  'an empty chart': (app) => new Chart(app, 'empty'),
  'one chart': (app) => serviceIn(new Chart(app, 'one', { namespace: 'shop' }), 'payments', { traffic: [Traffic.istio()], config: { A: '1' } }),
  'several charts': (app) => ['b', 'a', 'c'].forEach((id) => serviceIn(new Chart(app, id, { namespace: id, labels: { chart: id } }))),
  'nested charts': (app) => filled(filled(filled(app, 'outer'), 'middle'), 'inner'),
  'charts that wrap constructs': (app) => filled(new Construct(new Chart(app, 'outer'), 'between'), 'inner'),
  'charts that depend on each other': (app) => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => filled(app, id));
    a.addDependency(b);
    b.addDependency(c);
  },
  'objects that depend on each other across charts': (app) => {
    const [a, b] = ['a', 'b'].map((id) => objectsIn(new Chart(app, id)));
    a[0].addDependency(b[1]);
  },
  'objects that depend on each other in a chart': (app) => {
    const [first, second] = objectsIn(new Chart(app, 'one'));
    first.addDependency(second);
  },
  'a service that depends on a chart': (app) => {
    const service = serviceIn(new Chart(app, 'one', { namespace: 'shop' }));
    service.node.addDependency(filled(app, 'two'));
  },
  'a chart that renders itself in its own way': (app) => {
    filled(app, 'plain');
    objectsIn(new StampedChart(app, 'stamped'));
  },
  'values that are made late': (app) => objectIn(new Chart(app, 'late'), 'lazy', 'ConfigMap', 'lazy', { data: { value: Lazy.any({ produce: () => 'late' }) } }),
};

const outputs = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number');

function written(create: (props: AppProps) => App, program: Program, props: AppProps): Record<string, string> {
  const outdir = temporaryFolder();
  const app = create({ ...props, outdir });
  program(app);
  app.synth();
  return filesIn(outdir);
}

describe.each(Object.entries(PROGRAMS))('of %s', (_, program) => {
  test.each(outputs.flatMap((yamlOutputType) => [true, false].map((recordConstructMetadata) =>
    ({ name: YamlOutputType[yamlOutputType], yamlOutputType, recordConstructMetadata }),
  )))('it writes the same files as an App ($name, metadata $recordConstructMetadata)', ({ yamlOutputType, recordConstructMetadata }) => {
    const props = { yamlOutputType, recordConstructMetadata };
    expect(written((own) => new ManyChartsApp(own), program, props)).toEqual(written((own) => new App(own), program, props));
  });
});

describe('the comparison sees', () => {
  const files = (program: string, props: AppProps = {}) => Object.keys(written((own) => new ManyChartsApp(own), PROGRAMS[program], props));

  test('index prefixes where charts depend on each other', () => {
    expect(files('charts that depend on each other')).toEqual(['0000-c.k8s.yaml', '0001-b.k8s.yaml', '0002-a.k8s.yaml']);
  });

  test('a file for each resource in a folder for each chart', () => {
    expect(files('several charts', { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE })).toContain('a/Deployment.payments.k8s.yaml');
  });

  test('the record of constructs', () => {
    expect(files('one chart', { recordConstructMetadata: true })).toContain('construct-metadata.json');
  });

  test('what a chart adds itself', () => {
    const contents = written((own) => new ManyChartsApp(own), PROGRAMS['a chart that renders itself in its own way'], {});
    expect(contents['stamped.k8s.yaml']).toContain('name: stamp');
  });
});

describe('errors', () => {
  const broken = () => {
    const app = new ManyChartsApp({ outdir: temporaryFolder() });
    const charts = ['a', 'b'].map((id) => filled(app, id));
    serviceIn(charts[1], 'payments', { env: { URL: Env.secretKey('db', 'url') } });
    return { app, charts };
  };

  test('are thrown as an App throws them, and nothing is written', () => {
    const { app } = broken();
    expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [b/payments] env URL refers to Secret "db"');
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('leave the charts as they were: each still validates when it renders itself', () => {
    const { app, charts } = broken();
    expect(() => app.synth()).toThrow();
    for (const chart of charts) {
      expect(Object.prototype.hasOwnProperty.call(chart, 'toJson')).toBe(false);
      expect(() => chart.toJson()).toThrow('[b/payments] env URL');
    }
  });

  test('may be corrected, and the app synthesized again', () => {
    const { app, charts } = broken();
    expect(() => app.synth()).toThrow();
    objectIn(charts[1], 'db', 'Secret', 'db', { stringData: { url: 'x' } });
    app.synth();
    expect(readdirSync(app.outdir).sort()).toEqual(['a.k8s.yaml', 'b.k8s.yaml']);
  });

  test('while a chart is written leave the others as they were too', () => {
    const app = new ManyChartsApp({ outdir: temporaryFolder() });
    const chart = filled(app, 'a');
    objectIn(chart, 'bad', 'ConfigMap', 'bad', { data: { value: Lazy.any({ produce: () => { throw new Error('not yet'); } }) } });
    expect(() => app.synth()).toThrow('not yet');
    expect(Object.prototype.hasOwnProperty.call(chart, 'toJson')).toBe(false);
  });
});

describe('after synthesis', () => {
  const synthesized = (create: (props: AppProps) => App) => {
    const app = create({ outdir: temporaryFolder() });
    const chart = filled(app, 'a', { namespace: 'shop' });
    app.synth();
    return { app, chart };
  };

  test('charts render themselves as ever', () => {
    const { chart } = synthesized((props) => new ManyChartsApp(props));
    expect(chart.toJson).toBe(Chart.prototype.toJson);
    expect(chart.toJson()).toEqual(synthesized((props) => new App(props)).chart.toJson());
  });

  test('what is added is written at the next one', () => {
    const { app, chart } = synthesized((props) => new ManyChartsApp(props));
    objectIn(chart, 'more', 'ConfigMap', 'more');
    app.synth();
    expect(filesIn(app.outdir)['a.k8s.yaml']).toContain('name: more');
  });

  test('the app is found from its constructs', () => {
    const { app, chart } = synthesized((props) => new ManyChartsApp(props));
    expect(ManyChartsApp.of(chart)).toBe(app);
    expect(App.of(chart)).toBe(app);
    expect(app.synthYaml()).toContain('kind: ConfigMap');
  });
});

test('a chart is validated once, however many there are', () => {
  const app = new ManyChartsApp({ outdir: temporaryFolder() });
  const validate = jest.fn(() => []);
  for (let i = 0; i < 20; i += 1) {
    filled(app, `chart-${i}`);
  }
  new ApiObject(new Chart(app, 'counted'), 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }).node.addValidation({ validate });
  app.synth();
  expect(validate).toHaveBeenCalledTimes(1);
  expect(existsSync(`${app.outdir}/counted.k8s.yaml`)).toBe(true);
});
