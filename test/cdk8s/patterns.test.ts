import { Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Env, Health, Replicas, Traffic, ZeroDowntimeService, ZeroDowntimeServiceProps } from 'zero-downtime';
import { problemsOf, temporaryChart } from './apps';
import { MINIMAL } from '../manifests/synthesized';

/** A company's defaults, which a team may replace. */
class AcmeService extends ZeroDowntimeService {
  constructor(scope: Construct, id: string, props: Omit<ZeroDowntimeServiceProps, 'health'> & Partial<ZeroDowntimeServiceProps>) {
    super(scope, id, {
      health: Health.http({ readiness: '/-/ready', liveness: '/-/healthy' }),
      replicas: Replicas.fixed(4),
      ...props,
      labels: { ...props.labels, company: 'acme' },
      env: { ...props.env, LOG_FORMAT: Env.value('json') },
    });
    this.deployment.metadata.addAnnotation('acme.example/owner', id);
  }
}

/** A company's pattern that holds a service among other things. */
class AcmeApi extends Construct {
  readonly service: ZeroDowntimeService;

  constructor(scope: Construct, id: string, image: string, host: string) {
    super(scope, id);
    this.service = new ZeroDowntimeService(this, 'Resource', {
      ...MINIMAL, image, traffic: [Traffic.awsLoadBalancer({ hosts: [host], propagation: Duration.seconds(30) })],
    });
  }
}

const deploymentOf = (chart: Chart) => Testing.synth(chart).find(({ kind }) => kind === 'Deployment');

describe('a subclass', () => {
  test('brings its own defaults', () => {
    const chart = temporaryChart();
    new AcmeService(chart, 'payments', { image: 'registry.example.com/payments:1', port: 80 });
    const { spec, metadata } = deploymentOf(chart);
    const [container] = spec.template.spec.containers;
    expect(spec.replicas).toBe(4);
    expect(container.readinessProbe.httpGet.path).toBe('/-/ready');
    expect(container.env).toContainEqual({ name: 'LOG_FORMAT', value: 'json' });
    expect(metadata.labels.company).toBe('acme');
    expect(metadata.annotations['acme.example/owner']).toBe('payments');
  });

  test('lets a team replace them', () => {
    const chart = temporaryChart();
    new AcmeService(chart, 'payments', { image: 'registry.example.com/payments:1', port: 80, replicas: Replicas.fixed(9), env: { A: Env.value('1') } });
    const { spec } = deploymentOf(chart);
    expect(spec.replicas).toBe(9);
    expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'A', value: '1' });
  });

  test('is a service like any other', () => {
    const service = new AcmeService(temporaryChart(), 'payments', { image: 'registry.example.com/payments:1', port: 80 });
    expect(service).toBeInstanceOf(ZeroDowntimeService);
    expect(service.plan.find('preStop').value).toBe(10);
  });

  test('has its errors told under its own path', () => {
    expect(() => new AcmeService(temporaryChart(), 'payments', { image: 'registry.example.com/payments:1', port: -1 })).toThrow('[chart/payments] port -1');
  });
});

describe('a wrapper', () => {
  test('gives its name to the service that is all of it', () => {
    const chart = temporaryChart();
    const { service } = new AcmeApi(chart, 'pay', 'registry.example.com/payments:1', 'pay.example.com');
    expect(service.name).toBe('pay');
    expect(service.plan.find('preStop').value).toBe(30);
    expect(problemsOf(chart)).toEqual([]);
  });

  test('may be used several times', () => {
    const chart = temporaryChart();
    for (const id of ['pay', 'refund']) {
      new AcmeApi(chart, id, `registry.example.com/${id}:1`, `${id}.example.com`);
    }
    expect(Testing.synth(chart).filter(({ kind }) => kind === 'Ingress').map(({ metadata }) => metadata.name)).toEqual(['pay-alb', 'refund-alb']);
  });
});

test('a declaration is a value: using it twice gives the same objects twice', () => {
  const props: ZeroDowntimeServiceProps = { ...MINIMAL, config: { A: '1' }, traffic: [Traffic.istio()] };
  const [first, second] = [temporaryChart(), temporaryChart()].map((chart) => {
    new ZeroDowntimeService(chart, 'payments', props);
    return Testing.synth(chart);
  });
  expect(first).toEqual(second);
});

test('a declaration is not changed by declaring', () => {
  const frozen = Object.freeze({ ...MINIMAL, config: Object.freeze({ B: '2', A: '1' }), labels: Object.freeze({ team: 'pay' }) });
  new ZeroDowntimeService(temporaryChart(), 'payments', frozen);
  expect(Object.keys(frozen.config)).toEqual(['B', 'A']);
});
