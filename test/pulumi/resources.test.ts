import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import {
  Duration, KedaTrigger, Monitoring, NetworkPeer, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService, type ZeroDowntimeServiceArgs,
} from 'zero-downtime/pulumi';
import { declare, SOUND } from './declare';
import { find, run } from './program';

const EVERYTHING: Partial<ZeroDowntimeServiceArgs> = {
  namespace: 'shop',
  config: { LOG_LEVEL: 'info' },
  configMaps: { rules: { 'rules.yaml': 'a' } },
  replicas: Replicas.autoscaled({ min: 4, max: 8 }),
  allowFrom: [NetworkPeer.sameNamespace()],
  traffic: [
    Traffic.awsLoadBalancer({ hosts: ['a.example.com'] }), Traffic.networkLoadBalancer(), Traffic.istio({ hosts: ['b.example.com'] }),
    Traffic.ingressNginx({ hosts: ['c.example.com'] }), Traffic.httpRoute({ gateways: [{ name: 'public' }] }),
  ],
};

const autoscaled = Replicas.autoscaled({ min: 4, max: 8 });
const canary = (engine: RolloutEngine, ...traffic: Traffic[]) => ({ replicas: autoscaled, traffic, rollout: Rollout.canary({ engine }) });
const httpRoute = Traffic.httpRoute({ gateways: [{ name: 'public' }] });

describe('the resources of a service', () => {
  test('have types that Pulumi knows, and names that are contracts', async () => {
    const { resources } = await declare(EVERYTHING);

    expect(resources.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      'payments zero-downtime:index:ZeroDowntimeService',
      'payments-alb-ingress kubernetes:networking.k8s.io/v1:Ingress',
      'payments-autoscaler kubernetes:autoscaling/v2:HorizontalPodAutoscaler',
      'payments-config kubernetes:core/v1:ConfigMap',
      'payments-config-rules kubernetes:core/v1:ConfigMap',
      'payments-deployment kubernetes:apps/v1:Deployment',
      'payments-destination-rule kubernetes:networking.istio.io/v1:DestinationRule',
      'payments-disruption-budget kubernetes:policy/v1:PodDisruptionBudget',
      'payments-http-route kubernetes:gateway.networking.k8s.io/v1:HTTPRoute',
      'payments-network-load-balancer kubernetes:core/v1:Service',
      'payments-network-policy kubernetes:networking.k8s.io/v1:NetworkPolicy',
      'payments-nginx-ingress kubernetes:networking.k8s.io/v1:Ingress',
      'payments-service kubernetes:core/v1:Service',
      'payments-service-account kubernetes:core/v1:ServiceAccount',
      'payments-virtual-service kubernetes:networking.istio.io/v1:VirtualService',
    ]);
  });

  test.each([
    ['Argo Rollouts', canary(RolloutEngine.argoRollouts(), Traffic.istio()), 'payments-rollout kubernetes:argoproj.io/v1alpha1:Rollout'],
    ['Flagger', canary(RolloutEngine.flagger(), Traffic.istio()), 'payments-canary kubernetes:flagger.app/v1beta1:Canary'],
    ['KEDA', { replicas: Replicas.keda({ min: 2, max: 4, triggers: [KedaTrigger.cpu(70)] }) }, 'payments-autoscaler kubernetes:keda.sh/v1alpha1:ScaledObject'],
    ['the Prometheus operator', { rollout: Rollout.canary(), traffic: [Traffic.istio()], monitoring: Monitoring.prometheusOperator() },
      'payments-release-alerts kubernetes:monitoring.coreos.com/v1:PrometheusRule'],
  ])('have the type of the custom resource of %s', async (_, args, expected) => {
    const { resources } = await declare({ namespace: 'shop', ...args } as Partial<ZeroDowntimeServiceArgs>);

    expect(resources.map(({ name, type }) => `${name} ${type}`)).toContain(expected);
  });

  test('are children of the component', async () => {
    const { resources } = await declare(EVERYTHING);

    expect(resources.filter(({ name }) => name !== 'payments').map(({ parent }) => parent)).toEqual(Array(resources.length - 1).fill('payments'));
    expect(resources.filter(({ isCustom }) => !isCustom).map(({ name }) => name)).toEqual(['payments']);
  });

  test('are all registered when the constructor returns, in a preview as well', async () => {
    for (const isPreview of [false, true]) {
      let constructed = 0;
      const { made, resources } = await run(() => {
        const maker = new k8s.core.v1.Namespace('shop', { metadata: { name: 'shop' } });
        const service = new ZeroDowntimeService('payments', {
          ...SOUND, ...EVERYTHING, namespace: maker.metadata.name, image: pulumi.interpolate`r/payments:${maker.id}`, config: { ID: maker.id },
        });
        constructed = service.resources.size;
        return service;
      }, { isPreview });

      expect(made.resources.size).toBe(constructed);
      // The component and the namespace besides.
      expect(resources.length).toBe(constructed + 2);
    }
  });

  test('wait for those of the stage before them', async () => {
    const ran = await declare(EVERYTHING);
    const before = (name: string) => find(ran, `payments-${name}`).dependsOn.map((other) => other.replace('payments-', '')).sort();

    expect(before('service-account')).toEqual([]);
    expect(before('config')).toEqual([]);
    expect(before('service')).toEqual(['config', 'config-rules', 'network-policy', 'service-account']);
    expect(before('destination-rule')).toEqual(before('service'));
    expect(before('virtual-service')).toEqual(['destination-rule', 'network-load-balancer', 'service']);
    expect(before('alb-ingress')).toEqual(before('virtual-service'));
    expect(before('disruption-budget')).toEqual(['alb-ingress', 'http-route', 'nginx-ingress', 'virtual-service']);
    expect(before('deployment')).toEqual(['disruption-budget']);
    expect(before('autoscaler')).toEqual(['deployment']);
  });
});

