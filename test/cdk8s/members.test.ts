import { ApiObject, Chart } from 'cdk8s';
import { NetworkPeer, Replicas, Risk, ServiceAccount, Traffic, ZeroDowntimeService } from 'zero-downtime';
import { serviceIn, temporaryApp, temporaryChart } from './apps';

const kindsOf = (objects: ApiObject[]) => objects.map(({ kind }) => kind);
const everything = () => serviceIn(temporaryChart(), 'payments', {
  replicas: Replicas.autoscaled({ min: 2, max: 4 }),
  allowFrom: [NetworkPeer.sameNamespace()],
  config: { A: '1' },
  configMaps: { rules: { a: '1' } },
  traffic: [Traffic.istio(), Traffic.awsLoadBalancer(), Traffic.networkLoadBalancer(), Traffic.ingressNginx({ hosts: ['n.example.com'] })],
});

test('the least that is declared has a Deployment, a Service, an account and a disruption budget', () => {
  const service = serviceIn(temporaryChart());
  expect(service.deployment.kind).toBe('Deployment');
  expect(service.service.kind).toBe('Service');
  expect(service.serviceAccount?.kind).toBe('ServiceAccount');
  expect(service.disruptionBudget?.kind).toBe('PodDisruptionBudget');
});

test('what is not declared is absent', () => {
  const service = serviceIn(temporaryChart());
  expect([service.autoscaler, service.networkPolicy]).toEqual([undefined, undefined]);
  expect([service.configMaps, service.trafficObjects]).toEqual([[], []]);
});

test('what is declared is there', () => {
  const service = everything();
  expect(service.autoscaler?.kind).toBe('HorizontalPodAutoscaler');
  expect(service.networkPolicy?.kind).toBe('NetworkPolicy');
  expect(kindsOf(service.configMaps)).toEqual(['ConfigMap', 'ConfigMap']);
});

test('what leads traffic to the Service is together, the load balancer\'s own Service included', () => {
  const service = everything();
  expect(kindsOf(service.trafficObjects)).toEqual(['DestinationRule', 'VirtualService', 'Ingress', 'Service', 'Ingress']);
  expect(service.service.name).toBe('payments');
  expect(service.trafficObjects.map(({ name }) => name)).toEqual(['payments', 'payments', 'payments-alb', 'payments-nlb', 'payments-nginx']);
});

test('the Service is the one for calls from inside, in whatever order the paths are declared', () => {
  const traffic = [Traffic.networkLoadBalancer(), Traffic.clusterInternal()];
  const service = serviceIn(temporaryChart(), 'payments', { traffic });
  expect(service.service.name).toBe('payments');
  expect(service.trafficObjects.map(({ name }) => name)).toEqual(['payments-nlb']);
});

test('each member is the child of its own id', () => {
  const service = everything();
  const ids = ['deployment', 'service', 'service-account', 'disruption-budget', 'autoscaler', 'network-policy'];
  expect(ids.map((id) => service.node.findChild(id)))
    .toEqual([service.deployment, service.service, service.serviceAccount, service.disruptionBudget, service.autoscaler, service.networkPolicy]);
  expect(service.trafficObjects).toContain(service.node.findChild('network-load-balancer'));
});

test('every object is in `objects` and nowhere twice', () => {
  const service = everything();
  const reachable = [
    service.deployment, service.service, service.serviceAccount, service.disruptionBudget, service.autoscaler, service.networkPolicy,
    ...service.configMaps, ...service.trafficObjects,
  ];
  expect(new Set(reachable)).toEqual(new Set(service.objects));
  expect(service.objects).toHaveLength(reachable.length);
  expect(service.node.children).toEqual(service.objects);
});

test('child ids are the ones that are promised', () => {
  expect(everything().node.children.map(({ node }) => node.id).sort()).toEqual([
    'alb-ingress', 'autoscaler', 'config', 'config-rules', 'deployment', 'destination-rule', 'disruption-budget', 'network-load-balancer',
    'network-policy', 'nginx-ingress', 'service', 'service-account', 'virtual-service',
  ]);
});

test('there is no budget for one replica, and no account where an existing one is used', () => {
  const accept = [Risk.singleReplica('nobody waits for it')];
  const service = serviceIn(temporaryChart(), 'payments', { replicas: Replicas.fixed(1), accept, serviceAccount: ServiceAccount.existing('shared') });
  expect([service.disruptionBudget, service.serviceAccount]).toEqual([undefined, undefined]);
});

test('the Deployment is the default child', () => {
  const service = serviceIn(temporaryChart());
  expect(service.node.defaultChild).toBe(service.deployment);
  expect(ApiObject.of(service)).toBe(service.deployment);
});

test.each([['shop', 'payments.shop.svc'], [undefined, 'payments']])('in the namespace %s its host is %s', (namespace, host) => {
  const service = serviceIn(new Chart(temporaryApp(), 'chart', { namespace }));
  expect(service.host).toBe(host);
});

test('the plan tells the numbers that the manifests hold', () => {
  const service: ZeroDowntimeService = serviceIn(temporaryChart());
  const { spec } = service.deployment.toJson();
  expect(spec.template.spec.terminationGracePeriodSeconds).toBe(service.plan.find('terminationGracePeriod').value);
  expect(spec.minReadySeconds).toBe(service.plan.find('minReady').value);
  expect(service.plan.explain()).toContain('payments in namespace shop');
});
