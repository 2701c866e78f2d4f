import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import * as cdk8s from 'zero-downtime';
import {
  Monitoring, NetworkPeer, Replicas, Risk, Rollout, RolloutEngine, ServiceAccount, Traffic, type ZeroDowntimeService, type ZeroDowntimeServiceArgs,
} from 'zero-downtime/pulumi';
import { declare, SOUND } from './declare';
import { known, valueOf } from './program';

const FULL: Partial<ZeroDowntimeServiceArgs> = {
  namespace: 'shop',
  replicas: Replicas.autoscaled({ min: 4, max: 8 }),
  config: { A: 'a' },
  configMaps: { rules: { b: 'b' } },
  allowFrom: [NetworkPeer.sameNamespace()],
  traffic: [Traffic.istio({ hosts: ['api.example.com'] })],
};

/** Resources that were not created have no name. */
async function nameOf(resource: pulumi.CustomResource | undefined): Promise<string | undefined> {
  return resource && (await known(resource.urn)).split('::').at(-1);
}

describe('the plan', () => {
  test.each<[string, Partial<ZeroDowntimeServiceArgs>]>([
    ['of the least', {}],
    ['of a rolling release', FULL],
    ['of a canary', { ...FULL, rollout: Rollout.canary({ engine: RolloutEngine.argoRollouts() }) }],
    ['of a service that is watched', { ...FULL, rollout: Rollout.canary({ engine: RolloutEngine.flagger() }), monitoring: Monitoring.prometheusOperator() }],
    ['with weaknesses', { image: 'r/payments:latest', accept: [Risk.movingImageTag('a demonstration')] }],
  ])('%s is that of cdk8s', async (_, args) => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const { made } = await declare(args);
    const { namespace, ...props } = { ...SOUND, ...args };
    const service = new cdk8s.ZeroDowntimeService(new Chart(new App(), 'chart', { namespace: namespace as string }), 'payments', props as cdk8s.ZeroDowntimeServiceProps);

    expect(made.plan.explain()).toBe(service.plan.explain());
    expect(made.plan.toJson()).toEqual(service.plan.toJson());
  });

  test('tells its weaknesses as warnings, but for those that are accepted', async () => {
    const { warnings } = await declare({ image: 'r/payments:latest' });
    const { warnings: accepted } = await declare({ image: 'r/payments:latest', accept: [Risk.movingImageTag('a demonstration')] });

    expect(warnings).toEqual([expect.stringMatching(/^image "r\/payments:latest" has a moving tag/)]);
    expect(accepted).toEqual([]);
  });
});

describe('the members', () => {
  test('are the resources, each by its name', async () => {
    const { made } = await declare(FULL);

    expect([...made.resources.keys()].sort()).toEqual([
      'autoscaler', 'config', 'config-rules', 'deployment', 'destination-rule', 'disruption-budget', 'network-policy', 'service', 'service-account', 'virtual-service',
    ]);
    for (const [id, resource] of made.resources) {
      expect(await nameOf(resource)).toBe(`payments-${id}`);
    }
    expect(made.workload).toBe(made.deployment);
    expect(await Promise.all([
      made.deployment, made.service, made.serviceAccount, made.disruptionBudget, made.autoscaler, made.networkPolicy, ...made.configMaps,
    ].map(nameOf))).toEqual(['deployment', 'service', 'service-account', 'disruption-budget', 'autoscaler', 'network-policy', 'config', 'config-rules'].map((id) => `payments-${id}`));
  });

  test('are typed, so that their outputs are inputs of other resources', async () => {
    const { made } = await declare(FULL);

    expect(await known(made.service.metadata.name)).toBe('payments');
    expect(await known(made.deployment.spec.replicas)).toBe(undefined);
    expect(await known(made.configMaps[0].metadata.name)).toMatch(/^payments-config-[0-9a-f]{10}$/);
  });

  test('are absent where nothing is declared for them', async () => {
    const { made } = await declare({ serviceAccount: ServiceAccount.existing('robot') });

    expect([made.serviceAccount, made.autoscaler, made.networkPolicy, made.configMaps]).toEqual([undefined, undefined, undefined, []]);
  });

  test.each<[string, (service: ZeroDowntimeService) => unknown, RolloutEngine, string]>([
    ['deployment', (service) => service.deployment, RolloutEngine.argoRollouts(), '[payments] there is no Deployment, because the pods are the Rollout\'s; use workload'],
    ['service', (service) => service.service, RolloutEngine.flagger(), '[payments] there is no Service of that name, because Flagger makes it; use host to call it'],
  ])('say what to use in the place of %s where there is none', async (_, member, engine, message) => {
    const { made } = await declare({ ...FULL, rollout: Rollout.canary({ engine }) });

    expect(() => member(made)).toThrow(message);
  });

  test('call the Rollout of Argo Rollouts the workload', async () => {
    const { made } = await declare({ ...FULL, rollout: Rollout.canary({ engine: RolloutEngine.argoRollouts() }) });

    expect(await nameOf(made.workload)).toBe('payments-rollout');
  });

  test.each<[string, Partial<ZeroDowntimeServiceArgs>]>([
    ['payments', {}], ['orders', { name: 'orders' }],
  ])('call the service %s', async (name, args) => {
    const { made, resources } = await declare({ ...args, namespace: 'shop' });

    expect(made.name).toBe(name);
    expect(await known(made.host)).toBe(`${name}.shop.svc`);
    // Resources are named by the component.
    expect(resources.map((resource) => resource.name)).toContain('payments-deployment');
  });
});

