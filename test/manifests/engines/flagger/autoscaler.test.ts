import { KedaTrigger, Replicas, Risk } from 'zero-downtime';
import { canaryOf, specOf } from './flagger';

const AUTOSCALED = Replicas.autoscaled({ min: 4, max: 20 });
const prometheus = (query: string, options: { name?: string; primaryQuery?: string } = {}) =>
  KedaTrigger.prometheus({ serverAddress: 'http://prometheus:9090', threshold: 100, query, ...options });
const keda = (...triggers: KedaTrigger[]) => Replicas.keda({ min: 4, max: 20, triggers });
const referenceOf = (replicas: Replicas) => specOf(canaryOf({}, { replicas })).autoscalerRef;
const queriesOf = (...triggers: KedaTrigger[]) => referenceOf(keda(...triggers)).primaryScalerQueries;

test.each([['fixed', Replicas.fixed(3)], ['autoscaled', AUTOSCALED], ['scaled by KEDA', keda(KedaTrigger.cpu(70))]])(
  'a Deployment whose pods are %s says no number: Flagger holds it at zero between releases', (_, replicas) => {
    expect(canaryOf({}, { replicas }).deployment.spec).not.toHaveProperty('replicas');
  });

describe('a fixed number', () => {
  test('has an autoscaler without room, by which new versions get as many pods', () => {
    const { spec } = canaryOf({}, { replicas: Replicas.fixed(5) }).find('HorizontalPodAutoscaler');
    expect(spec).toEqual({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'payments' }, minReplicas: 5, maxReplicas: 5 });
    expect(referenceOf(Replicas.fixed(5))).toEqual({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'payments' });
  });

  test('may be one, where that is accepted', () => {
    const synthesized = canaryOf({}, { replicas: Replicas.fixed(1), accept: [Risk.singleReplica('a test')] });
    expect(synthesized.find('HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 1, maxReplicas: 1 });
    expect(synthesized.kinds).not.toContain('PodDisruptionBudget');
  });
});

test('the autoscaler is the one of a rolling release, and the Canary names it', () => {
  const { metadata, spec } = canaryOf({}, { replicas: AUTOSCALED }).find('HorizontalPodAutoscaler');
  expect(spec).toMatchObject({ minReplicas: 4, maxReplicas: 20, behavior: { scaleDown: { selectPolicy: 'Max' } } });
  expect(referenceOf(AUTOSCALED)).toEqual({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: metadata.name });
});

describe('KEDA', () => {
  test('has the name of the Deployment, from which Flagger makes that of the copy\'s target', () => {
    const synthesized = canaryOf({}, { replicas: keda(KedaTrigger.cpu(70)) });
    expect(synthesized.find('ScaledObject').metadata.name).toBe(synthesized.deployment.metadata.name);
    expect(referenceOf(keda(KedaTrigger.cpu(70)))).toEqual({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'payments' });
  });

  test('asks of the old version by the declared query', () => {
    expect(queriesOf(prometheus('a', { name: 'requests', primaryQuery: 'b{app="payments-primary"}' }))).toEqual({ requests: 'b{app="payments-primary"}' });
  });

  test('asks every trigger with a query, because Flagger leaves what is not named as it is', () => {
    expect(queriesOf(KedaTrigger.cpu(70), prometheus('up{app="payments"}'), prometheus('a', { name: 'z', primaryQuery: 'b' })))
      .toEqual({ 'trigger-2': 'up{app="payments-primary"}', 'z': 'b' });
  });

  test('has no query to ask where no trigger has one', () => {
    expect(queriesOf(KedaTrigger.cpu(70), KedaTrigger.of('redis', { listName: 'payments', listLength: '5' }))).toBeUndefined();
  });

  test.each([
    ['up{app="payments"}', 'up{app="payments-primary"}'],
    ['up{service="payments-canary"}', 'up{service="payments-primary"}'],
    ['up{pod=~"payments-.*"}', 'up{pod=~"payments-primary-.*"}'],
    ['up{pod=~"payments-[a-z0-9]+-[a-z0-9]{5}"}', 'up{pod=~"payments-primary-[a-z0-9]+-[a-z0-9]{5}"}'],
    ['up{app="payments"} / on() up{app=\'payments\'}', 'up{app="payments-primary"} / on() up{app=\'payments-primary\'}'],
    ['shop_payments_total{app="payments"}', 'shop_payments_total{app="payments-primary"}'],
    ['up{app="payments-db"}', 'up{app="payments-db"}'],
    ['up{app="old-payments"}', 'up{app="old-payments"}'],
    ['payments2{app="mypayments"}', 'payments2{app="mypayments"}'],
    ['up{app="payments-primary"}', 'up{app="payments-primary"}'],
    ['vector(1)', 'vector(1)'],
  ])('makes of %p %p', (query, expected) => {
    expect(queriesOf(prometheus(query))).toEqual({ 'trigger-1': expected });
  });
});
