import { existsSync, mkdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { developedWith } from './checkout';
import { Compilation, Consumer } from './consumer';
import { compileIn, pack, Tarball } from './packed';
import { scratchFolder } from './scratch';

const FOLDER = scratchFolder('pulumi');
const PROGRAM = readFileSync(join(__dirname, 'programs/pulumi-payments.ts'), 'utf8');

/** The last TypeScript that finds packages as Node 10 did without calling that deprecated. */
const OLDER_COMPILER = 'typescript-5';

const IMPORTERS: Array<[string, string, string]> = [
  ['a CommonJS program', 'cjs', 'require("ENTRY");'],
  ['an ES module', 'mjs', "import 'ENTRY';"],
];

let tarball: Tarball;

async function consumerWith(name: string, ...packages: readonly string[]): Promise<Consumer> {
  mkdirSync(join(FOLDER, name));
  return Consumer.install(join(FOLDER, name), [tarball.file, ...packages]);
}

beforeAll(async () => {
  mkdirSync(join(FOLDER, 'build'));
  await compileIn(join(FOLDER, 'build'));
  tarball = await pack(join(FOLDER, 'build'));
});

/** An entry that cannot be used says so at its import, in one sentence, and leaves out where in it. */
async function expectRefusal(consumer: Consumer, entry: string, sentence: string): Promise<void> {
  for (const [, extension, text] of IMPORTERS) {
    consumer.write(`import.${extension}`, text.replace('ENTRY', entry));
    const { status, stdout, stderr } = await consumer.node(`import.${extension}`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.split('\n').filter((line) => /Error: /.test(line))).toEqual([expect.stringMatching(`^\\[?\\w*Error: ${sentence}\\]?$`)]);
    expect(stderr.split('\n').filter((line) => /^\s+at .*node_modules.zero-downtime/.test(line))).toEqual([]);
  }
}

describe('without Pulumi', () => {
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await consumerWith('without', ...developedWith('cdk8s', 'cdk8s-plus-27', 'constructs'));
  });

  test('nothing of it comes with the package', () => {
    expect(existsSync(join(consumer.folder, 'node_modules/@pulumi'))).toBe(false);
  });

  test.each(IMPORTERS)('%s of cdk8s synthesizes', async (_, extension) => {
    consumer.writeAsJavaScript('hello', `hello.${extension}`);
    expect(await consumer.node(`hello.${extension}`)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(consumer.folder, 'dist/hello.k8s.yaml'), 'utf8')).toContain('kind: PodDisruptionBudget');
  });

  test('the entry for Pulumi says what to install', async () => {
    await expectRefusal(consumer, 'zero-downtime/pulumi', 'zero-downtime/pulumi needs @pulumi/pulumi and @pulumi/kubernetes, which are not installed; '
      + 'run: npm install @pulumi/pulumi @pulumi/kubernetes');
  });

  test('and so does that of its policies', async () => {
    await expectRefusal(consumer, 'zero-downtime/pulumi/policy', 'zero-downtime/pulumi/policy needs @pulumi/policy, which is not installed; '
      + 'run: npm install @pulumi/policy');
  });
});