describe('the options of a resource', () => {
  test('give a Deployment the time that the release may take, and its pods the time to end', async () => {
    const { made, resources } = await declare({ startsWithin: Duration.seconds(90), longestRequest: Duration.seconds(120) });
    const { timeouts } = find({ resources }, 'payments-deployment');
    const seconds = (text: string) => Number(text.slice(0, -1));

    expect(timeouts.create).toBe(timeouts.update);
    expect(seconds(timeouts.update)).toBeGreaterThanOrEqual(made.plan.find('progressDeadline').value);
    expect(seconds(timeouts.delete)).toBeGreaterThan(made.plan.find('terminationGracePeriod').value);
    expect(resources.filter(({ name }) => name !== 'payments-deployment').map((other) => other.timeouts.update)).toEqual(Array(resources.length - 1).fill(''));
  });

  test.each<[string, Partial<ZeroDowntimeServiceArgs>, Record<string, string[]>]>([
    ['nothing where replicas are fixed', {}, {}],
    ['the replicas that an autoscaler writes', { replicas: autoscaled }, { deployment: ['spec.replicas'] }],
    ['the replicas that KEDA writes', { replicas: Replicas.keda({ min: 2, max: 4, triggers: [KedaTrigger.cpu(70)] }) }, { deployment: ['spec.replicas'] }],
    ['the weights that Argo Rollouts writes through Istio', canary(RolloutEngine.argoRollouts(), Traffic.istio()),
      { 'rollout': ['spec.replicas'], 'destination-rule': ['spec.subsets'], 'virtual-service': ['spec.http'] }],
    ['the weights that Argo Rollouts writes into an HTTPRoute', canary(RolloutEngine.argoRollouts(), httpRoute),
      { 'rollout': ['spec.replicas'], 'http-route': ['spec.rules'] }],
    ['no weights of a release without a controller', canary(RolloutEngine.native(), Traffic.istio()), { 'deployment-stable': ['spec.replicas'] }],
  ])('leave alone %s', async (_, args, expected) => {
    const { resources } = await declare(args);

    const ignored = resources.filter(({ ignoreChanges }) => ignoreChanges.length > 0).map(({ name, ignoreChanges }) => [name.replace('payments-', ''), ignoreChanges]);
    expect(Object.fromEntries(ignored)).toMatchObject(expected);
    expect(ignored.length >= Object.keys(expected).length).toBe(true);
    expect(ignored.map(([name]) => name).filter((name) => /virtual-service|http-route|destination-rule|ingress/.test(String(name)) && !(String(name) in expected)))
      .toEqual([]);
  });

  test('leave alone no field that the object does not have, but for replicas', async () => {
    for (const engine of [RolloutEngine.argoRollouts(), RolloutEngine.flagger(), RolloutEngine.native()]) {
      for (const way of [Traffic.istio(), httpRoute, Traffic.ingressNginx({ hosts: ['a.example.com'] })]) {
        const { resources } = await declare(canary(engine, way));

        const absent = resources.flatMap((resource) => resource.ignoreChanges.filter((path) => path !== 'spec.replicas' && lookUp(resource.sent, path) === undefined));
        expect(absent).toEqual([]);
      }
    }
  });

  test('leave alone what Flagger writes into the Deployment that it scales to none', async () => {
    const ran = await declare(canary(RolloutEngine.flagger(), Traffic.istio()));

    expect(find(ran, 'payments-deployment').ignoreChanges).toContain('spec.replicas');
  });

  test('retain the ConfigMaps whose names hold a hash, and nothing else', async () => {
    const { resources } = await declare({
      ...EVERYTHING, rollout: Rollout.canary(), traffic: [Traffic.istio()], monitoring: Monitoring.prometheusOperator(),
    });

    expect(resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name).sort()).toEqual(['payments-config', 'payments-config-rules']);
    expect(resources.map(({ name }) => name)).toContain('payments-release-dashboard');
  });

  test('never replace what serves by deleting it first', async () => {
    const { resources } = await declare(EVERYTHING);

    expect(resources.filter(({ deleteBeforeReplace }) => deleteBeforeReplace === false).map(({ name }) => name.replace('payments-', '')).sort())
      .toEqual(['alb-ingress', 'deployment', 'destination-rule', 'http-route', 'network-load-balancer', 'nginx-ingress', 'service', 'virtual-service']);
    expect(resources.filter(({ deleteBeforeReplace }) => deleteBeforeReplace === true)).toEqual([]);
  });
});

