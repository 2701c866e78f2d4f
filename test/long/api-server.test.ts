import { readFileSync } from 'fs';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { DEFECTS, defective } from './api-server/defects';
import { holdsMisread, MISREAD } from './api-server/misread';
import { ApiServer, BUILT_MINOR, Judgement, refusals, whyNoApiServer } from './api-server/server';
import { manifestFiles, runFromSource } from './checkout';
import { describeUnless } from './command';
import { scratchFolder } from './scratch';
import { declarationsFor } from '../manifests/declarations';
import { synthesize as synthesizePayments } from '../manifests/synthesized';
import { legalDeclarations } from '../properties/arbitraries';
import { synthesize } from '../properties/synthesis';
import { apiServerRules } from '../support/api-server-rules';
import { ClosedSchemas, schemasFolder } from '../support/closed-schemas';
import { JsonObject } from '../support/manifest-finding';

const FOLDER = scratchFolder('api-server');
const whyNot = whyNoApiServer();

/** From the first version that the library knows. */
const MINORS = Array.from({ length: BUILT_MINOR - 26 }, (_, i) => 27 + i);

/** The oldest version that a server emulates: rules that have been relaxed since then are strict again. */
const EMULATED_MINOR = BUILT_MINOR - 3;

/** Kinds that other servers have the code for. */
const CUSTOM = [
  'gateway.networking.k8s.io/v1 GRPCRoute', 'gateway.networking.k8s.io/v1 HTTPRoute',
  'networking.istio.io/v1 DestinationRule', 'networking.istio.io/v1 VirtualService',
];

let server: ApiServer;

beforeAll(async () => {
  if (whyNot === undefined) {
    server = await ApiServer.build(FOLDER);
  }
});

