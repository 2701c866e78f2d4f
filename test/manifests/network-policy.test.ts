import { Health, KubernetesVersion, NetworkPeer, Protocol, Sidecar, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from './synthesized';

const peers = (...allowFrom: NetworkPeer[]) => synthesize({ allowFrom }).find('NetworkPolicy').spec.ingress[0].from;

test('there is none where nobody is kept out', () => {
  expect(synthesize().kinds).not.toContain('NetworkPolicy');
});

test('it governs what comes in to the service\'s pods', () => {
  const { apiVersion, metadata, spec } = synthesize({ allowFrom: [NetworkPeer.sameNamespace()] }).find('NetworkPolicy');
  expect(apiVersion).toBe('networking.k8s.io/v1');
  expect(metadata).toMatchObject({ name: 'payments', namespace: 'shop' });
  expect(spec).toMatchObject({ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'payments' } }, policyTypes: ['Ingress'] });
});

test('an empty list lets nobody in, where a rule without peers would let in everybody', () => {
  expect(synthesize({ allowFrom: [] }).find('NetworkPolicy').spec.ingress).toEqual([]);
});

test.each([[Protocol.HTTP, 'http'], [Protocol.GRPC, 'grpc']])('with %s it opens the port named %s', (protocol, port) => {
  const { spec } = synthesize({ protocol, allowFrom: [NetworkPeer.sameNamespace()] }).find('NetworkPolicy');
  expect(spec.ingress[0].ports).toEqual([{ port, protocol: 'TCP' }]);
});

describe('peers', () => {
  test('every pod of the own namespace', () => {
    expect(peers(NetworkPeer.sameNamespace())).toEqual([{ podSelector: {} }]);
  });

  test('pods with labels in the own namespace', () => {
    expect(peers(NetworkPeer.pods({ app: 'web' }))).toEqual([{ podSelector: { matchLabels: { app: 'web' } } }]);
  });

  test('pods with labels in namespaces with labels are one peer, which must match both', () => {
    expect(peers(NetworkPeer.pods({ app: 'web' }, { team: 'front' }))).toEqual([
      { podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchLabels: { team: 'front' } } },
    ]);
  });

  test('pods with labels in every namespace', () => {
    expect(peers(NetworkPeer.pods({ app: 'web' }, {}))).toEqual([{ podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: {} }]);
  });

  test('a whole namespace by the label that Kubernetes gives it', () => {
    expect(peers(NetworkPeer.namespace('ingress'))).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }]);
  });

  test.each(['10.0.0.0/16', '0.0.0.0/0', '2001:db8::/32'])('addresses in %s', (cidr) => {
    expect(peers(NetworkPeer.cidr(cidr))).toEqual([{ ipBlock: { cidr } }]);
  });

  test('several are alternatives of one rule', () => {
    expect(peers(NetworkPeer.sameNamespace(), NetworkPeer.cidr('10.0.0.0/16'))).toEqual([{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/16' } }]);
  });
});

describe('ports', () => {
  const allowFrom = [NetworkPeer.cidr('10.0.0.0/16')];
  const portsOf = (props: Partial<ZeroDowntimeServiceProps>) =>
    synthesize({ allowFrom, ...props }).find('NetworkPolicy').spec.ingress[0].ports.map(({ port }: any) => port);
  const sidecar = (name: string, ports?: Record<string, number>): Sidecar => ({ name, image: `registry.example.com/${name}:1`, ports });
  const health = Health.http({ readiness: '/ready', liveness: '/healthz', port: 9000 });

  test('a load balancer\'s health port is open too, or its targets would never become healthy', () => {
    const traffic = [Traffic.awsLoadBalancer(), Traffic.networkLoadBalancer()];
    const { spec } = synthesize({ health, traffic, allowFrom }).find('NetworkPolicy');
    expect(spec.ingress[0].ports).toEqual([{ port: 'http', protocol: 'TCP' }, { port: 9000, protocol: 'TCP' }]);
  });

  test('a health port that only the kubelet asks stays closed', () => {
    expect(portsOf({ health })).toEqual(['http']);
    expect(portsOf({ health, traffic: [Traffic.istio()] })).toEqual(['http']);
  });

  test('every sidecar\'s ports are open', () => {
    expect(portsOf({ sidecars: [sidecar('proxy', { metrics: 9102, admin: 9901 }), sidecar('logs', { tail: 2020 }), sidecar('mute')] }))
      .toEqual(['http', 9102, 9901, 2020]);
  });

  test('those of a sidecar that is a plain container too', () => {
    expect(portsOf({ kubernetesVersion: KubernetesVersion.V1_28, sidecars: [sidecar('proxy', { metrics: 9102 })] })).toEqual(['http', 9102]);
  });

  test('a port that is open for two reasons is listed once', () => {
    expect(portsOf({ health, traffic: [Traffic.networkLoadBalancer()], sidecars: [sidecar('proxy', { ready: 9000, metrics: 9102 })] }))
      .toEqual(['http', 9000, 9102]);
  });

  test('where nobody is let in there are none', () => {
    const { spec } = synthesize({ allowFrom: [], sidecars: [sidecar('proxy', { metrics: 9102 })] }).find('NetworkPolicy');
    expect(spec.ingress).toEqual([]);
  });
});