/** What stands at a path such as `metadata.annotations["a.b/c"]`. */
function lookUp(object: unknown, path: string): unknown {
  return [...path.matchAll(/([A-Za-z_]\w*)|\["([^"]+)"\]/g)].map(([, plain, quoted]) => plain ?? quoted)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}

describe('the options of the component', () => {
  test.each(['provider', 'providers'])('hand its %s to every resource', async (option) => {
    const { resources } = await run(() => {
      const provider = new k8s.Provider('cluster', { kubeconfig: '{}' });
      return new ZeroDowntimeService('payments', { ...SOUND, ...EVERYTHING }, option === 'provider' ? { provider } : { providers: { kubernetes: provider } });
    });

    const used = resources.filter(({ isCustom, name }) => isCustom && name !== 'cluster').map(({ provider }) => provider);
    expect([...new Set(used)]).toEqual(['urn:pulumi:stack::project::pulumi:providers:kubernetes::cluster::cluster-id']);
  });

  test('make the component, and with it all that it makes, wait for what it depends on', async () => {
    const { resources } = await run(() => {
      const crds = new k8s.core.v1.Namespace('crds');
      return new ZeroDowntimeService('payments', SOUND, { dependsOn: [crds] });
    });

    // A child waits for its parent to be registered, and that for what it depends on to be made.
    expect(resources.map(({ name }) => name).slice(0, 2)).toEqual(['crds', 'payments']);
  });

  test('transform every resource, which may change its inputs and its options', async () => {
    const ran = await run(() => new ZeroDowntimeService('payments', SOUND, {
      transformations: [({ props, opts, type }) => type !== 'kubernetes:apps/v1:Deployment' ? undefined
        : { props: { ...props, metadata: { ...props.metadata, annotations: { team: 'shop' } } }, opts: { ...opts, protect: true } }],
    }));

    const deployment = find(ran, 'payments-deployment');
    expect(deployment.isProtected).toBe(true);
    expect(deployment.sent).toMatchObject({ metadata: { annotations: { team: 'shop' } } });
  });

  test('give a renamed component its old name, from which the engine follows those of its resources', async () => {
    const ran = await run(() => new ZeroDowntimeService('payments', SOUND, { aliases: [{ name: 'orders' }] }));

    expect(find(ran, 'payments').aliases).toEqual(['orders']);
  });
});