beforeEach(() => {
  // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

/** What the server has against objects, and objects that it should have judged. */
function problems(judgements: readonly Judgement[]): string[] {
  const unjudged = judgements.filter(({ skipped, apiVersion, kind }) => skipped && !CUSTOM.includes(`${apiVersion} ${kind}`));
  return [...refusals(judgements), ...unjudged.map(({ apiVersion, kind }) => `${apiVersion} ${kind}: not judged`)];
}

function kindsOf(judgements: readonly Judgement[]): string[] {
  return [...new Set(judgements.filter(({ skipped }) => !skipped).map(({ kind }) => kind))].sort();
}

/** As kubectl sends them: it reads the YAML. */
function jsonOf(objects: readonly object[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

/** Without what no document can hold. */
function plain(objects: readonly object[]): unknown {
  return JSON.parse(JSON.stringify(objects));
}

/** Everything that declarations for a version can ask for between them. */
function broadObjects(minor: number): JsonObject[] {
  return declarationsFor(`1.${minor}`).flatMap(([, props]) => synthesizePayments(props).objects);
}

interface RandomObject {
  /** What it takes to make it again. */
  readonly from: string;
  readonly minor: number;
  readonly object: object;
}

/** The objects of random legal declarations, always the same ones unless FC_SEED asks for others. */
function randomObjects(numRuns: number): RandomObject[] {
  const seed = Number(process.env.FC_SEED ?? 1);
  return fc.sample(legalDeclarations, { seed, numRuns })
    .map((declaration, index) => ({ declaration, index, minor: declaration.oracle.kubernetesMinor }))
    .filter(({ minor }) => minor <= BUILT_MINOR)
    .flatMap(({ declaration, index, minor }) => synthesize(declaration).manifests.map((object) => (
      { from: `declaration ${index} of seed ${seed} for 1.${minor}`, minor, object })));
}

function problemsWithRandom(objects: readonly RandomObject[], judgements: readonly Judgement[]): string[] {
  expect(judgements).toHaveLength(objects.length);
  return judgements.flatMap((judgement, i) => problems([judgement]).map((problem) => `${objects[i].from}: ${problem}`));
}

/** What our own oracles have against an object. */
function ourRefusals(object: JsonObject): string[] {
  return [...apiServerRules(object), ...schemasFolder() === undefined ? [] : ClosedSchemas.load('1.36').validate(object)];
}

describeUnless(whyNot, 'the API server\'s own code and what we write', () => {
  test.each(['hello', 'retail-store', 'team-pattern'])('takes every object of %s', async (example) => {
    const outdir = join(FOLDER, example);
    await runFromSource(`examples/${example}/main.ts`, outdir);
    const judgements = manifestFiles(outdir).flatMap((file) => server.judge(readFileSync(file, 'utf8')));
    expect(problems(judgements)).toEqual([]);
    expect(kindsOf(judgements)).toEqual(expect.arrayContaining(['Deployment', 'PodDisruptionBudget', 'Service', 'ServiceAccount']));
  });

  test.each(MINORS)('takes everything that can be declared for 1.%d, and reads it as it was meant', (minor) => {
    const objects = broadObjects(minor);
    const judgements = server.judge(Yaml.stringify(...objects));
    expect(problems(judgements)).toEqual([]);
    expect(judgements.map(({ object }) => object)).toEqual(plain(objects));
  });

  test.each(MINORS.filter((minor) => minor <= EMULATED_MINOR))('takes it for 1.%d with the features of an older version, too', (minor) => {
    expect(problems(server.judge(jsonOf(broadObjects(minor)), '-emulate', `1.${EMULATED_MINOR}`))).toEqual([]);
  });

  test('judges every kind of its own that can be declared', () => {
    expect(kindsOf(server.judge(jsonOf(broadObjects(BUILT_MINOR))))).toEqual([
      'ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount',
    ]);
  });

  test('warns of nothing but a word that has a new name', () => {
    const warnings = server.judge(jsonOf(MINORS.flatMap(broadObjects))).flatMap(({ kind, warnings: told }) => told.map((text) => `${kind}: ${text}`));
    expect([...new Set(warnings)]).toEqual(['Service: spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']);
  });
});

describeUnless(whyNot, 'the API server\'s own code and random legal declarations', () => {
  let objects: RandomObject[];

  beforeAll(() => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    objects = randomObjects(400);
  });

  test('takes every object', () => {
    expect(problemsWithRandom(objects, server.judge(jsonOf(objects.map(({ object }) => object))))).toEqual([]);
  });

  test('takes those for older versions with the features of an older version, too', () => {
    const older = objects.filter(({ minor }) => minor <= EMULATED_MINOR);
    const judgements = server.judge(jsonOf(older.map(({ object }) => object)), '-emulate', `1.${EMULATED_MINOR}`);
    expect(problemsWithRandom(older, judgements)).toEqual([]);
  });

  test('reads every object as it was meant, but for texts that cdk8s does not quote for it', () => {
    const legible = objects.filter(({ object }) => !holdsMisread(object));
    expect(legible.length).toBeGreaterThan(objects.length / 2);
    const judgements = server.judge(Yaml.stringify(...legible.map(({ object }) => object)));
    expect(problemsWithRandom(legible, judgements)).toEqual([]);
    expect(judgements.map(({ object }) => object)).toEqual(plain(legible.map(({ object }) => object)));
  });

  // Where one of these fails, cdk8s has learned to write that text.
  test.each(MISREAD)('misreads %s', (_, text, as) => {
    const [{ object }] = server.judge(Yaml.stringify({ text }));
    expect(object).toEqual(as === undefined ? undefined : { text: as });
  });
});

describeUnless(whyNot, 'the API server\'s own code and a defect', () => {
  let objects: JsonObject[];

  beforeAll(() => {
    objects = synthesizePayments(Object.fromEntries(declarationsFor(`1.${BUILT_MINOR}`))['everything at once']).objects;
  });

  test.each(DEFECTS)('refuses %s (%s)', (...defect) => {
    const [title, kind, pointer, value, refusal] = defect;
    expect(refusals(server.judge(JSON.stringify(defective(objects, [title, kind, pointer, value, refusal]))))).toEqual(
      expect.arrayContaining([expect.stringMatching(refusal)]));
  });

  test('refuses a field that is there twice', () => {
    const text = Yaml.stringify(...objects).replace(/^( {2}minReadySeconds: )(\d+)$/m, '$&\n$15');
    expect(refusals(server.judge(text))).toEqual([expect.stringMatching(/^Deployment payments: .*key "minReadySeconds" already set/s)]);
  });

  test('refuses as an older version what has been allowed since', () => {
    const service = JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: '1a' }, spec: { ports: [{ port: 80 }] } });
    expect(refusals(server.judge(service, '-emulate', `1.${EMULATED_MINOR}`))).toEqual([expect.stringMatching(/metadata.name: .*DNS-1035 label/)]);
  });

  test('is refused by our own rules and schemas, but for what they say nothing about', () => {
    const bySchemas = schemasFolder() === undefined ? ['a misspelt field', 'a number as text'] : [];
    const missed = DEFECTS.filter((defect) => ourRefusals(defective(objects, defect)).length === 0).map(([title]) => title);
    expect(missed).toEqual([...bySchemas, 'a network that is none', 'a peer of two sorts']);
  });
});
