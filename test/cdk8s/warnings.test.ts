import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Env, Health, Probe, Replicas, Risk, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { serviceIn, temporaryChart } from './apps';

let emitted: jest.SpyInstance;
beforeEach(() => {
  emitted = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});
afterEach(() => emitted.mockRestore());

const warnings = () => emitted.mock.calls.map(([text, options]) => ({ text, ...options }));
const SAME = Health.http({ readiness: '/ready', liveness: '/ready' });

test('a sound declaration warns of nothing', () => {
  serviceIn(temporaryChart());
  expect(warnings()).toEqual([]);
});

test('a weakness is a warning of its own type, with a code and the construct path', () => {
  serviceIn(new Construct(temporaryChart(), 'team'), 'payments', { health: SAME });
  expect(warnings()).toEqual([{
    text: expect.stringMatching(/^\[chart\/team\/payments\] readiness and liveness ask the same/), type: 'ZeroDowntimeWarning', code: 'same-probe',
  }]);
});

type Weakness = [code: string, props: Partial<ZeroDowntimeServiceProps>, risk: Risk];
const WEAKNESSES: Weakness[] = [
  ['same-probe', { health: SAME }, Risk.sameProbe('one question is all there is')],
  ['moving-image-tag', { image: 'registry.example.com/payments:latest' }, Risk.movingImageTag('a demo')],
  ['connect-only-readiness', { health: Health.probes({ readiness: Probe.tcp() }) }, Risk.connectOnlyReadiness('it speaks no HTTP')],
  ['literal-secret', { env: { API_TOKEN: Env.value('abc') } }, Risk.literalSecret('a public one')],
  ['literal-secret', { config: { DB_PASSWORD: 'abc' } }, Risk.literalSecret('a public one')],
  ['session-affinity', { traffic: [Traffic.clusterInternal({ clientIpAffinity: Duration.hours(1) })] }, Risk.sessionAffinity('uploads come in parts')],
];

test.each(WEAKNESSES)('%s is warned of', (code, props) => {
  serviceIn(temporaryChart(), 'payments', props);
  expect(warnings().map((warning) => warning.code)).toEqual([code]);
});

test.each(WEAKNESSES)('%s is not warned of where it is accepted, and the plan remembers why', (code, props, risk) => {
  const service = serviceIn(temporaryChart(), 'payments', { ...props, accept: [risk] });
  expect(warnings()).toEqual([]);
  expect(service.plan.warnings).toEqual([expect.objectContaining({ id: code, acceptedBecause: risk.reason })]);
});

test('accepting one says nothing about another', () => {
  serviceIn(temporaryChart(), 'payments', { health: SAME, accept: [Risk.movingImageTag('a demo')] });
  expect(warnings().map(({ code }) => code)).toEqual(['same-probe']);
});

test('several weaknesses are several warnings', () => {
  serviceIn(temporaryChart(), 'payments', { health: SAME, image: 'registry.example.com/payments:main' });
  expect(warnings().map(({ code }) => code).sort()).toEqual(['moving-image-tag', 'same-probe']);
});

test('a declaration that is refused does not warn besides', () => {
  expect(() => serviceIn(temporaryChart(), 'payments', { health: SAME, replicas: Replicas.fixed(1) })).toThrow();
  expect(warnings()).toEqual([]);
});

test('no warning tells the value of what looks like a secret', () => {
  serviceIn(temporaryChart(), 'payments', { env: { API_TOKEN: Env.value('hunter2') }, config: { URL: 'postgres://me:hunter2@db/x' } });
  expect(warnings()).toHaveLength(2);
  expect(JSON.stringify(warnings())).not.toContain('hunter2');
});
