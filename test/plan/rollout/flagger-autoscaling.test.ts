import { abTest, argo, blueGreen, canary, flagger } from './released';
import { Analysis } from '../../../src/spec/analysis/analysis';
import { KedaTrigger } from '../../../src/spec/keda-trigger';
import { Replicas } from '../../../src/spec/replicas';
import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { originOf, planned, required, seconds, valueOf } from '../declare';

const scaled = { replicas: Replicas.autoscaled({ min: 4, max: 20 }) };
const gate = { url: 'http://gate.test/' };
const SHRUNK = expect.stringMatching(/^the fewest replicas bear all requests while a release goes on for longer than scaleDownStabilization \d+s/);

describe('the autoscaler of a service that Flagger releases', () => {
  const stabilization = (props: Parameters<typeof valueOf>[1]) => valueOf('scaleDownStabilization', { ...props, ...scaled });

  test('removes no pod of the old version until the last share has held: requests come back at once', () => {
    expect(stabilization(canary({ engine: flagger(), steps: [5, 25, 50], stepDuration: seconds(400) }))).toBe(1200);
    expect(stabilization(abTest({ engine: flagger(), duration: seconds(601) }))).toBe(11 * 60);
    expect(required('cluster', { ...canary({ engine: flagger() }), ...scaled })).not.toContainEqual(SHRUNK);
  });

  test('waits for the checks that are forgiven too', () => {
    const analysis = Analysis.prometheus({ address: 'http://p:9090', maxErrorRate: 0.01, failureLimit: 2, inconclusiveLimit: 5 });
    expect(stabilization(canary({ engine: flagger(), steps: [50], stepDuration: seconds(400), analysis }))).toBe(3 * 400);
  });

  test('waits while the old version\'s pods are replaced without a request', () => {
    const props = { ...blueGreen({ engine: flagger() }, { traffic: [Traffic.istio()] }), ...scaled };
    expect(valueOf('scaleDownStabilization', props)).toBe(valueOf('progressDeadline', props) + 120);
    expect(stabilization(blueGreen({ engine: flagger() }))).toBe(300);
  });

  test('is as slow as ever where another engine keeps all pods of the old version', () => {
    expect(stabilization(canary({ engine: argo(), stepDuration: seconds(1000) }))).toBe(300);
  });

  test('waits an hour at most, and then the fewest replicas must do', () => {
    const long = { ...canary({ engine: flagger(), stepDuration: seconds(1201) }), ...scaled };
    expect(valueOf('scaleDownStabilization', long)).toBe(3600);
    expect(originOf('scaleDownStabilization', long)).toBe('preferred');
    expect(required('cluster', long)).toContainEqual(SHRUNK);
    expect(required('cluster', { ...canary({ engine: flagger(), stepDuration: seconds(1200) }), ...scaled })).not.toContainEqual(SHRUNK);
  });

  test.each([
    ['an override is shorter', { overrides: { scaleDownStabilization: seconds(600) } }, undefined],
    ['somebody has to approve', {}, FlaggerWebhook.confirmPromotion('gate', gate)],
    ['somebody has to approve of a share', {}, FlaggerWebhook.confirmTrafficIncrease('gate', gate)],
  ])('nor does it wait long enough where %s', (_, more, webhook) => {
    const engine = flagger({ webhooks: webhook ? [webhook] : [FlaggerWebhook.postRollout('tell', gate)] });
    expect(required('cluster', { ...canary({ engine }), ...scaled, ...more })).toContainEqual(SHRUNK);
    expect(required('cluster', canary({ engine }))).not.toContainEqual(SHRUNK);
  });

  test('has one number in the plan and the manifests', () => {
    const { plan, planned: { availability } } = planned({ ...canary({ engine: flagger() }), ...scaled });
    expect(availability.scaleDownStabilization?.value).toBe(plan.find('scaleDownStabilization').value);
  });
});

test('KEDA is not paused when Flagger copies it', () => {
  const paused = expect.stringMatching(/^nobody makes the Canary payments or the ScaledObject payments-primary anew while ScaledObject payments is paused/);
  const keda = { replicas: Replicas.keda({ min: 4, max: 20, triggers: [KedaTrigger.cpu(70)] }) };
  expect(required('cluster', { ...canary({ engine: flagger() }), ...keda })).toContainEqual(paused);
  expect(required('cluster', { ...canary({ engine: flagger() }), ...scaled })).not.toContainEqual(paused);
  expect(required('cluster', { ...canary({ engine: argo() }), ...keda })).not.toContainEqual(paused);
});
