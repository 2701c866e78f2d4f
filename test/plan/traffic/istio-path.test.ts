import { KubernetesVersion } from '../../../src/spec/kubernetes-version';
import { Shutdown } from '../../../src/spec/shutdown';
import { IstioOptions, IstioRetries, IstioSidecar } from '../../../src/spec/traffic/istio';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { decided, originOf, planned, problemsOf, Props, required, seconds, valueOf } from '../declare';

const istio = (options: IstioOptions = {}, props: Props = {}): Props => ({ ...props, traffic: [Traffic.istio(options)] });
const plannedIstio = (options: IstioOptions = {}, props: Props = {}) => planned(istio(options, props)).planned.traffic[1];

describe('istio.terminationDrainDuration', () => {
  const name = 'istio.terminationDrainDuration';

  test('lasts as long as preStop and the drain', () => {
    expect(decided(name, istio())).toEqual({ value: 45, unit: 's', origin: 'derived', inequalities: ['≥ preStop 15s + drain 30s'] });
  });

  test('lasts as long as preStop where the program exits at once', () => {
    expect(decided(name, istio({}, { shutdown: Shutdown.exitsAtOnce() })).inequalities).toEqual(['≥ preStop 45s + drain 0s']);
  });

  test('may be overridden down to the sum', () => {
    expect(originOf(name, istio({ terminationDrainDuration: seconds(45) }))).toBe('overridden');
  });

  test('is refused one second below', () => {
    expect(problemsOf(istio({ terminationDrainDuration: seconds(44) })))
      .toEqual([`${name} 44s must be at least preStop 15s + drain 30s = 45s; give it 45s or more, or leave it out`]);
  });

  test('is outlasted by the grace period', () => {
    expect(decided('terminationGracePeriod', istio({ terminationDrainDuration: seconds(80) }))).toEqual({
      value: 81,
      unit: 's',
      origin: 'derived',
      inequalities: ['≥ preStop 15s + drain 30s + margin 5s', `> ${name} 80s`, '≤ nodeDrainTimeout 600s'],
    });
  });
});

describe('istio.drainDuration', () => {
  const name = 'istio.drainDuration';

  test('is Istio\'s own 45 seconds where the proxy ends sooner', () => {
    expect(decided(name, istio({}, { longestRequest: seconds(10) })))
      .toEqual({ value: 45, unit: 's', origin: 'preferred', inequalities: ['≥ istio.terminationDrainDuration 25s'] });
  });

  test('lasts as long as the proxy goes on', () => {
    expect(decided(name, istio({}, { longestRequest: seconds(60) })))
      .toEqual({ value: 75, unit: 's', origin: 'derived', inequalities: ['≥ istio.terminationDrainDuration 75s'] });
  });

  test('may be overridden down to the proxy\'s end, and no lower', () => {
    expect(originOf(name, istio({ drainDuration: seconds(45) }))).toBe('overridden');
    expect(problemsOf(istio({ drainDuration: seconds(44) })))
      .toEqual([`${name} 44s must be at least istio.terminationDrainDuration 45s; give it 45s or more, or leave it out`]);
  });
});

describe('istio.sidecar', () => {
  test('is either kind, and the settings of a plain one are planned', () => {
    expect(plannedIstio()).toMatchObject({ isNativeSidecarForced: false, proxyDrain: { terminationDrainDuration: 45, drainDuration: 45 } });
    expect(plannedIstio({ sidecar: IstioSidecar.PLAIN })).toEqual(plannedIstio());
    expect(plannedIstio({ sidecar: IstioSidecar.ANY })).toEqual(plannedIstio());
  });

  test('NATIVE has no drain durations: a native one does not read them', () => {
    const { plan, planned: { traffic } } = planned(istio({ sidecar: IstioSidecar.NATIVE }));
    expect(traffic[1]).toMatchObject({ isNativeSidecarForced: true, proxyDrain: undefined });
    expect(plan.tryFind('istio.terminationDrainDuration')).toBeUndefined();
    expect(plan.tryFind('istio.drainDuration')).toBeUndefined();
  });

  test.each<[string, IstioOptions]>([
    ['terminationDrainDuration', { terminationDrainDuration: seconds(80) }], ['drainDuration', { drainDuration: seconds(80) }],
  ])('NATIVE is refused beside %s, which it does not read', (duration, options) => {
    expect(problemsOf(istio({ ...options, sidecar: IstioSidecar.NATIVE })))
      .toEqual([`istio.${duration} cannot be given with IstioSidecar.NATIVE, because a native sidecar does not read it; leave it out`]);
    expect(problemsOf(istio({ ...options, sidecar: IstioSidecar.PLAIN }))).toEqual([]);
    expect(problemsOf(istio({ ...options, sidecar: IstioSidecar.ANY }))).toEqual([]);
  });

  test('NATIVE is refused beside both durations with both', () => {
    const options = { sidecar: IstioSidecar.NATIVE, terminationDrainDuration: seconds(80), drainDuration: seconds(80) };
    expect(problemsOf(istio(options))).toHaveLength(2);
  });

  test('NATIVE is refused before Kubernetes 1.29', () => {
    const sidecar = IstioSidecar.NATIVE;
    expect(problemsOf(istio({ sidecar }, { kubernetesVersion: KubernetesVersion.V1_29 }))).toEqual([]);
    expect(problemsOf(istio({ sidecar }, { kubernetesVersion: KubernetesVersion.V1_28 })))
      .toEqual(['istio.sidecar NATIVE needs kubernetesVersion 1.29 or later, not 1.28']);
  });
});

