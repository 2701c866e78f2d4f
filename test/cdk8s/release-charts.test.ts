import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ReleaseCharts, Rollout, RolloutEngine, Traffic, ZeroDowntimeService } from 'zero-downtime';
import { MINIMAL } from '../manifests/synthesized';

const native = (options = {}) => Rollout.canary({ steps: [5, 50], ...options, engine: RolloutEngine.native() });

function serviceWith(rollout: Rollout, app = Testing.app(), name = 'payments'): ZeroDowntimeService {
  return new ZeroDowntimeService(new Chart(app, `${name}-chart`, { namespace: 'shop' }), name, { ...MINIMAL, rollout, traffic: [Traffic.istio()] });
}

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'release-'));
});

afterEach(() => rmSync(outdir, { recursive: true }));

/* eslint-disable @typescript-eslint/no-explicit-any */
function documentsIn(file: string): any[] {
  return parseAllDocuments(readFileSync(join(outdir, file), 'utf8')).map((document) => document.toJS());
}

describe('the files of a release', () => {
  test('are in the order in which they are applied, with the way back and the index beside them', () => {
    const app = new App({ outdir });
    new ReleaseCharts(app, 'payments', { service: serviceWith(native()) });
    app.synth();
    expect(readdirSync(outdir).sort()).toEqual([
      'payments-00-prepare', 'payments-01-canary-5-pods', 'payments-02-canary-5-weights', 'payments-03-canary-50-pods', 'payments-04-canary-50-weights',
      'payments-05-promote-1-stable', 'payments-06-promote-2-weights', 'payments-07-promote-3-scale-down',
      'payments-index', 'payments-rollback-1-weights', 'payments-rollback-2-scale-down',
    ].map((name) => `${name}.k8s.yaml`));
  });

  test('hold whole objects alone, which kubectl takes one file after another', () => {
    const app = new App({ outdir });
    new ReleaseCharts(app, 'payments', { service: serviceWith(native()) });
    app.synth();
    const documents = readdirSync(outdir).flatMap(documentsIn);
    expect(documents.filter(({ apiVersion, kind, metadata }) => !apiVersion || !kind || !metadata?.name || metadata.namespace !== 'shop')).toEqual([]);
    expect(documentsIn('payments-02-canary-5-weights.k8s.yaml').map(({ kind }) => kind)).toEqual(['VirtualService']);
  });

  test('are those that the index names, whatever their extension', () => {
    const app = new App({ outdir, outputFileExtension: '.yaml' });
    new ReleaseCharts(app, 'payments', { service: serviceWith(native()) });
    app.synth();
    const index = JSON.parse(documentsIn('payments-index.yaml')[0].data['release.json']);
    const named = [...index.steps, ...index.rollback].map(({ file }: { file: string }) => file);
    expect([...named, 'payments-index.yaml'].sort()).toEqual(readdirSync(outdir).sort());
    expect(index.steps[0]).toMatchObject({ id: 'prepare', file: 'payments-00-prepare.yaml' });
  });

  test('sort as they are applied where there are more than ten steps', () => {
    const app = new App({ outdir });
    const { steps } = new ReleaseCharts(app, 'payments', { service: serviceWith(native({ steps: [1, 5, 10, 25, 50, 75] })) });
    const names = steps.map((chart) => chart.node.id);
    expect(names.length).toBeGreaterThan(10);
    expect([...names].sort()).toEqual(names);
  });

  test('of two services share a folder', () => {
    const app = new App({ outdir });
    new ReleaseCharts(app, 'payments', { service: serviceWith(native()) });
    new ReleaseCharts(app, 'orders', { service: serviceWith(native(), Testing.app(), 'orders') });
    app.synth();
    expect(readdirSync(outdir)).toHaveLength(22);
  });
});

test('the charts are reachable', () => {
  const release = new ReleaseCharts(Testing.app(), 'payments', { service: serviceWith(native()) });
  expect([release.steps.length, release.rollback.length, release.index.node.id]).toEqual([8, 2, 'payments-index']);
});

describe('it is refused', () => {
  test('in the App of the service, whose manifests are applied together', () => {
    const app = Testing.app();
    const service = serviceWith(native(), app);
    expect(() => new ReleaseCharts(app, 'payments', { service })).toThrow('[payments] the App of payments-chart/payments must not be that of its release, '
      + 'because what an App writes is applied together; give ReleaseCharts a new App with an outdir of its own');
  });

  test.each([['Kubernetes', Rollout.rolling()], ['Argo Rollouts', Rollout.canary()]])('for a service that %s releases', (_, rollout) => {
    expect(() => new ReleaseCharts(Testing.app(), 'payments', { service: serviceWith(rollout) }))
      .toThrow('[payments] payments-chart/payments has no steps to apply, because Kubernetes or a controller releases it; '
        + 'give it a canary, an A/B test or blue-green with RolloutEngine.native()');
  });

  test.each(['Payments', 'p'.repeat(60)])('with the id %s, of which cdk8s would make other names', (id) => {
    expect(() => new ReleaseCharts(Testing.app(), id, { service: serviceWith(native()) })).toThrow(/the name of a step's chart ".*-00-prepare" must be at most 63/);
  });

  test('where the header\'s value would be read as a number', () => {
    const service = serviceWith(native({ header: { name: 'x-canary', value: '0o17' } }));
    expect(() => new ReleaseCharts(Testing.app(), 'payments', { service })).toThrow(/VirtualService payments: .*reads like a number/);
  });

  test.each([
    ['one file', YamlOutputType.FILE_PER_APP], ['a file for each object', YamlOutputType.FILE_PER_RESOURCE],
    ['folders', YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE],
  ])('in an App that writes %s, where steps could not be told apart', (_, yamlOutputType) => {
    expect(() => new ReleaseCharts(new App({ outdir, yamlOutputType }), 'payments', { service: serviceWith(native()) }))
      .toThrow('[payments] the App of a release must write one file for each chart; give it YamlOutputType.FILE_PER_CHART');
  });
});
