import { Duration } from 'cdk8s';
import { IstioOptions, IstioSidecar, KubernetesVersion, Traffic, ZeroDowntimeServiceProps } from 'zero-downtime';
import { synthesize } from '../synthesized';

const CONFIG = 'proxy.istio.io/config';
const templateOf = (options: IstioOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  synthesize({ traffic: [Traffic.istio(options)], ...props }).template;
const configOf = (options: IstioOptions = {}, props: Partial<ZeroDowntimeServiceProps> = {}) =>
  JSON.parse(templateOf(options, props).metadata.annotations[CONFIG]);

test('without Istio there is no annotation', () => {
  expect(synthesize({ traffic: [Traffic.awsLoadBalancer()] }).template.metadata).not.toHaveProperty('annotations');
});

test('the proxy starts before the program and outlasts it', () => {
  expect(configOf()).toEqual({ holdApplicationUntilProxyStarts: true, terminationDrainDuration: '45s', drainDuration: '45s' });
});

test('it goes on for the preStop hook and the drain, and keeps its listeners as long', () => {
  const { terminationDrainDuration, drainDuration } = configOf({}, { longestRequest: Duration.seconds(60) });
  expect([terminationDrainDuration, drainDuration]).toEqual(['75s', '75s']);
});

test('declared durations are written', () => {
  const options = { terminationDrainDuration: Duration.seconds(60), drainDuration: Duration.seconds(70) };
  expect(configOf(options)).toMatchObject({ terminationDrainDuration: '60s', drainDuration: '70s' });
});

test('the pod is not killed before the proxy has ended', () => {
  const { spec } = templateOf({ terminationDrainDuration: Duration.seconds(100) });
  expect(spec.terminationGracePeriodSeconds).toBe(101);
});

test('a plain sidecar is configured in the same way', () => {
  expect(configOf({ sidecar: IstioSidecar.PLAIN })).toEqual(configOf());
});

describe('native sidecar', () => {
  test('it is asked for, and has no durations because it reads none', () => {
    expect(templateOf({ sidecar: IstioSidecar.NATIVE }).metadata.annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
  });

  test('it is there from Kubernetes 1.29', () => {
    const { annotations } = templateOf({ sidecar: IstioSidecar.NATIVE }, { kubernetesVersion: KubernetesVersion.V1_29 }).metadata;
    expect(annotations).toHaveProperty(['sidecar.istio.io/nativeSidecar']);
  });

  test('it is refused below 1.29', () => {
    expect(() => templateOf({ sidecar: IstioSidecar.NATIVE }, { kubernetesVersion: KubernetesVersion.V1_28 }))
      .toThrow('istio.sidecar NATIVE needs kubernetesVersion 1.29 or later, not 1.28');
  });

  test.each(['terminationDrainDuration', 'drainDuration'])('a %s is refused beside it', (field) => {
    expect(() => templateOf({ sidecar: IstioSidecar.NATIVE, [field]: Duration.seconds(90) }))
      .toThrow(`[chart/payments] istio.${field} cannot be given with IstioSidecar.NATIVE, because a native sidecar does not read it; leave it out`);
  });

  test.each(['terminationDrainDuration', 'drainDuration'])('a %s is taken beside a plain one', (field) => {
    expect(configOf({ sidecar: IstioSidecar.PLAIN, [field]: Duration.seconds(90) })).toMatchObject({ [field]: '90s' });
  });

  test('the grace period owes it nothing', () => {
    expect(templateOf({ sidecar: IstioSidecar.NATIVE }).spec.terminationGracePeriodSeconds).toBe(15 + 30 + 5);
  });
});
