import { mkdirSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { developedWith, runFromSource } from './checkout';
import { Consumer, Resolution, sourceOf } from './consumer';
import { compileIn, pack, Tarball } from './packed';
import { scratchFolder } from './scratch';

const FOLDER = scratchFolder('packed');
const EXPECTED = join(FOLDER, 'expected');
const HELLO = 'hello.k8s.yaml';

let tarball: Tarball;
let consumer: Consumer;

beforeAll(async () => {
  for (const name of ['build', 'consumer']) {
    mkdirSync(join(FOLDER, name));
  }
  await compileIn(join(FOLDER, 'build'));
  tarball = await pack(join(FOLDER, 'build'));
  const packages = developedWith('cdk8s', 'cdk8s-plus-27', 'constructs', 'typescript');
  consumer = await Consumer.install(join(FOLDER, 'consumer'), [tarball.file, ...packages]);
  await runFromSource('examples/hello/main.ts', EXPECTED);
});

describe('the packed package', () => {
  /** Beside what is compiled: the manifest of jsii, which every other language is made from, and what people read. */
  const BESIDE = ['.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'bin/entry.js', 'bin/zero-downtime', 'lib/cli/run.bundle.js', 'package.json'];
  /** What travels in every language's package, because the command line needs it. */
  const BUNDLED = /^node_modules\/(commander|js-tokens|libpg-query|@pgsql\/types|yaml)\//;

  function compiled(): string[] {
    const sources = readdirSync(join(FOLDER, 'build/src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    return sources.map((file) => file.replace(/\.ts$/, '')).flatMap((file) => [`lib/${file}.d.ts`, `lib/${file}.js`]);
  }

  test('holds what is compiled from each source, and what people and other languages read', () => {
    expect([...compiled(), ...BESIDE].filter((file) => !tarball.contents.includes(file))).toEqual([]);
  });

  test('holds nothing else: no test, no example, and nothing that other commands left behind', () => {
    const expected = new Set([...compiled(), ...BESIDE]);
    expect(tarball.contents.filter((file) => !expected.has(file) && !BUNDLED.test(file))).toEqual([]);
  });

  test('holds every file that its map of entries names', () => {
    const { exports } = JSON.parse(readFileSync(join(FOLDER, 'build/package.json'), 'utf8'));
    const targets = Object.values<any>(exports).flatMap((target) => typeof target === 'string' ? [target] : Object.values<string>(target));
    const absent = targets.map((target) => target.replace('./', '')).filter((target) => !tarball.contents.includes(target));
    // jsii adds this entry to every package with a map, and the file only to one that warns of deprecated members.
    expect(absent).toEqual(['.warnings.jsii.js']);
  });
});

describe('in a fresh project', () => {
  test.each([
    ['a CommonJS program', 'main.cjs', 'require("zero-downtime")'],
    ['an ES module', 'main.mjs', "import { Health, ZeroDowntimeService } from 'zero-downtime'"],
  ])('%s makes of the hello example what the sources make of it', async (_, program, way) => {
    expect(consumer.writeAsJavaScript('hello', program)).toContain(way);
    const outdir = join(FOLDER, program);
    expect(await consumer.node(program, outdir)).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(outdir)).toEqual(readdirSync(EXPECTED));
    expect(readFileSync(join(outdir, HELLO), 'utf8')).toBe(readFileSync(join(EXPECTED, HELLO), 'utf8'));
  });

  test.each([
    ['zero-downtime/lib/plan/ledger', 'a file that is in the package'],
    ['zero-downtime/lib/index.js', 'the entry by its file'],
  ])('%s is refused: %s', async (path) => {
    expect(tarball.contents).toContain(path.replace('zero-downtime/', '').replace(/(\.js)?$/, '.js'));
    consumer.write('deep.cjs', `require('${path}');`);
    consumer.write('deep.mjs', `import '${path}';`);
    expect((await consumer.node('deep.cjs')).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    expect((await consumer.node('deep.mjs')).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test.each(['misjudged.cjs', 'misjudged.mjs'])('the SQL of migrations is judged, by the parser that is in the package: %s', async (program) => {
    consumer.writeCompiled(readFileSync(join(__dirname, 'programs/misjudged.ts'), 'utf8'), program);
    const { status, stderr } = await consumer.node(program, join(FOLDER, program));
    expect(status).toBe(1);
    expect(stderr).toContain('DeclarationError: [shop/payments] Migration.sql "reset" expand 1 "UPDATE payments SET total = 0" breaks whole-table-write: ');
  });

  test('its command judges manifests', async () => {
    consumer.write('payments.yaml', readFileSync(join(FOLDER, 'build/examples/manifests/payments.yaml'), 'utf8'));
    const verify = await consumer.command('zero-downtime', 'verify', 'payments.yaml');
    expect(verify).toMatchObject({ status: 1, stderr: '' });
    expect(verify.stdout).toContain('Deployment shop/payments  REFUTED');
    expect(await consumer.command('zero-downtime', 'check', 'nowhere.yaml')).toMatchObject({ status: 2, stdout: '' });
  });

  test('its commands that need a further package say which, and need it for nothing else', async () => {
    consumer.write('none.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: none }\n');
    const promote = await consumer.command('zero-downtime', 'promote', 'none.yaml');
    expect(promote).toMatchObject({ status: 2, stdout: '' });
    expect(promote.stderr).toContain('run npm install @kubernetes/client-node@^1.4');
    expect((await consumer.command('zero-downtime', 'promote', '--dry-run', 'none.yaml')).stderr).toContain('there is no release among the objects');
  });

  test('tools can still read what describes the package', async () => {
    consumer.write('tool.cjs', "console.log(require('zero-downtime/package.json').name, require.resolve('zero-downtime/.jsii'));");
    expect((await consumer.node('tool.cjs')).stdout).toMatch(/^zero-downtime .*zero-downtime[\\/]\.jsii\n$/);
  });
});

describe.each<Resolution>(['node10', 'node16', 'bundler'])('a strict compiler that resolves packages as %s', (resolution) => {
  // Under node16 the extension decides whether a file is an ES module.
  const files = resolution === 'node16' ? ['main.cts', 'main.mts'] : ['main.ts'];

  test.each(files)('accepts the hello example as %s, and all declarations that it reaches', async (file) => {
    consumer.write(file, sourceOf('hello'));
    expect(await consumer.typeErrors(file, resolution)).toBe('');
  });

  test('knows the types: it misses a health that is left out', async () => {
    consumer.write('unhealthy.ts', sourceOf('hello').replace(/^ {2}health:.*\n/m, ''));
    expect(await consumer.typeErrors('unhealthy.ts', resolution)).toMatch(/error TS2345.*\n.*'health' is missing/);
  });
});

test.each<Resolution>(['node16', 'bundler'])('a compiler that resolves packages as %s finds nothing below the entry', async (resolution) => {
  consumer.write('deep.ts', "import { Ledger } from 'zero-downtime/lib/plan/ledger';\nexport type L = Ledger;\n");
  expect(await consumer.typeErrors('deep.ts', resolution)).toMatch(/error TS2307: Cannot find module 'zero-downtime\/lib\/plan\/ledger'/);
});
