import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { KubernetesVersion, Review, type ReviewOptions, Severity, Verdict } from 'zero-downtime';
import { serviceIn, temporaryApp, temporaryChart } from './apps';
import { plainDocuments } from '../../src/reading/read-text';
import { inside, type Changes } from '../verify/verdicts/manifests';

const DRAINS: ReviewOptions = { assume: { shutdown: 'drains' } };
const ERRORS: ReviewOptions = { ...DRAINS, severity: Severity.ERROR };

/** The manifests of the verifier's tests, as somebody else would declare them. */
function declared(scope: Construct, changes: Changes = {}): void {
  plainDocuments(inside(changes)).forEach((value) => {
    const object = JSON.parse(JSON.stringify(value)) as ConstructorParameters<typeof ApiObject>[2];
    new ApiObject(scope, object.kind.toLowerCase(), object);
  });
}

function chartOf(changes: Changes = {}): Chart {
  const chart = temporaryChart();
  declared(new Construct(chart, 'team'), changes);
  return chart;
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

describe('a review of a chart', () => {
  test('finds what the rules find, by the path of the construct that makes the object', () => {
    const findings = Review.of(chartOf({ preStop: '' }), DRAINS).findings.filter(({ ruleId }) => ruleId === 'missing-pre-stop');
    expect(findings).toEqual([{
      ruleId: 'missing-pre-stop',
      severity: Severity.ERROR,
      constructPath: 'chart/team/deployment',
      object: 'Deployment shop/payments',
      path: expect.stringContaining('spec.template'),
      message: expect.any(String),
      fix: expect.any(String),
      ignoredBecause: undefined,
    }]);
  });

  test('verifies each way in', () => {
    expect(Review.of(chartOf(), DRAINS).verdicts).toEqual([{
      constructPath: 'chart/team/deployment',
      workload: 'Deployment shop/payments',
      way: 'clusterInternal',
      through: 'Service shop/payments',
      verdict: Verdict.PROVED,
      counterexample: undefined,
      missing: [],
    }]);
    const [refuted] = Review.of(chartOf({ preStop: '' }), DRAINS).verdicts;
    expect([refuted.verdict, refuted.counterexample?.includes('LOST'), refuted.missing]).toEqual([Verdict.REFUTED, true, []]);
    const [unknown] = Review.of(chartOf()).verdicts;
    expect([unknown.verdict, unknown.counterexample, unknown.missing]).toEqual([Verdict.UNKNOWN, undefined, ['shutdown']]);
  });

  test('is what this package declares, without a finding or anything left open', () => {
    const chart = temporaryChart();
    serviceIn(chart);
    const review = Review.of(chart);
    expect(review.verdicts.map(({ verdict }) => verdict)).toEqual([Verdict.PROVED]);
    expect(review.findings.filter(({ severity }) => severity === Severity.ERROR)).toEqual([]);
  });
});

test('a review of an App sees every chart, and one of a construct its children alone', () => {
  const app = temporaryApp();
  const [one, other] = ['one', 'other'].map((id) => new Chart(app, id));
  declared(one, { preStop: '' });
  declared(new Construct(other, 'inner'));
  other.node.tryFindChild('inner')?.node.findAll().filter(ApiObject.isApiObject).forEach((object) => expect(object.node.path).toMatch(/^other\/inner\//));
  const pathsOf = (scope: Construct) => [...new Set(Review.of(scope, DRAINS).verdicts.map(({ constructPath }) => constructPath))];
  expect(pathsOf(app)).toEqual(['one/deployment', 'other/inner/deployment']);
  expect(pathsOf(other)).toEqual(['other/inner/deployment']);
  expect(pathsOf(one.node.findChild('service') as Construct)).toEqual([]);
});

describe('what counts', () => {
  test('is a warning at least where nothing is said', () => {
    expect(Review.of(chartOf(), ERRORS).isSound).toBe(true);
    expect(Review.of(chartOf(), DRAINS).isSound).toBe(false);
    expect(() => Review.of(chartOf(), ERRORS).assertSound()).not.toThrow();
  });

  test('is an unknown verdict as well as a refuted one', () => {
    expect(Review.of(chartOf(), { severity: Severity.ERROR }).isSound).toBe(false);
    expect(messageOf(() => Review.of(chartOf(), { severity: Severity.ERROR }).assertSound())).toMatch(/^the release is not sound\n\nnothing found [^]*UNKNOWN: it depends on shutdown/);
  });

  test('is told in full where it is not sound', () => {
    const review = Review.of(chartOf({ preStop: '' }), DRAINS);
    const message = messageOf(() => review.assertSound());
    expect(message).toBe(`the release is not sound\n\n${review.explain()}`);
    expect(message).toContain('chart/team/deployment error missing-pre-stop');
    expect(message).toContain('remedy: set the preStop sleep to at least 10 s');
  });
});

describe('what is ignored', () => {
  const because = (changes: Changes, options: ReviewOptions) =>
    Review.of(chartOf({ preStop: '', ...changes }), options).findings.filter(({ ruleId }) => ruleId === 'missing-pre-stop').map(({ ignoredBecause }) => ignoredBecause);

  test('by an annotation or an option keeps its reason', () => {
    expect(because({ annotations: '{ zero-downtime/accepted.missing-pre-stop: it is a job }' }, DRAINS)).toEqual(['it is a job']);
    expect(because({}, { ...DRAINS, ignore: { 'missing-pre-stop': 'it is a job' } })).toEqual(['it is a job']);
    expect(because({}, DRAINS)).toEqual([undefined]);
  });

  test('does not count, and makes no refuted release sound', () => {
    const review = Review.of(chartOf({ preStop: '' }), { ...ERRORS, ignore: { 'missing-pre-stop': 'it is a job' } });
    expect([review.isSound, review.explain().startsWith('ignored chart/team/deployment missing-pre-stop: it is a job (ignore)')]).toEqual([false, true]);
  });
});

test('an assumption may name one workload', () => {
  const verdict = (key: string) => Review.of(chartOf(), { assume: { [key]: key.endsWith('shutdown') ? 'drains' : '70' } }).verdicts[0].verdict;
  expect([verdict('shop/payments:shutdown'), verdict('shop/payments:keep-alive-seconds')]).toEqual([Verdict.PROVED, Verdict.UNKNOWN]);
  expect(() => verdict('shop/carts:shutdown')).toThrow('assume: "shop/carts" is no workload among the objects; did you mean "shop/payments"?');
});

test('the Kubernetes version is heeded', () => {
  const uses = (version: KubernetesVersion) => Review.of(chartOf(), { ...DRAINS, kubernetesVersion: version }).findings.map(({ ruleId }) => ruleId).includes('pre-stop-unsupported');
  expect([uses(KubernetesVersion.V1_27), uses(KubernetesVersion.V1_30)]).toEqual([true, false]);
});

describe('what is refused', () => {
  test.each<[string, ReviewOptions, string]>([
    ['an unknown assumption', { assume: { shutdwon: 'drains' } }, 'assume: "shutdwon" is nothing that can be assumed; did you mean "shutdown"?'],
    ['a value that is none', { assume: { shutdown: 'never' } }, 'assume: shutdown "never" must be drains or exits-at-once'],
    ['an unknown rule', { ignore: { unheard: 'of' } }, 'ignore: "unheard" is no rule; zero-downtime explain lists them'],
    ['a rule without a reason', { ignore: { 'no-spread': ' ' } }, 'ignore: rule "no-spread" must be ignored for a reason: write no-spread=why it does not matter here'],
  ])('%s, in one sentence', (_, options, message) => {
    expect(messageOf(() => Review.of(chartOf(), options))).toBe(message);
  });

  test('a field of a wrong type, with the construct', () => {
    expect(messageOf(() => Review.of(chartOf({ spec: 'replicas: "4"' })))).toBe('chart/team/deployment: spec.replicas "4" must be a whole number, not a text; remove the quotes');
  });

  test('a field of a wrong type that only the model reads, with the construct', () => {
    expect(messageOf(() => Review.of(chartOf({ kind: 'Rollout', spec: 'strategy: { blueGreen: { scaleDownDelaySeconds: soon } }' }))))
      .toMatch(/^chart\/team\/rollout: spec\.strategy\.blueGreen\.scaleDownDelaySeconds "soon" must be a whole number/);
  });

  test('an annotation that cannot be taken, with the construct', () => {
    expect(messageOf(() => Review.of(chartOf({ annotations: '{ zero-downtime/nodes: none }' }))))
      .toBe('chart/team/deployment: Deployment shop/payments: annotation zero-downtime/nodes "none" must be a whole number from 1 to 1000000');
  });
});
