import { errorOf, planned, problemsOf, Props, seconds } from './declare';
import { renderService } from '../../src/manifests/render';
import { Env } from '../../src/spec/env';
import { Health } from '../../src/spec/health';
import { KubernetesVersion } from '../../src/spec/kubernetes-version';
import { Traffic } from '../../src/spec/traffic/traffic';

describe('the preStop hook', () => {
  test.each([KubernetesVersion.V1_27, KubernetesVersion.V1_29])('on %s needs the image\'s own sleep', (kubernetesVersion) => {
    expect(problemsOf({ kubernetesVersion, hasShell: false })).toEqual([
      `hasShell false needs kubernetesVersion 1.30 or later, not ${kubernetesVersion}: before it the preStop hook runs the image's own sleep`,
    ]);
    expect(problemsOf({ kubernetesVersion })).toEqual([]);
  });

  test('needs no program from 1.30 on', () => {
    expect(problemsOf({ kubernetesVersion: KubernetesVersion.V1_30, hasShell: false })).toEqual([]);
  });

  test('is said by true or false, and not by a text', () => {
    expect(problemsOf({ hasShell: 'false' as never })).toEqual(['hasShell "false" must be true or false']);
  });
});

describe('the field status.hostIPs', () => {
  const env = { NODE_IPS: Env.field('status.hostIPs') };

  test.each<[string, Props]>([
    ['the service', { env }],
    ['a sidecar', { sidecars: [{ name: 'logs', image: 'logs:1', env }] }],
    ['an init container', { initContainers: [{ name: 'warm', image: 'warm:1', env }] }],
  ])('of %s needs Kubernetes 1.29', (_, props) => {
    expect(problemsOf({ ...props, kubernetesVersion: KubernetesVersion.V1_29 })).toEqual([]);
    expect(problemsOf({ ...props, kubernetesVersion: KubernetesVersion.V1_28 }))
      .toEqual(['env "NODE_IPS" needs kubernetesVersion 1.29 or later for the field status.hostIPs, not 1.28']);
  });

  test('is the only one that does', () => {
    const others = { NODE_IP: Env.field('status.hostIP'), POD_IPS: Env.field('status.podIPs') };
    expect(problemsOf({ env: others, kubernetesVersion: KubernetesVersion.V1_27 })).toEqual([]);
  });
});

describe('everything that is wrong is told at once', () => {
  test('over single values, relations and paths', () => {
    const props = {
      port: 0,
      image: 'payments',
      overrides: { preStop: seconds(5), maxDisrupted: 0 },
      traffic: [Traffic.istio({ hosts: ['Shop.example'] })],
      env: { '1A': Env.value('x') },
    };
    expect(problemsOf(props)).toEqual([
      'port 0 must be a whole number from 1 to 65535',
      'image "payments" must have a tag or a digest: without one every restart may run another program',
      'env "1A" must be letters, digits or \'_\', not starting with a digit',
      'preStop 5s must be at least istio.propagation 15s; give it 15s or more, or leave it out',
      'maxDisrupted 0 pods must be at least 1 pod; give it 1 pod or more, or leave it out',
      'istio.host "Shop.example" must be a DNS name in lower case, without scheme, port or path (\'*.\' may lead it)',
    ]);
  });

  test('together with a value that is refused while the plan is made', () => {
    const traffic = [Traffic.clusterInternal({ clientIpAffinity: seconds(0) })];
    expect(problemsOf({ port: 0, traffic })).toEqual([
      'port 0 must be a whole number from 1 to 65535', 'clusterInternal.clientIpAffinity 0s must be from 1s to 86400s',
    ]);
  });

  test('and the same problem only once', () => {
    const hosts = ['Shop.example', 'Shop.example'];
    expect(problemsOf({ traffic: [Traffic.ingressNginx({ hosts })] })).toEqual([
      'ingressNginx.host "Shop.example" must be a DNS name in lower case, without scheme, port or path (\'*.\' may lead it)',
    ]);
  });

  test('under the path of the declaration', () => {
    expect(errorOf(() => planned({ port: 0 })).message).toBe('[app/payments] port 0 must be a whole number from 1 to 65535');
  });
});

test('an error that is no problem of the declaration is thrown as it is', () => {
  const health = { get readiness(): never { throw new RangeError('boom'); } } as unknown as Health;
  expect(() => planned({ health })).toThrow(RangeError);
});

test('planning changes nothing of what was declared', () => {
  const props = { config: { B: '1', A: '2' }, labels: { team: 'shop' }, traffic: [Traffic.istio({ hosts: ['a.example'] })] };
  const before = JSON.stringify(props);
  renderService(planned(props).planned);
  expect(JSON.stringify(props)).toBe(before);
});

test('a plan cannot be changed by what it returned before', () => {
  const first = planned();
  first.plan.decisions.pop();
  expect(planned().plan.decisions).toHaveLength(first.plan.decisions.length + 1);
});
