import { execFileSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseAllDocuments, stringify } from 'yaml';
import { Assumptions } from '../../src/assumptions/assumptions';
import { checkCluster, contextOf } from '../../src/checks/check-cluster';
import { clusterOf } from '../../src/cluster/cluster';
import { readText } from '../../src/reading/read-text';
import { verifyCluster } from '../../src/verify/verify-cluster';
import { apiServerRules } from '../support/api-server-rules';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../support/closed-schemas';

const ROOT = join(__dirname, '../..');

interface Manifest { kind: string; metadata: { name: string; namespace: string }; spec: Record<string, unknown> }

/** Runs an example as its user would, in a process of its own, and returns what it printed and wrote. */
function runExample(name: string): { printed: string; files: Map<string, Manifest[]> } {
  const outdir = mkdtempSync(join(tmpdir(), `${name}-`));
  const printed = execFileSync(process.execPath, [require.resolve('ts-node/dist/bin.js'), `examples/${name}/main.ts`], {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  const files = new Map(readdirSync(outdir).filter((file) => file.endsWith('.yaml')).map((file) => [
    file, parseAllDocuments(readFileSync(join(outdir, file), 'utf8')).map((document) => document.toJS() as Manifest),
  ]));
  rmSync(outdir, { recursive: true });
  return { printed, files };
}

const examples = Object.fromEntries(['hello', 'retail-store', 'team-pattern', 'canary', 'blue-green', 'regions'].map((name) => [name, runExample(name)]));

test('hello is under 15 lines of declaration and yields the four objects of a service', () => {
  const program = readFileSync(join(ROOT, 'examples/hello/main.ts'), 'utf8');
  expect(program.split('\n').length).toBeLessThan(17);
  expect([...examples.hello.files.values()].flat().map(({ kind }) => kind))
    .toEqual(['ServiceAccount', 'Service', 'PodDisruptionBudget', 'Deployment']);
});

test('the retail store is one file a service', () => {
  expect([...examples['retail-store'].files.keys()].sort())
    .toEqual(['carts.k8s.yaml', 'catalog.k8s.yaml', 'checkout.k8s.yaml', 'orders.k8s.yaml', 'ui.k8s.yaml']);
});

test('the retail store is summed up with numbers and the inequalities behind them', () => {
  const { printed } = examples['retail-store'];
  expect(printed).toContain('5 services, 28 objects');
  expect(printed).toMatch(/terminationGracePeriod +80s +≥ preStop 60s \+ drain 15s \+ margin 5s/);
  expect(printed).toMatch(/connections +81 +≤? ?= poolSize 9 × peakPods 9 pods/);
});

test('the ui of the store finds its backends in their namespaces', () => {
  const config = examples['retail-store'].files.get('ui.k8s.yaml')!.find(({ kind }) => kind === 'ConfigMap') as unknown as { data: object };
  expect(config.data).toMatchObject({
    RETAIL_UI_ENDPOINTS_CARTS: 'http://carts.carts.svc:80', RETAIL_UI_ENDPOINTS_ORDERS: 'http://orders.orders.svc:80',
  });
});

test('the company\'s pattern calls each service as its construct, and labels it with its own version', () => {
  const deployments = [...examples['team-pattern'].files.values()].flat().filter(({ kind }) => kind === 'Deployment');
  expect(deployments.map(({ metadata }) => metadata.name)).toEqual(['payments', 'stock']);
  expect(deployments[0]).toMatchObject({ metadata: { labels: { 'acme.example/team': 'money', 'acme.example/pattern': '3.1.0' } } });
});

test('the canary is one Rollout that is judged at each of its shares, and the blue-green release one that waits for approval', () => {
  const rollouts = ['canary', 'blue-green'].map((name) => [...examples[name].files.values()].flat().find(({ kind }) => kind === 'Rollout')!);
  const [{ canary }, { blueGreen }] = rollouts.map(({ spec }) => spec.strategy as Record<string, Record<string, unknown>>);
  const steps = canary.steps as Record<string, unknown>[];
  const shares = steps.flatMap((step, at) => 'setWeight' in step ? [[step.setWeight, Object.keys(steps[at + 1])[0]]] : []);
  expect(shares.slice(-2)).toEqual([[25, 'analysis'], [50, 'analysis']]);
  expect(steps.filter((step) => 'setHeaderRoute' in step)).toHaveLength(1);
  expect(blueGreen).toMatchObject({ activeService: 'checkout', previewService: 'checkout-preview', autoPromotionEnabled: false, scaleDownDelaySeconds: 900 });
});

test('the regions are one file each, in the order of their releases, and the bakes are told', () => {
  const { printed, files } = examples.regions;
  expect([...files.keys()].sort()).toEqual([
    'payments-01-eu-north-1.k8s.yaml', 'payments-02-eu-central-1.k8s.yaml', 'payments-03-us-east-1.k8s.yaml', 'payments-index.k8s.yaml',
  ]);
  expect(printed).toMatch(/eu-north-1\.bakeTime +7200s +≥ payments\.analysis\.duration 315s/);
});

test.each(Object.entries(examples))('nothing is found in what %s makes, and every release of it is proved', (_, { files }) => {
  const { cluster } = clusterOf([...files].flatMap(([name, objects]) => readText(name, objects.map((object) => stringify(object)).join('---\n')).objects));
  const settings = { assumptions: new Assumptions(), kubernetesMinor: 30, ignores: [] };
  const counted = checkCluster(cluster, settings).findings.filter(({ severity, ignored }) => severity !== 'info' && !ignored);
  expect(counted.map(({ ruleId, object }) => `${object}: ${ruleId}`)).toEqual([]);
  const { workloads, notJudged } = verifyCluster(contextOf(cluster, settings));
  expect(workloads.length).toBe([...files.values()].flat().filter(({ kind }) => kind === 'Deployment' || kind === 'Rollout').length);
  expect(workloads.filter(({ verdict }) => verdict !== 'PROVED').map(({ workload }) => workload)).toEqual([]);
  expect(notJudged).toEqual([]);
});

const manifests = Object.entries(examples).flatMap(([name, { files }]) =>
  [...files.values()].flat().map((manifest): [string, Manifest] => [`${name}: ${manifest.kind} ${manifest.metadata.name}`, manifest]));

test.each(manifests)('%s is taken by the API server', (_, manifest) => {
  expect(apiServerRules(manifest)).toEqual([]);
});

describeWithSchemas('with closed schemas', () => {
  // The examples ask for 1.30 and 1.33 at least.
  describe.each(KUBERNETES_VERSIONS.filter((version) => version >= '1.30'))('of Kubernetes %s', (version) => {
    test.each(manifests)('%s has only fields that exist', (_, manifest) => {
      expect(ClosedSchemas.load(version).validate(manifest)).toEqual([]);
    });
  });
});

test.each(Object.keys(examples))('cdk8s synth runs the example %s', (name) => {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade', 'false', '--output', outdir], {
    cwd: join(ROOT, 'examples', name), stdio: 'pipe',
  });
  expect(readdirSync(outdir).filter((file) => file.endsWith('.k8s.yaml')).sort()).toEqual([...examples[name as 'hello'].files.keys()].sort());
  rmSync(outdir, { recursive: true });
}, 60_000);
