import { planned } from './declare';
import { planService } from '../../src/plan/plan-service';
import { Health } from '../../src/spec/health';
import { Risk } from '../../src/spec/risk';

const NAMES = [
  'preStop', 'drain', 'terminationGracePeriod',
  'startupProbe.period', 'startupProbe.timeout', 'startupProbe.failureThreshold',
  'readinessProbe.period', 'readinessProbe.timeout', 'readinessProbe.failureThreshold',
  'livenessProbe.period', 'livenessProbe.timeout', 'livenessProbe.failureThreshold',
  'maxUnavailable', 'maxSurge', 'maxDisrupted', 'minReady', 'progressDeadline', 'peakPods',
];

describe('find', () => {
  test('returns the whole decision', () => {
    expect(planned().plan.find('drain')).toEqual({
      name: 'drain',
      value: 30,
      unit: 's',
      origin: 'derived',
      inequalities: [{
        relation: '≥',
        limit: 30,
        expression: 'longestRequest 30s',
        because: 'the longest request is cut',
        source: 'a request may arrive at the last moment before SIGTERM',
      }],
    });
  });

  test('throws with the names that there are, in the order in which one follows from another', () => {
    expect(() => planned().plan.find('gracePeriod')).toThrow(new Error(`no decision named "gracePeriod"; there are ${NAMES.join(', ')}`));
  });

  test('does not take a name of another case', () => {
    expect(() => planned().plan.find('prestop')).toThrow('no decision named "prestop"');
  });
});

test('tryFind returns nothing where there is no such decision', () => {
  expect(planned().plan.tryFind('gracePeriod')).toBeUndefined();
  expect(planned().plan.tryFind('drain')?.value).toBe(30);
});

describe('toJson', () => {
  test('holds what the plan holds and nothing else', () => {
    const { plan } = planned();
    expect(Object.keys(plan.toJson())).toEqual([
      'name', 'namespace', 'kubernetesVersion', 'assumptions', 'decisions', 'requirements', 'warnings',
    ]);
    expect(plan.toJson()).toMatchObject({ name: 'payments', namespace: 'shop', kubernetesVersion: '1.30' });
    expect(plan.toJson().decisions.map(({ name }: { name: string }) => name)).toEqual(NAMES);
  });

  test('survives the way through text', () => {
    const json = planned().plan.toJson();
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test('carries the reasons for accepted risks', () => {
    const props = { image: 'payments:latest', port: 3000, health: Health.http({ readiness: '/r' }), accept: [Risk.movingImageTag('a demo')] };
    expect(planned(props).plan.toJson().warnings).toEqual([expect.objectContaining({ id: 'moving-image-tag', acceptedBecause: 'a demo' })]);
  });
});

test('a plan without a namespace names none', () => {
  const props = { image: 'payments:1', port: 3000, health: Health.http({ readiness: '/r' }) };
  const { plan } = planService({ name: 'payments', path: 'payments', props });
  expect(plan.namespace).toBeUndefined();
  expect(plan.explain().split('\n')[0]).toBe('payments, Kubernetes 1.30');
});

test('the same declaration makes the same plan', () => {
  expect(planned().plan.toJson()).toEqual(planned().plan.toJson());
});
