import { abTest, argo, blueGreen, canary, flagger, HEADER, native, WAYS_IN } from './released';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { TakeOver } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { Props, required } from '../declare';

const cluster = (props: Props) => required('cluster', props);
const program = (props: Props) => required('program', props);

describe('a Deployment that serves already', () => {
  const taken = (takeOver?: TakeOver) => cluster(canary({ engine: argo({ takeOver }) }));
  const pruned = expect.stringMatching(/^where a Deployment payments serves already, nothing deletes it before the Rollout is healthy/);
  const applied = expect.stringMatching(/^where a Deployment payments serves already, \.spec\.replicas is taken out of what was last applied to it/);
  const ignored = expect.stringMatching(/^with Argo CD, the Application ignores .*RespectIgnoreDifferences=true/);

  test('is not deleted before the Rollout serves', () => {
    expect(taken()).toContainEqual(pruned);
    expect(taken(TakeOver.NEVER)).not.toContainEqual(pruned);
    expect(cluster(canary({ engine: native() }))).not.toContainEqual(pruned);
  });

  test.each(Object.values(TakeOver))('keeps its replicas where it is taken over %s', (takeOver) => {
    expect(taken(takeOver)).toEqual(expect.arrayContaining([applied, ignored]));
    expect(taken()).not.toContainEqual(applied);
    expect(taken()).not.toContainEqual(ignored);
  });

  test('keeps its replicas where Flagger copies it', () => {
    expect(cluster(canary({ engine: flagger() }))).toEqual(expect.arrayContaining([applied, ignored]));
    expect(cluster(canary({ engine: native() }))).not.toContainEqual(applied);
  });

  test('is scaled down since 1.7', () => {
    expect(taken(TakeOver.ON_SUCCESS)).toContain('Argo Rollouts is 1.7 or later');
    expect(taken(TakeOver.ON_SUCCESS)).not.toContain('Argo Rollouts is 1.6 or later');
    expect(taken()).toContain('Argo Rollouts is 1.6 or later');
  });
});

describe('the class of an Ingress', () => {
  const flags = (traffic: Traffic[], release = canary) => cluster(release({}, { traffic })).filter((text) => text.includes('-ingress-classes'));

  test('must be told to Argo Rollouts where it is not the usual one', () => {
    expect(flags([Traffic.awsLoadBalancer({ ingressClassName: 'internal' })]))
      .toEqual(['the controller of Argo Rollouts runs with --alb-ingress-classes "internal", or it takes no notice of the Ingress']);
    expect(flags([Traffic.ingressNginx({ hosts: ['a.example.com'], ingressClassName: 'inner' })]))
      .toEqual(['the controller of Argo Rollouts runs with --nginx-ingress-classes "inner", or it takes no notice of the Ingress']);
  });

  test('need not be told where it is, and where no Ingress is written', () => {
    expect(flags([Traffic.awsLoadBalancer({ ingressClassName: 'alb' })])).toEqual([]);
    expect(flags([...WAYS_IN.awsLoadBalancer(), ...WAYS_IN.ingressNginx()])).toEqual([]);
    expect(flags([Traffic.ingressNginx({ hosts: ['a.example.com'], ingressClassName: 'inner' })], blueGreen)).toEqual([]);
  });
});

describe('the routes that Argo Rollouts adds', () => {
  const unbound = (props: Props) => program(props).filter((text) => text.includes('neither its timeout nor its retries'));

  test('may repeat what has their header', () => {
    expect(unbound(abTest())).toEqual([expect.stringMatching(/^requests with the header x-canary may take longer than the timeout of Traffic\.istio/)]);
    expect(unbound(canary({ header: HEADER }))).toHaveLength(1);
  });

  test('may repeat everything while there are copies', () => {
    expect(unbound(canary({ mirrorPercent: 10 }))).toEqual([expect.stringMatching(/^all requests while the new version gets copies may take longer/)]);
    expect(unbound(canary({ header: HEADER, mirrorPercent: 10 })))
      .toEqual([expect.stringMatching(/^requests with the header x-canary, and all requests while the new version gets copies may/)]);
  });

  test.each<[string, Props]>([
    ['shares alone', canary()], ['another way in', abTest({}, { traffic: WAYS_IN.httpRoute() })], ['a pipeline, which writes whole routes', abTest({ engine: native() })],
  ])('are none with %s', (_, props) => {
    expect(unbound(props)).toEqual([]);
  });
});

test('a load balancer is moved to, where another release was before', () => {
  const moved = expect.stringMatching(/^where Service payments was the load balancer's target before, the first release of this kind is made behind another Ingress/);
  const behind = { traffic: WAYS_IN.awsLoadBalancer() };
  expect(cluster(canary({}, behind))).toContainEqual(moved);
  expect(cluster(blueGreen({ engine: native() }, behind))).toContainEqual(moved);
  expect(cluster(behind)).not.toContainEqual(moved);
  expect(cluster(canary())).not.toContainEqual(moved);
});

test('requests with a header are no more than the pods of the first share bear', () => {
  const few = 'requests with the header x-canary and the first share are together no more than 5% of all: the new version\'s pods are counted for that';
  expect(cluster(canary({ header: HEADER }))).toContain(few);
  expect(cluster(canary({ header: HEADER, engine: native() }))).toContain(few);
  expect(cluster(canary())).not.toContain(few);
  expect(cluster(abTest())).not.toContainEqual(expect.stringMatching(/^requests with the header/));
  expect(cluster(canary({ engine: flagger() }))).not.toContain(few);
});

describe('a preview that is measured', () => {
  const judge = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01 });
  const load = 'a test or a load sends requests to Service payments-preview while previewAnalysis measures: nothing else does, and without them it ends inconclusive';

  test.each([['Argo Rollouts', argo()], ['a pipeline', native()]])('by %s gets requests from somebody', (_, engine) => {
    expect(cluster(blueGreen({ engine, previewAnalysis: judge }))).toContain(load);
    expect(cluster(blueGreen({ engine, analysis: judge }))).not.toContain(load);
  });
});

describe('the header of a load balancer', () => {
  const lost = (props: Props) => cluster(props).filter((text) => text.includes('issue 4486'));
  const behind = { traffic: WAYS_IN.awsLoadBalancer() };

  test('is relied on by nobody once Argo Rollouts has gone on after an approval', () => {
    expect(lost(canary({ header: HEADER, approvalAt: [5] }, behind))).toEqual([expect.stringMatching(/^nobody relies on the header x-canary once a release has been approved of/)]);
  });

  test.each<[string, Props]>([
    ['without an approval', canary({ header: HEADER }, behind)],
    ['without a header', canary({ approvalAt: [5] }, behind)],
    ['through Istio', canary({ header: HEADER, approvalAt: [5] })],
    ['without a controller', canary({ header: HEADER, approvalAt: [5], engine: native() }, behind)],
  ])('%s stays', (_, props) => {
    expect(lost(props)).toEqual([]);
  });
});
