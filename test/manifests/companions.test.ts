import { Duration } from 'cdk8s';
import { KubernetesVersion, Shutdown, Volume } from 'zero-downtime';
import { synthesize } from './synthesized';

const container = (name: string) => ({ name, image: `registry.example.com/${name}:1.0.0` });
const names = (containers: any[]) => containers.map(({ name }) => name);
const PROXY = container('proxy');

describe('init containers', () => {
  test('they run in the declared order', () => {
    const { podSpec } = synthesize({ initContainers: [container('first'), container('second')] });
    expect(names(podSpec.initContainers)).toEqual(['first', 'second']);
  });

  test('they have what is declared of them and no life cycle of a server', () => {
    const init = { ...container('init'), command: ['migrate'], args: ['--up'] };
    const [rendered] = synthesize({ initContainers: [init] }).podSpec.initContainers;
    expect(rendered).toMatchObject(init);
    for (const field of ['restartPolicy', 'lifecycle', 'ports', 'readinessProbe', 'startupProbe', 'livenessProbe']) {
      expect(rendered).not.toHaveProperty(field);
    }
  });

  test('a Volume given to one and to the service hands files over', () => {
    const shared = Volume.emptyDir();
    const { podSpec } = synthesize({ volumes: { '/data': shared }, initContainers: [{ ...container('init'), volumes: { '/out': shared } }] });
    expect(podSpec.initContainers[0].volumeMounts[0]).toEqual({ name: 'data', mountPath: '/out' });
    expect(podSpec.containers[0].volumeMounts[0]).toEqual({ name: 'data', mountPath: '/data' });
  });
});

describe('sidecars from Kubernetes 1.29', () => {
  const kubernetesVersion = KubernetesVersion.V1_29;

  test('they are init containers that always restart', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [PROXY] });
    expect(names(podSpec.containers)).toEqual(['payments']);
    expect(podSpec.initContainers).toEqual([expect.objectContaining({ ...PROXY, restartPolicy: 'Always' })]);
  });

  test('they start before the init containers, which may need them', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [PROXY, container('logs')], initContainers: [container('init')] });
    expect(names(podSpec.initContainers)).toEqual(['proxy', 'logs', 'init']);
    expect(podSpec.initContainers.map(({ restartPolicy }: any) => restartPolicy)).toEqual(['Always', 'Always', undefined]);
  });

  test('they need no preStop hook, because Kubernetes stops them after the service', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [PROXY] });
    expect(podSpec.initContainers[0]).not.toHaveProperty('lifecycle');
  });
});

describe('sidecars below 1.29', () => {
  const kubernetesVersion = KubernetesVersion.V1_28;

  test('they are plain containers behind the service', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [PROXY], initContainers: [container('init')] });
    expect(names(podSpec.containers)).toEqual(['payments', 'proxy']);
    expect(names(podSpec.initContainers)).toEqual(['init']);
    expect(podSpec.containers[1]).not.toHaveProperty('restartPolicy');
  });

  test('their preStop hook lasts as long as the service needs them', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [PROXY], longestRequest: Duration.seconds(20) });
    expect(podSpec.containers[1].lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '30'] } } });
  });

  test('of a service that exits at once, as long as its own preStop hook', () => {
    const props = { kubernetesVersion, sidecars: [PROXY], shutdown: Shutdown.exitsAtOnce(), longestRequest: Duration.seconds(20) };
    const { podSpec } = synthesize(props);
    expect(podSpec.containers[1].lifecycle).toEqual(podSpec.containers[0].lifecycle);
  });
});

describe.each([KubernetesVersion.V1_28, KubernetesVersion.V1_29])('sidecars on Kubernetes %s', (kubernetesVersion) => {
  const find = (podSpec: any, name: string) => [...podSpec.initContainers ?? [], ...podSpec.containers].find((c: any) => c.name === name);

  test('their ports are written by name', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [{ ...PROXY, ports: { metrics: 9102, admin: 9901 } }] });
    expect(find(podSpec, 'proxy').ports).toEqual([
      { name: 'metrics', containerPort: 9102, protocol: 'TCP' }, { name: 'admin', containerPort: 9901, protocol: 'TCP' },
    ]);
  });

  test('without ports there is no list of them', () => {
    expect(find(synthesize({ kubernetesVersion, sidecars: [PROXY] }).podSpec, 'proxy')).not.toHaveProperty('ports');
  });

  test('the grace period leaves them the time to stop', () => {
    const { podSpec } = synthesize({ kubernetesVersion, sidecars: [{ ...PROXY, stopsWithin: Duration.seconds(15) }] });
    expect(podSpec.terminationGracePeriodSeconds).toBe(10 + 30 + 15 + 5);
  });
});
