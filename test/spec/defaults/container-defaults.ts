import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { containerOf, expectDefault, objectOf, podOf, Proofs } from './proof';
import { Health } from '../../../src/spec/health';
import { Probe } from '../../../src/spec/probe';
import { Security } from '../../../src/spec/security';
import { ServiceAccount } from '../../../src/spec/service-account';
import { Volume } from '../../../src/spec/volume';
import { planned, Props, seconds } from '../../plan/declare';

const tolerating = (toleration: object): Props => ({ tolerations: [toleration] });
const LOGS = { name: 'logs', image: 'logs:1' };
const TCP = { tcpSocket: { port: 'http' } };
const http = (path: string) => ({ httpGet: { path, port: 'http', scheme: 'HTTP' } });

/** What containers and pods are given. */
export const CONTAINER_PROOFS: Proofs = {
  'ContainerSettings.command': () => expect(containerOf()).not.toHaveProperty('command'),
  'ContainerSettings.args': () => expect(containerOf()).not.toHaveProperty('args'),
  'ContainerSettings.env': () => {
    const names = containerOf().env.map(({ name }: { name: string }) => name);
    expect(names.filter((name: string) => !name.startsWith('ZERO_DOWNTIME_'))).toEqual([]);
    expect(podOf({ sidecars: [LOGS] }).initContainers[0]).not.toHaveProperty('env');
  },
  'ContainerSettings.envFrom': () => expect(containerOf()).not.toHaveProperty('envFrom'),
  'ContainerSettings.volumes': () => {
    expect(podOf().volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
    expect(containerOf().volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(podOf({ security: Security.restricted({ writableRootFilesystem: true }) })).not.toHaveProperty('volumes');
    expect(podOf({ security: Security.unrestricted() })).not.toHaveProperty('volumes');
  },
  'ContainerSettings.resources': () => expect(containerOf().resources).toEqual({ requests: { cpu: '100m', memory: '128Mi' } }),
  'ContainerSettings.security': () => expectDefault({}, { security: Security.restricted() }, { security: Security.unrestricted() }),
  'RestrictedOptions.user': () => {
    expect(containerOf().securityContext).not.toHaveProperty('runAsUser');
    expect(containerOf().securityContext.runAsNonRoot).toBe(true);
  },
  'RestrictedOptions.group': () => {
    expect(containerOf().securityContext).not.toHaveProperty('runAsGroup');
    expect(podOf()).not.toHaveProperty('securityContext');
  },
  'RestrictedOptions.writableRootFilesystem': () => {
    const writable = (writableRootFilesystem: boolean) => ({ security: Security.restricted({ writableRootFilesystem }) });
    expectDefault({}, writable(false), writable(true));
    expect(containerOf().securityContext.readOnlyRootFilesystem).toBe(true);
  },
  'RestrictedOptions.addCapabilities': () => expect(containerOf().securityContext.capabilities).toEqual({ drop: ['ALL'] }),
  'MountOptions.readOnly': () => {
    expect([Volume.config('a'), Volume.secret('a'), Volume.claim('a'), Volume.emptyDir(), Volume.memory()].map(({ readOnly }) => readOnly))
      .toEqual([true, true, false, false, false]);
  },
  'MountOptions.subPath': () => expect([Volume.config('a'), Volume.secret('a'), Volume.claim('a')].map(({ subPath }) => subPath))
    .toEqual([undefined, undefined, undefined]),
  'Resources.cpu': () => expect(containerOf({ resources: { memory: Size.mebibytes(64) } }).resources.requests.cpu).toBe('100m'),
  'Resources.memory': () => expect(containerOf({ resources: { cpu: Cpu.units(1) } }).resources.requests.memory).toBe('128Mi'),
  'Resources.cpuLimit': () => expect(containerOf({ resources: { cpu: Cpu.units(1) } }).resources).not.toHaveProperty('limits'),
  'Resources.memoryLimit': () => {
    expect(containerOf({ resources: { memory: Size.mebibytes(64) } }).resources.limits).toEqual({ memory: '64Mi' });
    expect(containerOf({ resources: {} }).resources).not.toHaveProperty('limits');
  },
  'Sidecar.ports': () => expect(podOf({ sidecars: [LOGS] }).initContainers[0]).not.toHaveProperty('ports'),
  'Sidecar.stopsWithin': () => {
    const stops = (amount: number) => ({ sidecars: [{ ...LOGS, stopsWithin: seconds(amount) }] });
    expectDefault({ sidecars: [LOGS] }, stops(0), stops(1));
  },
  'Toleration.key': () => expect(podOf(tolerating({})).tolerations).toEqual([{ operator: 'Exists' }]),
  'Toleration.value': () => expect(podOf(tolerating({ key: 'spot' })).tolerations).toEqual([{ key: 'spot', operator: 'Exists' }]),
  'Toleration.effect': () => expect(podOf(tolerating({ key: 'spot', value: 'yes' })).tolerations)
    .toEqual([{ key: 'spot', operator: 'Equal', value: 'yes' }]),
  'PodSettings.selector': () => {
    expect(objectOf('Deployment').spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'payments' } });
    expect(objectOf('Service').spec.selector).toEqual({ 'app.kubernetes.io/name': 'payments' });
  },
  'PodSettings.labels': () => expect(objectOf('Deployment').spec.template.metadata.labels)
    .toEqual({ 'app.kubernetes.io/name': 'payments', 'app.kubernetes.io/managed-by': 'zero-downtime' }),
  'PodSettings.podAnnotations': () => expect(objectOf('Deployment').spec.template.metadata).not.toHaveProperty('annotations'),
  'PodSettings.serviceAccount': () => {
    expectDefault({}, { serviceAccount: ServiceAccount.create() }, { serviceAccount: ServiceAccount.existing('other') });
    expect(podOf().serviceAccountName).toBe('payments');
  },
  'PodSettings.imagePullSecrets': () => expect(podOf()).not.toHaveProperty('imagePullSecrets'),
  'PodSettings.nodeSelector': () => expect(podOf()).not.toHaveProperty('nodeSelector'),
  'PodSettings.tolerations': () => expect(podOf()).not.toHaveProperty('tolerations'),
  'PodSettings.priorityClassName': () => expect(podOf()).not.toHaveProperty('priorityClassName'),
  'ServiceAccountOptions.annotations': () => expect(objectOf('ServiceAccount').metadata).not.toHaveProperty('annotations'),
  'ServiceAccountOptions.automountToken': () => {
    const mounted = (automountToken: boolean) => ({ serviceAccount: ServiceAccount.create({ automountToken }) });
    expectDefault({}, mounted(false), mounted(true));
    expect(podOf().automountServiceAccountToken).toBe(false);
  },
  'HttpHealthOptions.liveness': () => expect(containerOf().livenessProbe).toMatchObject(TCP),
  'HttpHealthOptions.startup': () => {
    expect(containerOf().startupProbe).toMatchObject(http('/ready'));
    expect(containerOf({ health: Health.http({ readiness: '/ready', liveness: '/live' }) }).startupProbe).toMatchObject(http('/live'));
  },
  'HttpHealthOptions.port': () => expect(containerOf().readinessProbe).toMatchObject(http('/ready')),
  'HttpHealthOptions.tls': () => {
    const speaking = (tls: boolean) => ({ health: Health.http({ readiness: '/ready', tls }) });
    expectDefault({}, speaking(false), speaking(true));
  },
  'GrpcHealthOptions.readiness': () => expect(containerOf({ health: Health.grpc() }).readinessProbe.grpc).toEqual({ port: 3000 }),
  'GrpcHealthOptions.liveness': () => expect(containerOf({ health: Health.grpc() }).livenessProbe).toMatchObject(TCP),
  'GrpcHealthOptions.port': () => expect(containerOf({ health: Health.grpc({ liveness: 'live' }) }).livenessProbe.grpc)
    .toEqual({ port: 3000, service: 'live' }),
  'ProbesOptions.liveness': () => expect(containerOf({ health: Health.probes({ readiness: Probe.grpc() }) }).livenessProbe).toMatchObject(TCP),
  'ProbesOptions.startup': () => {
    const readiness = Probe.http('/r');
    expect(containerOf({ health: Health.probes({ readiness }) }).startupProbe).toMatchObject(http('/r'));
    expect(containerOf({ health: Health.probes({ readiness, liveness: Probe.http('/l') }) }).startupProbe).toMatchObject(http('/l'));
  },
  'HttpProbeOptions.port': () => expect(containerOf({ health: Health.probes({ readiness: Probe.http('/r') }) }).readinessProbe)
    .toMatchObject(http('/r')),
  'HttpProbeOptions.tls': () => expect(Probe.http('/r')._action).toEqual(Probe.http('/r', { tls: false })._action),
  'GrpcProbeOptions.port': () => expect(containerOf({ health: Health.probes({ readiness: Probe.grpc({ service: 'a' }) }) }).readinessProbe.grpc)
    .toEqual({ port: 3000, service: 'a' }),
  'GrpcProbeOptions.service': () => expect(Probe.grpc()._action).toEqual({ kind: 'grpc', service: undefined, port: undefined }),
  'TcpProbeOptions.port': () => expect(containerOf().livenessProbe.tcpSocket).toEqual({ port: 'http' }),
  'Resources.ephemeralStorage': () => {
    expect(containerOf().resources.requests).not.toHaveProperty(['ephemeral-storage']);
    expect(containerOf({ resources: { ephemeralStorageLimit: Size.gibibytes(1) } }).resources.requests).not.toHaveProperty(['ephemeral-storage']);
  },
  'Resources.ephemeralStorageLimit': () => expect(containerOf({ resources: { ephemeralStorage: Size.gibibytes(1) } }).resources).not.toHaveProperty('limits'),
  'DrainOptions.within': () => expect(planned({ longestRequest: seconds(77) }).plan.find('drain').value).toBe(77),
};