describe('istio.idleTimeout', () => {
  test('is one minute', () => {
    expect(decided('istio.idleTimeout', istio())).toEqual({ value: 60, unit: 's', origin: 'preferred', inequalities: ['≥ 1s'] });
  });

  test('is shorter than a declared keep-alive timeout, down to one second', () => {
    expect(valueOf('istio.idleTimeout', istio({}, { keepAliveTimeout: seconds(8) }))).toBe(3);
    expect(valueOf('istio.idleTimeout', istio({}, { keepAliveTimeout: seconds(2) }))).toBe(1);
  });

  test('may be one second, and not none', () => {
    expect(plannedIstio({ idleTimeout: seconds(1) })).toMatchObject({ idleTimeout: 1 });
    expect(problemsOf(istio({ idleTimeout: seconds(0) })))
      .toEqual(['istio.idleTimeout 0s must be at least 1s; give it 1s or more, or leave it out']);
  });
});

describe('istio.perTryTimeout', () => {
  const per = (perTryTimeout: number) => istio({ retries: IstioRetries.safe({ perTryTimeout: seconds(perTryTimeout) }) });

  test('outlasts the longest request by the margin', () => {
    expect(decided('istio.perTryTimeout', istio())).toEqual({
      value: 35, unit: 's', origin: 'derived', inequalities: ['≥ longestRequest 30s + margin 5s'],
    });
    expect(valueOf('istio.perTryTimeout', istio({}, { longestRequest: seconds(1) }))).toBe(6);
  });

  test('may be overridden down to the sum, and no lower', () => {
    expect(originOf('istio.perTryTimeout', per(35))).toBe('overridden');
    expect(problemsOf(per(34)))
      .toEqual(['istio.perTryTimeout 34s must be at least longestRequest 30s + margin 5s = 35s; give it 35s or more, or leave it out']);
  });
});

describe('istio.timeout', () => {
  test('leaves time for every try and the pauses between them', () => {
    expect(decided('istio.timeout', istio())).toEqual({
      value: 106, unit: 's', origin: 'derived', inequalities: ['≥ 3 × istio.perTryTimeout 35s + pauses 1s'],
    });
  });

  test('follows the number of tries', () => {
    expect(valueOf('istio.timeout', istio({ retries: IstioRetries.safe({ attempts: 4 }) }))).toBe(176);
  });

  test('follows an overridden time of one try', () => {
    expect(valueOf('istio.timeout', istio({ retries: IstioRetries.safe({ perTryTimeout: seconds(40) }) }))).toBe(121);
  });

  test('is one try without pauses where nothing is repeated', () => {
    expect(decided('istio.timeout', istio({ retries: IstioRetries.none() }))).toMatchObject({
      value: 35, inequalities: ['≥ 1 × istio.perTryTimeout 35s'],
    });
    expect(plannedIstio({ retries: IstioRetries.none() })).toMatchObject({ timeout: 35, retries: undefined });
  });

  test('may be overridden down to the sum, and no lower', () => {
    expect(originOf('istio.timeout', istio({ timeout: seconds(106) }))).toBe('overridden');
    expect(problemsOf(istio({ timeout: seconds(105) }))).toEqual([
      'istio.timeout 105s must be at least 3 × istio.perTryTimeout 35s + pauses 1s = 106s; give it 106s or more, or leave it out',
    ]);
  });

  test('is none where connections live longer than requests: a stream would end with it', () => {
    const { plan, planned: { traffic } } = planned(istio({}, { maxConnectionAge: seconds(300) }));
    expect(plan.tryFind('istio.timeout')).toBeUndefined();
    expect(plan.tryFind('istio.perTryTimeout')).toBeUndefined();
    expect(traffic[1]).not.toHaveProperty('timeout');
    expect(traffic[1]).toMatchObject({ retries: { attempts: 2, conditions: ['connect-failure', 'refused-stream', 'reset-before-request'] } });
  });

  test.each<[string, IstioOptions]>([
    ['timeout', { timeout: seconds(120) }],
    ['perTryTimeout', { retries: IstioRetries.safe({ perTryTimeout: seconds(40) }) }],
    ['perTryTimeout', { retries: IstioRetries.idempotent({ on: ['5xx'], perTryTimeout: seconds(40) }) }],
  ])('and %s are refused where they are declared beside long-lived connections', (timeout, options) => {
    expect(problemsOf(istio(options, { maxConnectionAge: seconds(300) })))
      .toEqual([`istio.${timeout} cannot be given with maxConnectionAge, because it would end streams as well; leave it out`]);
    expect(problemsOf(istio({ ...options, timeout: seconds(200) }))).toEqual([]);
  });
});

