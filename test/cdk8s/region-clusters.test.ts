import { Chart } from 'cdk8s';
import { Env, Review, Traffic } from 'zero-downtime';
import { objectIn, problemsOf, serviceIn, temporaryApp } from './apps';
import { indexOf, releasedIn, sequenceIn } from './regions';

const URL_KEY = { env: { DATABASE_URL: Env.secretKey('db', 'url') } };
const GATE = { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' };

describe('names', () => {
  test('of one service in several regions are legal', () => {
    expect(problemsOf(releasedIn())).toEqual([]);
  });

  test('of one service twice in a region are refused, and in that region alone', () => {
    const sequence = releasedIn();
    serviceIn(sequence.regions[1], 'again', { name: 'payments' });
    expect(problemsOf(sequence)).toEqual([
      expect.stringMatching(/^\[payments-02-us-east-1\/payments\] ServiceAccount payments is also made by payments-02-us-east-1\/again/),
      expect.stringMatching(/^\[payments-02-us-east-1\/again\] ServiceAccount payments is also made by payments-02-us-east-1\/payments/),
    ]);
  });

  test('of two sequences are refused where they reach the same cluster', () => {
    const app = temporaryApp();
    const [first, second] = [sequenceIn(app, { regions: [{ name: 'eu', context: 'prod-eu' }, { name: 'us' }] }, 'a'),
      sequenceIn(app, { regions: [{ name: 'europe', context: 'prod-eu' }, { name: 'asia' }] }, 'b')];
    [...first.regions, ...second.regions].forEach((region) => serviceIn(region));
    expect(problemsOf(app).map((problem) => problem.split(' also')[0])).toEqual([
      '[a-01-eu/payments] ServiceAccount payments is', '[b-01-europe/payments] ServiceAccount payments is',
    ]);
  });

  test('outside all regions do not meet those in them', () => {
    const app = temporaryApp();
    releasedIn({}, {}, app);
    serviceIn(new Chart(app, 'elsewhere', { namespace: 'shop' }));
    expect(problemsOf(app)).toEqual([]);
  });

  test('outside all regions still meet each other', () => {
    const app = temporaryApp();
    releasedIn({}, {}, app);
    ['a', 'b'].forEach((id) => serviceIn(new Chart(app, id, { namespace: 'shop' })));
    expect(problemsOf(app)).toHaveLength(2);
  });
});

describe('a reference', () => {
  test('is found in its own region', () => {
    const sequence = releasedIn(URL_KEY);
    sequence.regions.forEach((region) => objectIn(region, 'db', 'Secret', 'db', { stringData: { url: 'x' } }));
    expect(problemsOf(sequence)).toEqual([]);
  });

  test('is not found in another region, nor outside all of them', () => {
    const app = temporaryApp();
    const sequence = releasedIn(URL_KEY, {}, app);
    objectIn(sequence.regions[0], 'db', 'Secret', 'db', { stringData: { url: 'x' } });
    objectIn(new Chart(app, 'elsewhere', { namespace: 'shop' }), 'db', 'Secret', 'db', { stringData: { url: 'x' } });
    expect(problemsOf(app)).toEqual(['us-east-1', 'ap-south-1'].map((region, at) =>
      `[payments-0${at + 2}-${region}/payments] env DATABASE_URL refers to Secret "db", which the app does not create in namespace shop of region ${region}; `
      + 'create it, or declare it with External.secret("db")'));
  });

  test('must have its key in its own region', () => {
    const sequence = releasedIn(URL_KEY);
    sequence.regions.forEach((region, at) => objectIn(region, 'db', 'Secret', 'db', { stringData: at === 1 ? { uri: 'x' } : { url: 'x' } }));
    expect(problemsOf(sequence)).toEqual([expect.stringMatching(/^\[payments-02-us-east-1\/payments\] env DATABASE_URL .*"url"/)]);
  });
});

test('a namespace must ask for readiness gates in each region', () => {
  const sequence = releasedIn({ traffic: [Traffic.awsLoadBalancer()] });
  sequence.regions.forEach((region, at) =>
    objectIn(region, 'namespace', 'Namespace', 'shop', { metadata: { name: 'shop', labels: at === 2 ? {} : GATE } }));
  expect(problemsOf(sequence)).toEqual([expect.stringMatching(/^\[payments-03-ap-south-1\/payments\] namespace "shop" must carry the label/)]);
});

test('a review of one region sees that region alone', () => {
  const sequence = releasedIn();
  expect(sequence.regions.map((region) => Review.of(region).isSound)).toEqual([true, true, true]);
  expect(indexOf(sequence).regions).toHaveLength(3);
});
