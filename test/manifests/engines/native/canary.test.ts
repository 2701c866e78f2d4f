import { Replicas, Risk } from 'zero-downtime';
import { abTest, ALB, canary, ISTIO, KEDA, SCALED, steadyOf } from '../../release/native';

const STABLE = { 'app.kubernetes.io/name': 'payments', 'zero-downtime/track': 'stable' };
const CANARY = { ...STABLE, 'zero-downtime/track': 'canary' };

describe('between releases there is', () => {
  const steady = steadyOf(canary());

  test('the stable version alone, under a name of its own', () => {
    const { metadata, spec } = steady['deployment-stable'];
    expect(metadata.name).toBe('payments-stable');
    expect(spec.selector.matchLabels).toEqual(STABLE);
    expect(spec.template.metadata.labels).toMatchObject(STABLE);
    expect(Object.values(steady).filter(({ kind }) => kind === 'Deployment')).toHaveLength(1);
  });

  test('a Service for all pods, so that callers keep what they call, and one for each version', () => {
    expect(steady.service.metadata.name).toBe('payments');
    expect(steady.service.spec.selector).toEqual({ 'app.kubernetes.io/name': 'payments' });
    expect([steady['service-stable'].metadata.name, steady['service-stable'].spec.selector]).toEqual(['payments-stable', STABLE]);
    expect([steady['service-canary'].metadata.name, steady['service-canary'].spec.selector]).toEqual(['payments-canary', CANARY]);
  });

  test('a disruption budget of the stable pods, under the name that every way of releasing gives it', () => {
    expect(steady['disruption-budget'].metadata.name).toBe('payments');
    expect(steady['disruption-budget'].spec.selector.matchLabels).toEqual(STABLE);
    expect(Object.values(steady).filter(({ kind }) => kind === 'PodDisruptionBudget')).toHaveLength(1);
  });

  test('the same for an A/B test', () => {
    expect(steadyOf(abTest({ traffic: [ISTIO] }))).toEqual(steadyOf(canary({}, { traffic: [ISTIO] })));
  });
});

test('the pods of each version are spread on their own', () => {
  const [{ labelSelector }] = steadyOf(canary())['deployment-stable'].spec.template.spec.topologySpreadConstraints;
  expect(labelSelector.matchLabels).toEqual(STABLE);
});

test('one accepted replica has no disruption budget', () => {
  const props = canary({}, { traffic: [ISTIO], replicas: Replicas.fixed(1), accept: [Risk.singleReplica('it is a toy')] });
  expect(steadyOf(props)).not.toHaveProperty('disruption-budget');
});

describe('fixed replicas', () => {
  test('are written', () => {
    expect(steadyOf(canary())['deployment-stable'].spec.replicas).toBe(10);
  });
});

describe.each([['a HorizontalPodAutoscaler', SCALED], ['KEDA', KEDA]])('under %s', (_, replicas) => {
  const steady = steadyOf(canary({}, { traffic: [ISTIO], replicas }));

  test('no replicas are written', () => {
    expect(steady['deployment-stable'].spec).not.toHaveProperty('replicas');
  });

  test('the stable version is what is scaled', () => {
    expect(steady.autoscaler.metadata.name).toBe('payments');
    expect(steady.autoscaler.spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments-stable' });
  });
});

test('what leads to the pods stands before them, and what defines subsets before what names them', () => {
  const ids = Object.keys(steadyOf(canary({}, { traffic: [ISTIO, ALB], replicas: SCALED })));
  expect(ids).toEqual([
    'service-account', 'service', 'service-stable', 'service-canary', 'destination-rule', 'virtual-service', 'alb-ingress',
    'disruption-budget', 'deployment-stable', 'autoscaler',
  ]);
});
