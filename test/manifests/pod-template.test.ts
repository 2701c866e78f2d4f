import { External, IstioSidecar, KubernetesVersion, ServiceAccount, Traffic } from 'zero-downtime';
import { synthesize } from './synthesized';

describe('metadata', () => {
  test('there are no annotations where none are asked for', () => {
    expect(synthesize().template.metadata).not.toHaveProperty('annotations');
  });

  test('declared annotations are written to the pods and not to the Deployment', () => {
    const { template, deployment } = synthesize({ podAnnotations: { 'prometheus.io/scrape': 'true' } });
    expect(template.metadata.annotations).toEqual({ 'prometheus.io/scrape': 'true' });
    expect(deployment.metadata.annotations).not.toHaveProperty(['prometheus.io/scrape']);
  });

  test('they stand beside what a path needs', () => {
    const { template } = synthesize({ podAnnotations: { 'prometheus.io/scrape': 'true' }, traffic: [Traffic.istio()] });
    expect(Object.keys(template.metadata.annotations).sort()).toEqual(['prometheus.io/scrape', 'proxy.istio.io/config']);
  });

  test.each(['proxy.istio.io/config', 'sidecar.istio.io/nativeSidecar'])('%s cannot be given with Istio, because it would be lost', (key) => {
    for (const sidecar of [undefined, IstioSidecar.PLAIN, IstioSidecar.NATIVE]) {
      expect(() => synthesize({ podAnnotations: { [key]: 'false' }, traffic: [Traffic.istio({ sidecar })] }))
        .toThrow(`[chart/payments] podAnnotations "${key}" cannot be given with Traffic.istio, because the library decides it; use the options for it`);
    }
  });

  test.each(['proxy.istio.io/config', 'sidecar.istio.io/nativeSidecar'])('%s may be given without Istio', (key) => {
    expect(synthesize({ podAnnotations: { [key]: 'false' } }).template.metadata.annotations).toEqual({ [key]: 'false' });
  });

  test('other annotations of Istio may be given with it', () => {
    const podAnnotations = { 'sidecar.istio.io/proxyCPU': '100m' };
    expect(synthesize({ podAnnotations, traffic: [Traffic.istio()] }).template.metadata.annotations).toMatchObject(podAnnotations);
  });
});

describe('identity', () => {
  test('the pods run as the service\'s own account, without the API server\'s token', () => {
    expect(synthesize().podSpec).toMatchObject({ serviceAccountName: 'payments', automountServiceAccountToken: false });
  });

  test('the token is mounted where that is asked for', () => {
    const { podSpec } = synthesize({ serviceAccount: ServiceAccount.create({ automountToken: true }) });
    expect(podSpec.automountServiceAccountToken).toBe(true);
  });

  test('an existing account keeps its own mind about the token', () => {
    const { podSpec } = synthesize({ serviceAccount: ServiceAccount.existing('shared') });
    expect(podSpec.serviceAccountName).toBe('shared');
    expect(podSpec).not.toHaveProperty('automountServiceAccountToken');
  });
});

describe('scheduling', () => {
  test('nothing is said about nodes by default', () => {
    for (const field of ['nodeSelector', 'tolerations', 'priorityClassName', 'imagePullSecrets']) {
      expect(synthesize().podSpec).not.toHaveProperty(field);
    }
  });

  test('node labels and the priority class are written', () => {
    const { podSpec } = synthesize({ nodeSelector: { 'kubernetes.io/arch': 'arm64' }, priorityClassName: 'high' });
    expect(podSpec).toMatchObject({ nodeSelector: { 'kubernetes.io/arch': 'arm64' }, priorityClassName: 'high' });
  });

  test.each([
    ['with a value it must be equal', { key: 'dedicated', value: 'web', effect: 'NoSchedule' },
      { key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' }],
    ['without a value any will do', { key: 'spot' }, { key: 'spot', operator: 'Exists' }],
    ['the empty value is a value', { key: 'spot', value: '' }, { key: 'spot', operator: 'Equal', value: '' }],
    ['without a key every taint of an effect is tolerated', { effect: 'NoExecute' }, { operator: 'Exists', effect: 'NoExecute' }],
    ['without anything every taint is tolerated', {}, { operator: 'Exists' }],
  ])('a toleration: %s', (_, toleration, rendered) => {
    expect(synthesize({ tolerations: [toleration] }).podSpec.tolerations).toEqual([rendered]);
  });

  test.each(['web', ''])('a toleration of the value %j without a key is refused, as the API server does', (value) => {
    expect(() => synthesize({ tolerations: [{ value }] })).toThrow(`[chart/payments] toleration value "${value}" needs a key`);
  });

  test.each(['not one', '', '/web'])('a toleration of the key %j is refused, as the API server does', (key) => {
    expect(() => synthesize({ tolerations: [{ key }] })).toThrow(`toleration key "${key}"`);
  });

  test('a toleration of a value that no label can have is refused, as the API server does', () => {
    expect(() => synthesize({ tolerations: [{ key: 'dedicated', value: 'not one!' }] })).toThrow(/toleration/);
  });

  test.each([
    ['a pull secret', { imagePullSecrets: ['Not One'] }, 'imagePullSecrets name "Not One" must be'],
    ['a priority class', { priorityClassName: 'Not One' }, 'priorityClassName "Not One" must be'],
  ])('%s has a name that Kubernetes takes', (_, props, message) => {
    expect(() => synthesize(props)).toThrow(message);
  });

  test('pull secrets are written by name', () => {
    const { podSpec } = synthesize({ imagePullSecrets: ['pull'], externals: [External.secret('pull')] });
    expect(podSpec.imagePullSecrets).toEqual([{ name: 'pull' }]);
  });
});

describe('the service\'s container', () => {
  test('it is named as the service and pulls a fixed tag once', () => {
    expect(synthesize().container).toMatchObject({
      name: 'payments', image: 'registry.example.com/payments:2.1.0', imagePullPolicy: 'IfNotPresent',
    });
  });

  test('the image\'s own command is kept unless another is given', () => {
    const { container } = synthesize();
    expect([container.command, container.args]).toEqual([undefined, undefined]);
  });

  test('a command and its arguments are written', () => {
    expect(synthesize({ command: ['node'], args: ['server.js'] }).container).toMatchObject({ command: ['node'], args: ['server.js'] });
  });

  test('variables for every Service of the namespace are switched off', () => {
    expect(synthesize().podSpec.enableServiceLinks).toBe(false);
  });

  test('it is the only container', () => {
    const { podSpec } = synthesize({ kubernetesVersion: KubernetesVersion.V1_36 });
    expect(podSpec.containers).toHaveLength(1);
    expect(podSpec).not.toHaveProperty('initContainers');
  });
});
