import { writeFileSync } from 'fs';
import { join } from 'path';
import { stringify } from 'yaml';
import { manifestFiles, objectsIn } from './checkout';
import { describeUnless } from './command';
import { goInstall, whyNoGo } from './go-tool';
import { complaints, Judgement, kubeScore } from './kube-score';
import { BREAKS, Manifests } from './kube-score-breaks';
import { NOT_OURS, OURS, WITHOUT_CPU_LIMIT, WITHOUT_LIMITS } from './kube-score-checks';
import { kubeconform, writeSchemas } from './kubeconform';
import { scratchFolder } from './scratch';
import { EXAMPLES, rawStoreFiles, synthesizeExamples, whyNoRawStore } from './tool-inputs';
import { schemasFolder } from '../support/closed-schemas';

const FOLDER = scratchFolder('tools');
const VERSIONS = ['1.30', '1.34', '1.36'];

let scoreCommand: string;
let conformCommand: string;
const judgements: Record<string, Judgement[]> = {};

const manifestsOf = (example: string) => join(FOLDER, 'manifests', example);
const schemasOf = (version: string) => join(FOLDER, 'schemas', version);

const whyNoTools = whyNoGo();
const schemas = schemasFolder();
const whyNoSchemas = schemas === undefined ? 'there are no schemas; SCHEMAS_DIR names their folder' : undefined;

// Not beside the tests of each tool, so that those of the published store can run without them.
beforeAll(async () => {
  if (whyNoTools === undefined) {
    scoreCommand = await goInstall('github.com/zegl/kube-score/cmd/kube-score', 'v1.20.0', FOLDER);
  }
});

beforeAll(async () => {
  if (whyNoTools === undefined && schemas !== undefined) {
    conformCommand = await goInstall('github.com/yannh/kubeconform/cmd/kubeconform', 'v0.7.0', FOLDER);
    ['1.27', ...VERSIONS].forEach((version) => writeSchemas(schemas, version, schemasOf(version)));
  }
});

beforeAll(async () => synthesizeExamples(join(FOLDER, 'manifests')));

/** Writes objects as one file for a tool to read. */
function written(title: string, text: string): string {
  const file = join(FOLDER, `${title}.yaml`);
  writeFileSync(file, text);
  return file;
}

function yamlOf(objects: readonly unknown[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

function checksNotOk(): string[] {
  const notOk = Object.values(judgements).flat().filter(({ verdict }) => verdict === 'critical' || verdict === 'warning');
  return [...new Set(notOk.map(({ check }) => check))].sort();
}

describeUnless(whyNoTools, 'kube-score', () => {
  beforeAll(async () => {
    for (const name of EXAMPLES) {
      judgements[name] = await kubeScore(scoreCommand, manifestFiles(manifestsOf(name)), name === 'hello' ? WITHOUT_LIMITS : WITHOUT_CPU_LIMIT);
    }
  });

  test.each(EXAMPLES)('has no complaint about what the library decides for %s', (name) => {
    expect(complaints(judgements[name], OURS)).toEqual([]);
  });

  test('looks at each of these things at least once', () => {
    const ok = Object.values(judgements).flat().filter(({ verdict }) => verdict === 'ok').map(({ check }) => check);
    expect(OURS.filter((check) => !ok.includes(check))).toEqual([]);
  });

  test('complains of nothing but what is excluded by name and reason, and of all of that', () => {
    expect(checksNotOk()).toEqual(Object.keys(NOT_OURS).sort());
  });

  test('misses of a network policy, where a declaration says who may call, only whom the program may call', () => {
    expect(complaints(judgements.payments, ['pod-networkpolicy'])).toEqual([expect.stringMatching(/payments: .* egress NetworkPolicy$/)]);
    expect(complaints(judgements.hello, ['pod-networkpolicy'])).toEqual([expect.stringMatching(/hello: .* matching NetworkPolicy$/)]);
  });

  test.each(BREAKS)('finds %s', async (title, check, apply) => {
    const manifests = new Manifests(objectsIn(manifestsOf('payments')));
    apply(manifests);
    const judged = await kubeScore(scoreCommand, [written(title, yamlOf(manifests.objects))], WITHOUT_CPU_LIMIT);
    expect(complaints(judged, [check])).not.toEqual([]);
  });
});

test('each thing that kube-score is asked is broken once', () => {
  expect(BREAKS.map(([, check]) => check).sort()).toEqual(OURS);
});

describeUnless(whyNoTools ?? whyNoRawStore(), 'kube-score on the store as published', () => {
  test.each([
    ['carts', ['deployment-replicas']],
    ['catalog', ['deployment-replicas', 'pod-probes-identical']],
    ['checkout', ['deployment-replicas', 'pod-probes']],
    ['orders', ['deployment-replicas', 'pod-probes-identical']],
    ['ui', ['deployment-replicas', 'pod-probes']],
  ])('complains of %s, which it does not of ours', async (service, checks) => {
    const judged = await kubeScore(scoreCommand, rawStoreFiles(), WITHOUT_CPU_LIMIT);
    expect(complaints(judged.filter(({ object }) => object.endsWith(`/${service}`)), OURS)).toEqual(
      expect.arrayContaining(checks.map((check) => expect.stringContaining(`: ${check}: `))),
    );
  });
});

describeUnless(whyNoTools ?? whyNoSchemas, 'kubeconform', () => {
  test.each(VERSIONS.flatMap((version) => EXAMPLES.map((name) => [version, name])))('of Kubernetes %s accepts every object of %s', async (version, name) => {
    expect(await kubeconform(conformCommand, schemasOf(version), manifestFiles(manifestsOf(name)))).toEqual({
      accepted: objectsIn(manifestsOf(name)).length, complaints: [],
    });
  });

  test('of Kubernetes 1.27 refuses the sleeping hook, which came later', async () => {
    const { complaints: refused } = await kubeconform(conformCommand, schemasOf('1.27'), manifestFiles(manifestsOf('hello')));
    expect(refused).toEqual([expect.stringMatching(/^Deployment hello: statusInvalid: .*preStop.*'sleep'/)]);
  });

  test.each([
    ['a misspelt field', 'terminationGracePeriodSeconds:', 'terminationGracePeriodSecond:', /additional properties 'terminationGracePeriodSecond'/],
    ['a field that is there twice', '  replicas: 3', '  replicas: 3\n  replicas: 4', /key "replicas" already set/],
    ['text for a number', 'minReadySeconds: 15', 'minReadySeconds: 15s', /minReadySeconds.*got string, want integer/],
    ['a kind that nobody knows', 'kind: PodDisruptionBudget', 'kind: DisruptionBudget', /DisruptionBudget .*could not find schema/],
  ])('refuses %s', async (title, right, wrong, reason) => {
    const file = written(title, yamlOf(objectsIn(manifestsOf('hello'))).replace(right, wrong));
    const { complaints: refused } = await kubeconform(conformCommand, schemasOf('1.30'), [file]);
    expect(refused).toEqual([expect.stringMatching(reason)]);
  });
});

describeUnless(whyNoTools ?? whyNoSchemas ?? whyNoRawStore(), 'kubeconform on the store as published', () => {
  test('accepts every object, as a cluster does: the schemas refuse no more than that', async () => {
    const { accepted, complaints: refused } = await kubeconform(conformCommand, schemasOf('1.30'), rawStoreFiles());
    expect(refused).toEqual([]);
    expect(accepted).toBeGreaterThan(20);
  });
});