describe('the host and the address', () => {
  const gateways = [{ name: 'public' }];
  const later = pulumi.output;

  test.each<[string, string, Partial<ZeroDowntimeServiceArgs>]>([
    ['payments', 'http://payments:80/', {}],
    ['payments.shop.svc', 'http://payments.shop.svc:8080/', { namespace: 'shop', servicePort: 8080 }],
    ['payments.shop.svc', 'http://payments.shop.svc:80/', { namespace: later('shop'), traffic: [Traffic.istio()] }],
    ['payments', 'https://a.example.com/', { traffic: [Traffic.istio({ hosts: ['*.example.org', 'a.example.com'] })] }],
    ['payments', 'https://a.example.com/', { traffic: [Traffic.istio({ hosts: [later('*.example.org'), later('a.example.com')] })] }],
    ['payments', 'http://payments:80/', { traffic: [Traffic.istio({ hosts: [later('*.example.org')] })] }],
    ['payments', 'http://a.example.com/api', { traffic: [Traffic.awsLoadBalancer({ hosts: ['a.example.com'], path: '/api' })] }],
    ['payments', 'https://a.example.com/', { traffic: [Traffic.awsLoadBalancer({ hosts: [later('a.example.com')], certificateArn: later('arn:aws:acm:1') })] }],
    ['payments', 'http://a.example.com/', { traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'] })] }],
    ['payments', 'https://a.example.com/', { traffic: [Traffic.ingressNginx({ hosts: ['a.example.com'], tlsSecret: later('tls') })] }],
    ['payments', 'https://a.example.com/', { traffic: [Traffic.httpRoute({ gateways, hosts: ['a.example.com'] })] }],
  ])('are %s and %s', async (host, url, args) => {
    const { made, outputs } = await declare(args);

    expect(await known(made.host)).toBe(host);
    expect(await known(made.url)).toBe(url);
    expect(valueOf(outputs.payments)).toMatchObject({ host, url });
  });

  test('do not wait for a host that is not the first', async () => {
    const { made } = await declare({ traffic: [Traffic.istio({ hosts: ['a.example.com', later(new Promise<string>(() => undefined))] })] }, { isStuck: true });

    expect(await known(made.url)).toBe('https://a.example.com/');
  });

  test('are secret only where the host is', async () => {
    const { made } = await declare({ traffic: [Traffic.istio({ hosts: [pulumi.secret('a.example.com')] })] });

    expect([await pulumi.isSecret(made.url), await pulumi.isSecret(made.host)]).toEqual([true, false]);
  });
});

describe('the outputs that are registered', () => {
  test('hold every number of the plan with its unit, so that a preview shows which of them a change changes', async () => {
    const { made, outputs } = await declare(FULL);

    const { plan } = outputs.payments as { plan: Record<string, string> };
    expect(Object.keys(plan).sort()).toEqual(made.plan.decisions.map(({ name }) => name).sort());
    expect(plan).toMatchObject({ preStop: '15s', maxDisrupted: '1 pods' });
  });
});
