import { readdirSync } from 'fs';
import { App, Chart, Duration, Testing, YamlOutputType } from 'cdk8s';
import * as fc from 'fast-check';
import { RegionChart, RegionSequence } from 'zero-downtime';
import { filesIn, serviceIn, temporaryApp, temporaryFolder } from './apps';
import { indexOf, REGIONS, releasedIn, sequenceIn } from './regions';

describe('the files of a sequence', () => {
  test('are one for each region, numbered in the order of the releases, and the index', () => {
    const app = temporaryApp();
    releasedIn({}, {}, app);
    app.synth();
    expect(readdirSync(app.outdir).sort()).toEqual([
      'payments-01-eu-north-1.k8s.yaml', 'payments-02-us-east-1.k8s.yaml', 'payments-03-ap-south-1.k8s.yaml', 'payments-index.k8s.yaml',
    ]);
  });

  test('hold the service of their region, under the same names in each', () => {
    const app = temporaryApp();
    const sequence = sequenceIn(app);
    sequence.regions.forEach((region) => serviceIn(region, 'payments', { image: `registry.example.com/payments:${region.region}` }));
    app.synth();
    const files = filesIn(app.outdir);
    for (const { name } of REGIONS) {
      const file = Object.keys(files).find((path) => path.includes(name))!;
      expect(files[file]).toContain(`image: registry.example.com/payments:${name}\n`);
      expect(files[file]).toMatch(/kind: Deployment\nmetadata:\n(?: .*\n)*? {2}name: payments\n {2}namespace: shop\n/);
    }
  });

  test('are those that the index names, whatever their extension', () => {
    const app = temporaryApp({ outputFileExtension: '.yaml' });
    const sequence = releasedIn({}, {}, app);
    const named = indexOf(sequence).regions.map(({ file }: { file: string }) => file);
    app.synth();
    expect([...named, 'payments-index.yaml'].sort()).toEqual(readdirSync(app.outdir).sort());
  });

  test('of two sequences share a folder', () => {
    const app = temporaryApp();
    ['orders', 'payments'].forEach((id) => sequenceIn(app, {}, id).regions.forEach((region) => serviceIn(region, id)));
    app.synth();
    expect(readdirSync(app.outdir)).toHaveLength(8);
  });

  test('sort as the regions are given, for any number up to 120 and whatever their names', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/), { minLength: 2, maxLength: 120, size: 'max' });
    fc.assert(fc.property(names, (given) => {
      const sequence = sequenceIn(Testing.app(), { regions: given.map((name) => ({ name })) });
      const ids = sequence.regions.map((chart) => chart.node.id);
      expect([...ids].sort()).toEqual(ids);
      expect(sequence.regions.map(({ region }) => region)).toEqual(given);
    }), { numRuns: 60 });
  });

  test('are written in the order of the regions, for any number up to 30', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 30 }), (count) => {
      const app = new App({ outdir: temporaryFolder() });
      // In reverse, so that the alphabet is no help.
      const regions = Array.from({ length: count }, (_, at) => ({ name: `r${count - at}` }));
      const sequence = sequenceIn(app, { regions });
      sequence.regions.forEach((region) => serviceIn(region));
      const { regions: told } = indexOf(sequence);
      app.synth();
      expect(readdirSync(app.outdir).filter((file) => file !== 'payments-index.k8s.yaml').sort()).toEqual(told.map(({ file }: { file: string }) => file));
      expect(told.map(({ region }: { region: string }) => region)).toEqual(regions.map(({ name }) => name));
    }), { numRuns: 4, examples: [[2], [30]] });
  }, 120_000);
});

describe('the chart of a region', () => {
  test('tells its region and its context, and has the sequence\'s namespace', () => {
    const [first, second] = sequenceIn(temporaryApp(), { regions: [{ name: 'eu', context: 'arn:aws:eks:eu-north-1:1:cluster/prod' }, { name: 'us' }] }).regions;
    expect([first.region, first.context, first.namespace]).toEqual(['eu', 'arn:aws:eks:eu-north-1:1:cluster/prod', 'shop']);
    expect([second.region, second.context]).toEqual(['us', 'us']);
  });

  test('is told from any other chart', () => {
    const app = temporaryApp();
    const [region] = sequenceIn(app).regions;
    const other = new Chart(app, 'other');
    expect([region, other, undefined, null, 'x'].map((value) => RegionChart.isRegionChart(value))).toEqual([true, false, false, false, false]);
    expect(region instanceof RegionChart).toBe(true);
    expect(other instanceof RegionChart).toBe(false);
  });
});