describe('istio.retries', () => {
  test('are two, of requests that were surely not executed', () => {
    expect(plannedIstio()).toMatchObject({
      retries: { attempts: 2, perTryTimeout: 35, conditions: ['connect-failure', 'refused-stream', 'reset-before-request'] },
    });
  });

  test('want a proxy that knows the condition', () => {
    expect(required('cluster', istio())).toContain('Istio is 1.23 or later (the retry condition reset-before-request)');
  });
});

describe('istio.hosts and istio.gateways', () => {
  test('are none', () => {
    expect(plannedIstio()).toMatchObject({ hosts: [], gateways: [] });
  });

  test.each(['public', 'istio-system/public', 'a/b.c'])('take the gateway %s', (gateway) => {
    expect(problemsOf(istio({ hosts: ['a.example'], gateways: [gateway] }))).toEqual([]);
  });

  test.each(['', '/public', 'a/', 'a/b/c', 'A/b', 'a b', 'a.b/c', 'mesh\n'])('refuse the gateway %j', (gateway) => {
    expect(problemsOf(istio({ hosts: ['a.example'], gateways: [gateway] })))
      .toEqual([`istio.gateways ${JSON.stringify(gateway)} must be a Gateway as "namespace/name" or "name"`]);
  });

  test('refuse a gateway without hosts', () => {
    expect(problemsOf(istio({ gateways: ['public'] })))
      .toEqual(['istio.hosts must name the hosts that the gateways route to the service; give at least one beside gateways']);
  });

  test('refuse what is no host', () => {
    expect(problemsOf(istio({ hosts: ['*'] })))
      .toEqual(['istio.host "*" must be a DNS name in lower case, without scheme, port or path (\'*.\' may lead it)']);
  });

  const covered = (host: string, by: string) => `istio.host "${host}" is covered by "${by}" already, and Istio refuses both together`;

  test.each<[string[], string[]]>([
    [['payments'], [covered('payments', 'payments')]],
    [['a.example', 'a.example'], [covered('a.example', 'a.example')]],
    [['*.a.example', '*.a.example'], [covered('*.a.example', '*.a.example')]],
    [['*.a.example', 'b.a.example'], [covered('b.a.example', '*.a.example')]],
    [['b.a.example', '*.a.example'], [covered('b.a.example', '*.a.example')]],
    [['*.a.example', 'c.b.a.example'], [covered('c.b.a.example', '*.a.example')]],
    [['*.b.a.example', '*.a.example'], [covered('*.b.a.example', '*.a.example')]],
    [['a.example', 'b.example', 'a.example', 'a.example'], [covered('a.example', 'a.example')]],
    [['a.example', 'b.example', 'b.example', 'a.example'], [covered('b.example', 'b.example'), covered('a.example', 'a.example')]],
  ])('refuse the hosts %j, which cover each other', (hosts, problems) => {
    expect(problemsOf(istio({ hosts }))).toEqual(problems);
  });

  test.each([
    [['a.example', 'b.example']], [['*.a.example', 'a.example']], [['*.a.example', 'ba.example']], [['*.a.example', '*.b.example']],
    [['payments.example', '*.payments']],
  ])('take the hosts %j, which do not', (hosts) => {
    expect(problemsOf(istio({ hosts }))).toEqual([]);
  });
});

describe('the pod annotations of the proxy', () => {
  const podAnnotations = (key: string) => ({ podAnnotations: { [key]: 'x' } });

  test.each(['proxy.istio.io/config', 'sidecar.istio.io/nativeSidecar'])('are refused under the key %s, which the library decides', (key) => {
    const problem = `podAnnotations "${key}" cannot be given with Traffic.istio, because the library decides it; use the options for it`;
    expect(problemsOf(istio({}, podAnnotations(key)))).toEqual([problem]);
    expect(problemsOf(istio({ sidecar: IstioSidecar.NATIVE }, podAnnotations(key)))).toEqual([problem]);
  });

  test.each(['proxy.istio.io/config', 'sidecar.istio.io/nativeSidecar'])('are taken under the key %s without Traffic.istio', (key) => {
    expect(problemsOf(podAnnotations(key))).toEqual([]);
  });

  test.each(['sidecar.istio.io/inject', 'sidecar.istio.io/proxyCPU', 'proxy.istio.io/overrides'])('are taken under the key %s', (key) => {
    expect(problemsOf(istio({}, podAnnotations(key)))).toEqual([]);
  });
});
