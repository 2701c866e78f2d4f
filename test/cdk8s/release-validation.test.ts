import { execFile } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { ReleaseValidation } from 'zero-downtime';
import { temporaryFolder } from './apps';
import { nameConstructs, type RecordedPaths } from '../../src/cdk8s/recorded-paths';
import { plainDocuments } from '../../src/reading/read-text';
import { clusterIn } from '../cluster/read';
import { inside, type Changes } from '../verify/verdicts/manifests';

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

interface Validated {
  readonly violations: readonly Violation[];
  readonly status: readonly string[];
  readonly logged: readonly string[];
  readonly metadata: RecordedPaths;
  readonly path: string;
}

type Properties = ConstructorParameters<typeof ReleaseValidation>[0];

const DRAINS: Properties = { severity: 'error', assume: { shutdown: 'drains' } };

/** Validates a manifest as cdk8s-cli has it validated. */
async function validated(yaml: string, properties: Properties = DRAINS): Promise<Validated> {
  const path = join(temporaryFolder(), 'shop.k8s.yaml');
  writeFileSync(path, yaml);
  const result = { violations: [] as Violation[], status: [] as string[], logged: [] as string[], metadata: { payments: { path: 'shop/team/service' } }, path };
  await new ReleaseValidation(properties).validate({
    manifests: [path],
    metadata: result.metadata,
    report: { addViolation: (violation: Violation) => result.violations.push(violation), submit: (status: string) => result.status.push(status) },
    logger: { log: (message: string) => result.logged.push(message) },
  });
  return result;
}

describe('a validation', () => {
  test('succeeds where nothing is found and every release holds', async () => {
    expect(await validated(inside())).toMatchObject({ violations: [], status: ['success'], logged: [] });
  });

  test('fails with what the rules find and with the request that is lost', async () => {
    const { violations, status, path } = await validated(inside({ preStop: '' }));
    expect([status, violations.map(({ ruleName }) => ruleName).sort()]).toEqual([['failure'], ['missing-pre-stop', 'release-loses-requests']]);
    const lost = violations.find(({ ruleName }) => ruleName === 'release-loses-requests');
    expect(lost).toEqual({
      ruleName: 'release-loses-requests',
      recommendation: expect.stringContaining('LOST: a connection is refused'),
      fix: 'set the preStop sleep to at least 10 s',
      violatingResources: [{ resourceName: 'Deployment payments', locations: ['clusterInternal by Service shop/payments'], manifestPath: path }],
    });
  });

  test('tells of an unknown verdict, and does not fail', async () => {
    expect(await validated(inside(), { severity: 'error' })).toMatchObject({
      violations: [], status: ['success'], logged: ['Deployment shop/payments, clusterInternal by Service shop/payments: UNKNOWN, it depends on shutdown'],
    });
  });

  test('fails of warnings where nothing is said, and of information where that is asked for', async () => {
    const count = async (severity?: string) => (await validated(inside(), { ...DRAINS, severity })).violations.length;
    const [error, warning, unsaid, info] = [await count('error'), await count('warning'), await count(), await count('info')];
    expect([error, unsaid, warning > error, info > warning]).toEqual([0, warning, true, true]);
  });

  test('passes over what is ignored, by an annotation or a property', async () => {
    const rules = async (changes: Changes, properties: Properties) => (await validated(inside({ preStop: '', ...changes }), properties)).violations.map(({ ruleName }) => ruleName);
    expect(await rules({ annotations: '{ zero-downtime/accepted.missing-pre-stop: a job }' }, DRAINS)).toEqual(['release-loses-requests']);
    expect(await rules({}, { ...DRAINS, ignore: { 'missing-pre-stop': 'a job' } })).toEqual(['release-loses-requests']);
  });

  test.each([
    ['YAML that is none', 'a: [', 'is not valid YAML'], ['a field of a wrong type', inside({ spec: 'replicas: "4"' }), 'spec.replicas "4" must be a whole number'],
    ['a field that only the model reads', inside({ kind: 'Rollout', spec: 'strategy: { blueGreen: { scaleDownDelaySeconds: soon } }' }), 'scaleDownDelaySeconds "soon" must be'],
    ['an annotation that cannot be taken', inside({ annotations: '{ zero-downtime/nodes: none }' }), 'annotation zero-downtime/nodes "none" must be'],
    ['labels that are no map', inside().replace('labels: { app: payments  }', 'labels: []'), 'must be a map'],
  ])('fails of %s, and throws nothing', async (_, yaml, message) => {
    const { violations, status, path } = await validated(yaml);
    expect([status, violations.map(({ ruleName }) => ruleName)]).toEqual([['failure'], ['unreadable']]);
    expect(violations[0].recommendation).toContain(message);
    expect(violations[0].violatingResources).toEqual([{ resourceName: path, locations: [], manifestPath: path }]);
  });
});

