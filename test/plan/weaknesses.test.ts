import { EnvValue } from 'cdk8s-plus-27';
import { planned, Props, seconds } from './declare';
import { Env } from '../../src/spec/env';
import { Health } from '../../src/spec/health';
import { Probe } from '../../src/spec/probe';
import { Replicas } from '../../src/spec/replicas';
import { Risk } from '../../src/spec/risk';
import { Traffic } from '../../src/spec/traffic/traffic';

const warningsOf = (props: Props) => planned(props).plan.warnings;
const DIGEST = `@sha256:${'0'.repeat(64)}`;

const MOVING = 'has a moving tag: a restarted pod may run another program than the one released; give a version or a digest';
const SAME = 'readiness and liveness ask the same: what takes a pod out of traffic also restarts it; leave liveness out, or give it a path of its own';
const CONNECTS = 'the readiness probe only connects: a pod that cannot serve counts as ready; give a path that answers 503 then';
const READ = 'looks like a secret: whoever reads the manifest reads it; use Env.secretKey';
const SESSIONS = 'sessions end when their pod is replaced; keep them outside the pods';

interface Weakness {
  readonly id: string;
  readonly props: Props;
  readonly text: string;
  readonly risk: Risk;
}

const WEAKNESSES: Weakness[] = [
  { id: 'moving-image-tag', props: { image: 'payments:latest' }, text: `image "payments:latest" ${MOVING}`, risk: Risk.movingImageTag('a demo') },
  { id: 'same-probe', props: { health: Health.http({ readiness: '/health', liveness: '/health' }) }, text: SAME, risk: Risk.sameProbe('a demo') },
  {
    id: 'connect-only-readiness', props: { health: Health.probes({ readiness: Probe.tcp() }) }, text: CONNECTS, risk: Risk.connectOnlyReadiness('a demo'),
  },
  { id: 'literal-secret', props: { env: { DB_PASSWORD: Env.value('hunter2') } }, text: `env DB_PASSWORD of payments ${READ}`, risk: Risk.literalSecret('a demo') },
  { id: 'literal-secret', props: { config: { API_KEY: 'hunter2' } }, text: `config API_KEY ${READ}`, risk: Risk.literalSecret('a demo') },
  {
    id: 'session-affinity',
    props: { traffic: [Traffic.clusterInternal({ clientIpAffinity: seconds(60) })] },
    text: `clusterInternal.clientIpAffinity: ${SESSIONS}`,
    risk: Risk.sessionAffinity('a demo'),
  },
  {
    id: 'session-affinity',
    props: { traffic: [Traffic.awsLoadBalancer({ stickiness: seconds(60) })] },
    text: `awsLoadBalancer.stickiness: ${SESSIONS}`,
    risk: Risk.sessionAffinity('a demo'),
  },
];

test('the minimal declaration has no weakness', () => {
  expect(warningsOf({})).toEqual([]);
});

describe.each(WEAKNESSES)('$id of $text', ({ id, props, text, risk }) => {
  test('is warned of', () => {
    expect(warningsOf(props)).toEqual([{ id, text, acceptedBecause: undefined }]);
  });

  test('carries the reason where the risk is accepted', () => {
    expect(warningsOf({ ...props, accept: [risk] })).toEqual([{ id, text, acceptedBecause: 'a demo' }]);
  });

  test('is not accepted by the acceptance of another risk', () => {
    expect(warningsOf({ ...props, accept: [Risk.singleReplica('another')] })).toEqual([{ id, text, acceptedBecause: undefined }]);
  });

  test('is an annotation of the Deployment only where it is accepted', () => {
    const key = `zero-downtime/accepted.${id}`;
    expect(planned(props).planned.factAnnotations).not.toHaveProperty([key]);
    expect(planned({ ...props, accept: [risk] }).planned.factAnnotations).toHaveProperty([key], 'a demo');
  });
});

test('a single replica, which must be accepted, carries its reason', () => {
  const accept = [Risk.singleReplica('a batch reader')];
  expect(warningsOf({ replicas: Replicas.fixed(1), accept }).map(({ acceptedBecause }) => acceptedBecause)).toEqual(['a batch reader']);
});

