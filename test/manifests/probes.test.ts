import { Duration } from 'cdk8s';
import { Health, Probe, Protocol, Risk } from 'zero-downtime';
import { synthesize } from './synthesized';

const RHYTHM = ['periodSeconds', 'timeoutSeconds', 'failureThreshold'];
const actionOf = (probe: any) => Object.fromEntries(Object.entries(probe).filter(([key]) => !RHYTHM.includes(key)));
const rhythmOf = (probe: any) => RHYTHM.map((key) => probe[key]);
const readinessOf = (readiness: Probe, port = 3000) =>
  actionOf(synthesize({ port, health: Health.probes({ readiness, liveness: Probe.exec(['alive']) }) }).container.readinessProbe);

describe('what is asked', () => {
  test('an HTTP probe asks the service\'s port by its name', () => {
    expect(readinessOf(Probe.http('/ready'))).toEqual({ httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' } });
  });

  test('an HTTP probe may ask another port over TLS', () => {
    expect(readinessOf(Probe.http('/ready', { port: 8443, tls: true }))).toEqual({ httpGet: { path: '/ready', port: 8443, scheme: 'HTTPS' } });
  });

  test('a TCP probe connects to the service\'s port by its name', () => {
    const { container } = synthesize({ health: Health.http({ readiness: '/ready' }) });
    expect(actionOf(container.livenessProbe)).toEqual({ tcpSocket: { port: 'http' } });
  });

  test('a TCP probe may connect to another port', () => {
    const health = Health.probes({ readiness: Probe.http('/ready'), liveness: Probe.tcp({ port: 9000 }) });
    expect(actionOf(synthesize({ health }).container.livenessProbe)).toEqual({ tcpSocket: { port: 9000 } });
  });

  test('a gRPC probe asks the service\'s port by its number, because Kubernetes takes no name there', () => {
    expect(readinessOf(Probe.grpc(), 50051)).toEqual({ grpc: { port: 50051 } });
  });

  test('a gRPC probe may ask for one service on another port', () => {
    expect(readinessOf(Probe.grpc({ port: 9000, service: 'payments.Readiness' }))).toEqual({ grpc: { port: 9000, service: 'payments.Readiness' } });
  });

  test('an exec probe runs its command without a shell', () => {
    expect(readinessOf(Probe.exec(['/bin/check', '--quick']))).toEqual({ exec: { command: ['/bin/check', '--quick'] } });
  });

  test.each([[Protocol.HTTP, 'http'], [Protocol.HTTP2, 'http2'], [Protocol.GRPC, 'grpc']])(
    'a program that speaks %s is asked at the port named %s', (protocol, name) => {
      const { container } = synthesize({ protocol });
      expect(container.ports).toEqual([{ name, containerPort: 3000, protocol: 'TCP' }]);
      expect(container.readinessProbe.httpGet.port).toBe(name);
    });
});

describe('which probe asks what', () => {
  test('each of three declared paths goes to its own probe', () => {
    const { container } = synthesize({ health: Health.http({ startup: '/started', readiness: '/ready', liveness: '/healthz' }) });
    expect([container.startupProbe, container.readinessProbe, container.livenessProbe].map((probe) => probe.httpGet.path))
      .toEqual(['/started', '/ready', '/healthz']);
  });

  test('startup asks the liveness question where it has none of its own', () => {
    expect(synthesize().container.startupProbe.httpGet.path).toBe('/healthz');
  });

  test('startup asks the readiness question where there is no liveness question either', () => {
    expect(synthesize({ health: Health.http({ readiness: '/ready' }) }).container.startupProbe.httpGet.path).toBe('/ready');
  });

  test('liveness only connects where nothing is declared', () => {
    const { container } = synthesize({ protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready' }) });
    expect(actionOf(container.livenessProbe)).toEqual({ tcpSocket: { port: 'grpc' } });
    expect(actionOf(container.startupProbe)).toEqual({ grpc: { port: 3000, service: 'ready' } });
  });

  test('a declared gRPC liveness name is asked for', () => {
    const health = Health.grpc({ readiness: 'ready', liveness: 'live' });
    expect(synthesize({ health }).container.livenessProbe.grpc).toEqual({ port: 3000, service: 'live' });
  });

  test('the empty gRPC service name asks for the server\'s overall health', () => {
    const health = Health.grpc({ liveness: '' });
    expect(synthesize({ health, accept: [Risk.sameProbe('one health service')] }).container.livenessProbe.grpc).toEqual({ port: 3000, service: '' });
  });
});

describe('how often it is asked', () => {
  test('the startup probe lasts longer than the program may take to start', () => {
    const [period, , failures] = rhythmOf(synthesize({ startsWithin: Duration.seconds(40) }).container.startupProbe);
    expect((failures - 1) * period).toBeGreaterThanOrEqual(40);
  });

  test('readiness is asked every five seconds and liveness every ten', () => {
    const { container } = synthesize();
    expect(rhythmOf(container.readinessProbe)).toEqual([5, 3, 3]);
    expect(rhythmOf(container.livenessProbe)).toEqual([10, 5, 3]);
  });

  test('overridden rhythms are written as they are given', () => {
    const timing = (seconds: number, failureThreshold: number) =>
      ({ period: Duration.seconds(seconds), timeout: Duration.seconds(1), failureThreshold });
    const { container } = synthesize({ overrides: { startupProbe: timing(2, 99), readinessProbe: timing(3, 4), livenessProbe: timing(4, 5) } });
    expect(rhythmOf(container.startupProbe)).toEqual([2, 1, 99]);
    expect(rhythmOf(container.readinessProbe)).toEqual([3, 1, 4]);
    expect(rhythmOf(container.livenessProbe)).toEqual([4, 1, 5]);
  });

  test('no probe waits before its first question: the startup probe holds the others back', () => {
    const { container } = synthesize();
    expect([container.startupProbe, container.readinessProbe, container.livenessProbe].filter((probe) => 'initialDelaySeconds' in probe)).toEqual([]);
  });
});