describe('properties', () => {
  test.each<[string, unknown, string]>([
    ['an unknown severity', { severity: 'fatal' }, 'severity "fatal" must be error, warning, info'], ['a version that is none', { kubernetesVersion: 'new' },
      'Kubernetes version: "new" must be a version such as 1.34, from 1.20 on'],
    ['a version that YAML has made a number of', { kubernetesVersion: 1.3 }, 'Kubernetes version: "1.3" must be a version such as 1.34, from 1.20 on; in YAML put it in quotes'],
    ['an unknown assumption', { assume: { shutdwon: 'drains' } }, 'assume: "shutdwon" is nothing that can be assumed; did you mean "shutdown"?'],
    ['an unknown property', { asume: {} }, '"asume" is no property of this validation; did you mean "assume"?'],
    ['an unknown rule', { ignore: { unheard: 'of' } }, 'ignore: "unheard" is no rule; zero-downtime explain lists them'],
  ])('with %s are refused in one sentence', (_, properties, message) => {
    expect(() => new ReleaseValidation(properties as Properties)).toThrow(new Error(message));
  });

  test('may be none, and numbers where YAML makes them so', () => {
    expect(() => new ReleaseValidation()).not.toThrow();
    expect(() => new ReleaseValidation({ kubernetesVersion: 1.34, assume: { nodes: 3 } } as unknown as Properties)).not.toThrow();
  });
});

describe('the paths of constructs', () => {
  const objects = clusterIn(inside()).objects;

  test('are the recorded one for the last object of a name, and its scope\'s for the others', () => {
    const recorded = { payments: { path: 'shop/team/service' } };
    nameConstructs(recorded, objects);
    expect(recorded).toEqual({ 'payments': { path: 'shop/team/service' }, 'Deployment payments': { path: 'shop/team' }, 'Service payments': { path: 'shop/team/service' } });
  });

  test('are none where cdk8s recorded none, or the scope is the app itself', () => {
    const none = {};
    nameConstructs(none, objects);
    const shallow = { payments: { path: 'service' } };
    nameConstructs(shallow, objects);
    expect([none, shallow]).toEqual([{}, { 'payments': { path: 'service' }, 'Service payments': { path: 'service' } }]);
  });
});

describe('cdk8s synth', () => {
  const root = join(__dirname, '../..');

  /** A project whose chart holds some manifests, and whose plugin is this checkout. */
  function projectOf(yaml: string, properties: object): string {
    const folder = temporaryFolder();
    const quoted = (path: string) => JSON.stringify(join(root, path));
    const files = {
      'plugin.js': `require(${quoted('node_modules/ts-node')}).register({ transpileOnly: true, project: ${quoted('test/tsconfig.json')} });
module.exports = require(${quoted('src/cdk8s/release-validation.ts')});`,
      'main.js': `const { App, Chart, ApiObject } = require(${quoted('node_modules/cdk8s')});
const { Construct } = require(${quoted('node_modules/constructs')});
const app = new App({ recordConstructMetadata: true });
const team = new Construct(new Chart(app, 'shop'), 'team');
for (const object of ${JSON.stringify(plainDocuments(yaml))}) { new ApiObject(team, object.kind.toLowerCase(), object); }
app.synth();`,
      'cdk8s.yaml': JSON.stringify({
        language: 'typescript', app: 'node main.js', output: 'dist', validations: [{ package: './plugin.js', version: '0.0.0', class: 'ReleaseValidation', properties }],
      }),
    };
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
    return folder;
  }

  function synth(yaml: string, properties: object = DRAINS ?? {}): Promise<{ readonly code: number; readonly output: string }> {
    return new Promise((resolve) => {
      const env = { ...process.env, FORCE_COLOR: '0', CDK8S_DISABLE_UPGRADE_CHECK: '1', CDK8S_CHECK_UPGRADE: 'false' };
      execFile(process.execPath, [join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--check-upgrade=false'], { cwd: projectOf(yaml, properties), env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: `${stdout}${stderr}` });
      });
    });
  }

  test('passes a chart of which every release holds', async () => {
    const { code, output } = await synth(inside());
    expect([code, output]).toEqual([0, expect.stringContaining('Validations finished')]);
    expect(output).toContain('success');
  }, 60_000);

  test('fails a chart that loses requests, with the paths of its constructs', async () => {
    const { code, output } = await synth(inside({ preStop: '' }));
    expect(code).toBeGreaterThan(0);
    ['failure', 'release-loses-requests', 'missing-pre-stop', 'LOST: a connection is refused', 'shop/team'].forEach((text) => expect(output).toContain(text));
  }, 60_000);
});