describe('moving tags', () => {
  test.each(['latest', 'main', 'master', 'edge', 'nightly', 'dev'])('%s is one', (tag) => {
    expect(warningsOf({ image: `payments:${tag}` })).toHaveLength(1);
  });

  test.each(['2.1.0', 'latest-2', 'v1', 'stable'])('%s is none', (tag) => {
    expect(warningsOf({ image: `payments:${tag}` })).toEqual([]);
  });

  test('a digest stands still whatever the tag says', () => {
    expect(warningsOf({ image: `payments:latest${DIGEST}` })).toEqual([]);
  });

  test('are found in sidecars and init containers too', () => {
    const props = { sidecars: [{ name: 'logs', image: 'logs:latest' }], initContainers: [{ name: 'warm', image: 'warm:main' }] };
    expect(warningsOf(props).map(({ text }) => text)).toEqual([`image "warm:main" ${MOVING}`, `image "logs:latest" ${MOVING}`]);
  });
});

describe('readiness and liveness', () => {
  test.each<[string, Health]>([
    ['a path of its own', Health.http({ readiness: '/ready', liveness: '/live' })],
    ['the same path on another port', Health.probes({ readiness: Probe.http('/h'), liveness: Probe.http('/h', { port: 9000 }) })],
    ['another gRPC service', Health.grpc({ readiness: 'ready', liveness: 'live' })],
    ['no liveness question', Health.http({ readiness: '/ready' })],
  ])('with %s are told apart', (_, health) => {
    expect(warningsOf({ health })).toEqual([]);
  });

  test('that run the same command are the same', () => {
    const health = Health.probes({ readiness: Probe.exec(['check']), liveness: Probe.exec(['check']) });
    expect(warningsOf({ health }).map(({ id }) => id)).toEqual(['same-probe']);
  });
});

describe('literal secrets', () => {
  test.each([
    'PASSWORD', 'DB_PASSWD', 'CLIENT_SECRET', 'github_token', 'APIKEY', 'API_KEY', 'PRIVATE_KEY', 'AWS_SECRET_ACCESS_KEY', 'CREDENTIALS', 'PASS', 'DB_PASS', 'smtp_pass',
  ])('are suspected under the name %s', (name) => {
    expect(warningsOf({ env: { [name]: Env.value('x') } })).toHaveLength(1);
  });

  test.each(['PASSWORD_FILE', 'TOKEN_TTL', 'MONKEY', 'COMPASSWORD', 'SECRETARY', 'COMPASS', 'PASS_THROUGH'])('are not suspected under the name %s', (name) => {
    expect(warningsOf({ env: { [name]: Env.value('x') } })).toEqual([]);
  });

  test.each(['postgres://app:hunter2@db/orders', 'AMQP://a:b@mq'])('are suspected in the URL %s', (url) => {
    expect(warningsOf({ env: { URL: Env.value(url) } })).toHaveLength(1);
  });

  test.each(['postgres://db/orders', 'postgres://app@db', 'http://a/b:c@d', 'not a url: a:b@c'])('are not suspected in %s', (url) => {
    expect(warningsOf({ env: { URL: Env.value(url) } })).toEqual([]);
  });

  test('are not suspected where the value is empty or comes from a Secret', () => {
    expect(warningsOf({ env: { TOKEN: Env.value(''), PASSWORD: Env.secretKey('db', 'password') } })).toEqual([]);
  });

  test('are suspected in values of cdk8s-plus and in sidecars', () => {
    const sidecars = [{ name: 'logs', image: 'logs:1', env: { TOKEN: Env.fromPlus(EnvValue.fromValue('hunter2')) } }];
    expect(warningsOf({ sidecars }).map(({ text }) => text)).toEqual([`env TOKEN of logs ${READ}`]);
  });

  test('never appear in a plan, whatever it tells', () => {
    const { plan } = planned({
      env: { DB_PASSWORD: Env.value('hunter2'), URL: Env.value('postgres://app:hunter2@db/orders') },
      config: { API_TOKEN: 'hunter2' },
      configMaps: { rules: { TOKEN: 'hunter2' } },
    });
    expect(plan.warnings).toHaveLength(3);
    expect(plan.explain()).not.toContain('hunter2');
    expect(JSON.stringify(plan.toJson())).not.toContain('hunter2');
  });
});
