import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { describeUnless, run } from './command';
import { goInstall, whyNoGo } from './go-tool';
import { scratchFolder } from './scratch';
import { Database, Env, External, Health, Migration, ZeroDowntimeService } from '../../src/index';

const FOLDER = scratchFolder('helm');
const PAGE = readFileSync(join(__dirname, '../../docs/migration-jobs.md'), 'utf8');
const RENAME = Migration.renameColumn({ table: 'orders', from: 'payment_status', to: 'status' });
/** What somebody declares is theirs, and Helm fills it in where it finds it. */
const BRACES = Migration.addColumn({ table: 'orders', column: 'seats', type: 'integer[]', defaultValue: '\'{{1,2},{3,4}}\'' });

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
}

const read = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Manifest | null).filter((each) => each !== null);
const named = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;
const sorted = (manifests: readonly Manifest[]) => [...manifests].sort((one, other) => named(one) < named(other) ? -1 : 1);

/** The synthesized YAML of a service with migrations, after something was done to the service. */
function synthesized(folder: string, migrations: readonly Migration[], alter: (service: ZeroDowntimeService) => void = () => undefined): string {
  const outdir = join(FOLDER, folder, 'dist');
  const app = new App({ outdir });
  alter(new ZeroDowntimeService(new Chart(app, 'orders', { namespace: 'shop' }), 'orders', {
    image: 'registry.example.com/orders:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
    config: { LOG_LEVEL: 'info' },
    externals: [External.secret('orders-database', ['url'])],
    database: Database.postgres({ poolSize: 10, maxConnections: 100, url: Env.secretKey('orders-database', 'url'), schemaEpoch: 2, migrations: [...migrations] }),
  }));
  app.synth();
  return readFileSync(join(outdir, 'orders.k8s.yaml'), 'utf8');
}

/** A chart of these files. */
function chartOf(folder: string, files: Readonly<Record<string, string>>): string {
  const chart = join(FOLDER, folder, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  mkdirSync(join(chart, 'synthesized'), { recursive: true });
  Object.entries({ 'Chart.yaml': 'apiVersion: v2\nname: orders\nversion: 1.0.0\n', ...files }).forEach(([name, text]) => writeFileSync(join(chart, name), text));
  return chart;
}

/** The code of the page that begins with a line. */
function shown(first: string): string {
  return PAGE.split(/^ *```\w*\n/m).find((block) => block.trimStart().startsWith(first))!.split('```')[0];
}

describeUnless(whyNoGo(), 'a chart of Helm', () => {
  let helm: string;

  beforeAll(async () => {
    helm = await goInstall('helm.sh/helm/v3/cmd/helm', 'v3.22.0', FOLDER);
  });

  /** In the order in which Helm makes them. */
  const rendered = async (chart: string, ...options: readonly string[]) => read(await run(helm, ['template', 'orders', chart, ...options]));

  test('takes what is synthesized as its templates, and changes nothing in it', async () => {
    const text = synthesized('templates', [RENAME]);
    expect(text).not.toContain('{{');
    expect(sorted(await rendered(chartOf('templates', { 'templates/orders.yaml': text })))).toEqual(sorted(read(text)));
  });

  test('makes the scripts before the pods that mount them, and the Job after pods that wait for it', async () => {
    const made = await rendered(chartOf('order', { 'templates/orders.yaml': synthesized('order', [RENAME]) }));
    expect(made.map(({ kind }) => kind)).toEqual(['PodDisruptionBudget', 'ServiceAccount', 'ConfigMap', 'ConfigMap', 'ConfigMap', 'Service', 'Deployment', 'Job', 'CronJob']);
  });

  test('fills in what somebody declares in two braces, but not in files that it only passes on', async () => {
    const text = synthesized('braces', [BRACES]);
    await expect(rendered(chartOf('braces', { 'templates/orders.yaml': text }))).rejects.toThrow('parse error');
    const passing = chartOf('passing', { 'synthesized/orders.yaml': text, 'templates/synthesized.yaml': shown('{{- range') });
    expect(sorted(await rendered(passing))).toEqual(sorted(read(text)));
  });

  test('keeps ConfigMaps that older pods may be restarted with, under the same names', async () => {
    const keep = new Function('service', shown('// kept by Helm')) as (service: ZeroDowntimeService) => void;
    const plain = read(synthesized('plain', [RENAME]));
    const kept = await rendered(chartOf('kept', { 'templates/orders.yaml': synthesized('kept', [RENAME], keep) }));
    expect(kept.filter(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] === 'keep').map(named).sort())
      .toEqual(plain.filter(({ kind }) => kind === 'ConfigMap').map(named).sort());
    expect(kept.map(named).sort()).toEqual(plain.map(named).sort());
  });

  test('takes the Job and its scripts for hooks where the page says how, and nothing else', async () => {
    const marks = new Function('service', `${shown('[\'migrations\', \'expand\']').replace(' as ApiObject', '')}`) as (service: ZeroDowntimeService) => void;
    const chart = chartOf('hook', { 'templates/orders.yaml': synthesized('hook', [RENAME], marks) });
    const others = (await rendered(chart, '--no-hooks')).map(named);
    const hooks = (await rendered(chart)).filter((each) => !others.includes(named(each)));
    // The Job has the name that it would have without, so that what is not a hook finds the same scripts.
    const plain = read(synthesized('no-hook', [RENAME])).map(named);
    expect(hooks.map((each) => [named(each), each.metadata.annotations?.['helm.sh/hook-weight']])).toEqual([
      [plain.find((name) => name.startsWith('ConfigMap orders-migrations-')), '0'], [plain.find((name) => name.startsWith('Job ')), '1'],
    ]);
    expect(others.length).toBe(plain.length - 2);
  });
});