describe('it is refused', () => {
  const refused = (props: object, message: string, app = Testing.app()) => expect(() => sequenceIn(app, props)).toThrow(message);

  test('with fewer than two regions', () => {
    refused({ regions: [{ name: 'eu' }] },
      '[payments] regions 1 must be at least 2, because a sequence is of several; declare the service in a Chart where there is one');
    refused({ regions: [] }, '[payments] regions 0 must be at least 2');
  });

  test('with two regions of one name', () => refused({ regions: [{ name: 'eu' }, { name: 'us' }, { name: 'eu', context: 'other' }] },
    '[payments] regions 3: name "eu" is also that of regions 1, and each region is a cluster of its own; give one of them another name'));

  test('with two regions of one cluster, also where one of them is called by its name', () => {
    refused({ regions: [{ name: 'eu', context: 'prod' }, { name: 'us', context: 'prod' }] },
      '[payments] regions 2: context "prod" is also that of regions 1, and each region is a cluster of its own; give one of them another context');
    refused({ regions: [{ name: 'eu' }, { name: 'us', context: 'eu' }] }, 'regions 2: context "eu" is also that of regions 1');
  });

  test.each([
    '', 'EU', 'eu north', '-eu', 'eu-', 'eu_north', 'eu.north', '../eu', 'eu/1', 'eu\n1', 'eu\u2028', '$(id)', 'é', 'e'.repeat(64),
  ])('with the region name %j, which is no DNS label', (name) => {
    refused({ regions: [{ name }, { name: 'us' }] }, 'must be at most 63 lower-case letters, digits or \'-\', starting and ending with a letter or digit');
  });

  test.each(['0o17', '1e5', 'null', 'true', '12', '0x1f'])('but not with the region name %s, which YAML would read as something else where it stood alone', (name) => {
    const sequence = sequenceIn(Testing.app(), { regions: [{ name }, { name: 'us' }] });
    sequence.regions.forEach((region) => serviceIn(region));
    expect(indexOf(sequence).regions[0]).toMatchObject({ region: name, context: name, file: `payments-01-${name}.k8s.yaml` });
  });

  test.each(['', '--kubeconfig=x', 'a b', 'a;b', '$(id)', 'a\nb', 'a\u0000', '`id`', '"', 'c'.repeat(254)])('with the context %j, which a shell may misread', (context) => {
    refused({ regions: [{ name: 'eu', context }, { name: 'us' }] }, 'regions 1: context');
  });

  test.each([
    'arn:aws:eks:eu-north-1:111122223333:cluster/prod', 'gke_project_europe-north1_prod', 'kubernetes-admin@kubernetes', 'shop/api-example-com:6443/kube:admin', 'c'.repeat(253),
  ])('but not with the context %s', (context) => {
    expect(sequenceIn(Testing.app(), { regions: [{ name: 'eu', context }, { name: 'us' }] }).regions[0].context).toBe(context);
  });

  test('where id, number and name are no label together, because cdk8s would put a hash in the place of their end', () => {
    refused({ regions: [{ name: 'e'.repeat(52) }, { name: 'us' }] }, 'the name of a region\'s chart');
    expect(sequenceIn(Testing.app(), { regions: [{ name: 'e'.repeat(51) }, { name: 'us' }] }).regions[0].node.id).toHaveLength(63);
    expect(() => sequenceIn(Testing.app(), {}, 'Payments')).toThrow('the name of a region\'s chart "Payments-01-eu-north-1"');
  });

  test.each([
    ['a bake of no time', { bakeTime: Duration.seconds(0) }, 'bakeTime 0s must be from 1s to 604800s'],
    ['a bake of more than a week', { bakeTime: Duration.days(8) }, 'bakeTime 691200s must be from 1s to 604800s'],
    ['a region\'s bake of no time', { regions: [{ name: 'eu', bakeTime: Duration.seconds(0) }, { name: 'us' }] }, 'regions 1: bakeTime 0s must be from 1s to 604800s'],
    ['a namespace that is none', { namespace: 'Shop' }, 'namespace "Shop" must be at most 63'],
    ['a namespace that kubectl reads as a number', { namespace: '0o17' }, 'ConfigMap payments-regions: metadata.namespace reads like a number'],
  ])('with %s', (_, props, message) => refused(props, `[payments] ${message}`));

  test.each([
    YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  ])('in an App that writes %s, where regions could not be told apart', (yamlOutputType) => {
    refused({}, '[payments] the App of a sequence must write one file for each chart; give it YamlOutputType.FILE_PER_CHART',
      new App({ outdir: temporaryFolder(), yamlOutputType }));
  });

  test('with all that is wrong at once', () => {
    expect(() => new RegionSequence(Testing.app(), 'payments', { regions: [{ name: 'EU', context: '-x' }], bakeTime: Duration.days(9) })).toThrow(
      /^\[payments\] 4 problems in the declaration:\n {2}- regions 1 must be at least 2.*\n {2}- bakeTime .*\n {2}- regions 1: name "EU".*\n {2}- regions 1: context "-x"[^\n]*$/);
  });
});