describe('with Pulumi, and nothing of AWS', () => {
  const NAMES = [
    'kubernetes:apps/v1:Deployment payments-deployment',
    'kubernetes:autoscaling/v2:HorizontalPodAutoscaler payments-autoscaler',
    'kubernetes:core/v1:Service payments-service',
    'kubernetes:core/v1:ServiceAccount payments-service-account',
    'kubernetes:networking.istio.io/v1:DestinationRule payments-destination-rule',
    'kubernetes:networking.istio.io/v1:VirtualService payments-virtual-service',
    'kubernetes:policy/v1:PodDisruptionBudget payments-disruption-budget',
    'zero-downtime:index:ZeroDowntimeService payments',
  ];
  let consumer: Consumer;

  beforeAll(async () => {
    const packages = developedWith('@pulumi/pulumi', '@pulumi/kubernetes', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'typescript', '@types/node');
    consumer = await consumerWith('with', ...packages, `${OLDER_COMPILER}@npm:typescript@~5.9.3`);
    ['main.cts', 'main.mts', 'main.ts'].forEach((name) => consumer.write(name, PROGRAM));
  });

  test('only what was asked for is there', () => {
    expect(existsSync(join(consumer.folder, 'node_modules/@pulumi/kubernetes'))).toBe(true);
    expect(existsSync(join(consumer.folder, 'node_modules/@pulumi/aws'))).toBe(false);
  });

  test.each(IMPORTERS)('%s makes the resources, and is told what is wrong', async (_, extension) => {
    expect(consumer.writeCompiled(PROGRAM, `main.${extension}`)).toContain(extension === 'cjs' ? 'require("zero-downtime/pulumi")' : "from 'zero-downtime/pulumi'");
    const { status, stdout, stderr } = await consumer.node(`main.${extension}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [names, [told, refused]] = [stdout.trimEnd().split('\n').slice(0, -2), stdout.trimEnd().split('\n').slice(-2)];
    expect(names).toEqual(NAMES);
    expect(told).toMatch(/^registry\.example\.com\/payments:2\.1\.0 https:\/\/api\.example\.com\/ payments\.shop\.svc \d+s$/);
    expect(refused).toBe('refused overrides.terminationGracePeriod');
  });

  /** Under these the extension decides whether a file is an ES module. */
  const BOTH_KINDS = ['main.cts', 'main.mts'];

  test.each<[Compilation['resolution'], string, boolean, string[]]>([
    ['node10', OLDER_COMPILER, false, ['main.ts']],
    ['node10', OLDER_COMPILER, true, ['main.ts']],
    ['node10', 'typescript', false, ['main.ts']],
    ['node16', 'typescript', false, BOTH_KINDS],
    ['nodenext', 'typescript', false, BOTH_KINDS],
    ['nodenext', 'typescript', true, BOTH_KINDS],
    ['nodenext', OLDER_COMPILER, false, BOTH_KINDS],
    ['bundler', 'typescript', false, ['main.ts']],
    ['bundler', 'typescript', true, ['main.ts']],
  ])('is accepted under %s by %s, skipLibCheck %s', async (resolution, compiler, skipLibCheck, files) => {
    expect(await consumer.compileErrors(files, { resolution, compiler, skipLibCheck })).toBe('');
  });

  test.each<[string, string, string]>([
    ['an image that is left out', "image: pulumi.interpolate`${pulumi.output('registry.example.com/payments')}:2.1.0`,", ''],
    ['an Output where the plan decides', 'port: 3000', 'port: pulumi.output(3000)'],
  ])('the compiler refuses %s', async (_, text, other) => {
    expect(PROGRAM).toContain(text);
    consumer.write('wrong.ts', PROGRAM.replace(text, other));
    expect(await consumer.compileErrors(['wrong.ts'], { resolution: 'bundler', skipLibCheck: true })).toMatch(/^wrong\.ts.* error TS/);
  });

  test('the policies need a package of their own, and say so', async () => {
    await expectRefusal(consumer, 'zero-downtime/pulumi/policy', 'zero-downtime/pulumi/policy needs @pulumi/policy, which is not installed; '
      + 'run: npm install @pulumi/policy');
  });
});

describe('with the policies of Pulumi', () => {
  const PACK = [
    "import { ReleasePolicies } from 'zero-downtime/pulumi/policy';",
    'const policies = ReleasePolicies.of();',
    'console.log(policies.length > 0 && policies.every(({ name, description }) => name !== "" && description !== ""));',
  ].join('\n');
  let consumer: Consumer;

  beforeAll(async () => {
    consumer = await consumerWith('policy', ...developedWith('@pulumi/policy', 'typescript', '@types/node'));
    ['pack.cts', 'pack.mts', 'pack.ts'].forEach((name) => consumer.write(name, PACK));
  });

  test.each(IMPORTERS)('%s gets them, without the provider of Kubernetes', async (_, extension) => {
    expect(existsSync(join(consumer.folder, 'node_modules/@pulumi/kubernetes'))).toBe(false);
    consumer.writeCompiled(PACK, `pack.${extension}`);
    expect(await consumer.node(`pack.${extension}`)).toEqual({ status: 0, stdout: 'true\n', stderr: '' });
  });

  test.each<[Compilation['resolution'], string[]]>([['node10', ['pack.ts']], ['nodenext', ['pack.cts', 'pack.mts']], ['bundler', ['pack.ts']]])(
    'its types are found under %s', async (resolution, files) => {
      // The declarations of @pulumi/policy 1.21 export what was stripped of them, so that only ours can be looked at.
      expect(await consumer.compileErrors(files, { resolution, skipLibCheck: true })).toBe('');
    });
});

describe('for other languages', () => {
  test('nothing of Pulumi is in what their packages are made of', () => {
    const { types, dependencies, dependencyClosure, bundled, submodules } = JSON.parse(readFileSync(join(FOLDER, 'build/.jsii'), 'utf8'));
    const names = [dependencies, dependencyClosure, bundled].flatMap((all: object) => Object.keys(all));
    expect(names.filter((name) => name.includes('pulumi'))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['cdk8s', 'yaml']));
    expect(Object.keys(types).length).toBeGreaterThan(100);
    expect([...Object.keys(types), ...Object.keys(submodules ?? {})].filter((name) => /pulumi|policy/i.test(name))).toEqual([]);
    expect(Object.values<any>(types).map(({ locationInModule: { filename } }) => filename).filter((file) => /^src\/(pulumi|policy)\//.test(file))).toEqual([]);
    expect(JSON.stringify(types)).not.toContain('@pulumi');
  });
});
