import { expectReadable, HOSTILE } from './hostile';
import { KedaMetricType, KedaTrigger } from '../../src/spec/keda-trigger';
import { refusalOf } from '../plan/declare';

const SQS = { queueURL: 'https://sqs.eu-central-1.amazonaws.com/1/orders', queueLength: '5' };
const PROMETHEUS = { serverAddress: 'http://prometheus:9090', query: 'sum(rate(requests_total[1m]))', threshold: 100 };
const other = (metadata: Record<string, string>) => KedaTrigger.of('aws-sqs-queue', metadata);

test('the resources of the pods are a share of what is reserved', () => {
  expect(KedaTrigger.cpu(70)._spec).toEqual({ type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } });
  expect(KedaTrigger.memory(1000)._spec).toEqual({ type: 'memory', metricType: 'Utilization', metadata: { value: '1000' } });
});

test.each([0, 1001, 7.5, Number.NaN])('a share of %p percent is refused', (percent) => {
  expect(refusalOf(() => KedaTrigger.cpu(percent))).toBe(`KedaTrigger.cpu percent ${percent} must be a whole number from 1 to 1000`);
});

test('a query of Prometheus keeps every character', () => {
  const query = 'sum(rate(requests_total{path=~"/a\\\\.b|\'c\'", app="payments"}[1m])) # ${x}\n or vector(0)';
  expect(KedaTrigger.prometheus({ ...PROMETHEUS, query, threshold: 0.5 })._spec)
    .toMatchObject({ type: 'prometheus', metricType: 'AverageValue', metadata: { serverAddress: 'http://prometheus:9090', query, threshold: '0.5' } });
});

test.each([0, -1, Number.NaN, Infinity])('a threshold of %p is refused', (threshold) => {
  expect(refusalOf(() => KedaTrigger.prometheus({ ...PROMETHEUS, threshold })))
    .toBe(`KedaTrigger.prometheus threshold ${threshold} must be a number above zero`);
});

test.each(['prometheus:9090', 'ftp://prometheus', ''])('%p is no address of Prometheus', (serverAddress) => {
  expect(refusalOf(() => KedaTrigger.prometheus({ ...PROMETHEUS, serverAddress }))).toContain('must be an address that starts with http:// or https://');
});

test('an empty query is refused', () => {
  expect(refusalOf(() => KedaTrigger.prometheus({ ...PROMETHEUS, query: ' ' }))).toBe('KedaTrigger.prometheus query must not be empty');
});

test('any other scaler takes its own settings, and credentials by reference', () => {
  const trigger = KedaTrigger.of('aws-sqs-queue', SQS, {
    name: 'orders', metricType: KedaMetricType.VALUE, authenticationRef: { name: 'keda.aws', clusterWide: true },
  });
  expect(trigger._spec).toMatchObject({
    type: 'aws-sqs-queue', name: 'orders', metricType: 'Value', metadata: SQS, authenticationRef: { name: 'keda.aws', kind: 'ClusterTriggerAuthentication' },
  });
});

test('settings given later do not reach a trigger that was made before', () => {
  const metadata: Record<string, string> = { ...SQS };
  const trigger = other(metadata);
  metadata.queueLength = '1';
  expect(trigger._spec.metadata.queueLength).toBe('5');
});

test.each(['cpu', 'memory'])('%s is given by its own factory, which knows its target', (type) => {
  expect(refusalOf(() => KedaTrigger.of(type, { value: '70' }))).toBe(`KedaTrigger.of takes no "${type}"; use KedaTrigger.${type}(percent)`);
});

describe.each(HOSTILE)('%s', (_, text) => {
  test.each<[string, () => unknown]>([
    ['KedaTrigger type', () => KedaTrigger.of(text, SQS)],
    ['KedaTrigger name', () => KedaTrigger.of('redis', SQS, { name: text })],
    ['KedaTrigger authenticationRef name', () => KedaTrigger.of('redis', SQS, { authenticationRef: { name: text } })],
    ['KedaTrigger "aws-sqs-queue" metadata', () => other({ [text]: '1' })],
  ])('are refused as %s', (field, give) => {
    const told = refusalOf(give);
    expect(told.startsWith(field)).toBe(true);
    expectReadable(told);
  });
});

test('a scaler without settings is refused', () => {
  expect(refusalOf(() => other({}))).toBe('KedaTrigger "aws-sqs-queue" metadata must hold the scaler\'s settings');
});

test('a setting that is not a text, or holds control characters, is refused', () => {
  expect(refusalOf(() => other({ queueLength: 5 as never }))).toContain('must be a text without control characters');
  expect(refusalOf(() => other({ queueLength: '5\u0000' }))).toContain('must be a text without control characters');
});

test.each(['password', 'redisPassword', 'sasToken', 'apiKey', 'api_key', 'awsSecretAccessKey', 'connection', 'connectionString', 'clientSecret'])(
  'the credential %s is refused, and its value is not told', (key) => {
    const told = refusalOf(() => other({ [key]: 'hunter2' }));
    expect(told).toContain(`metadata "${key}" may hold a credential`);
    expect(told).not.toContain('hunter2');
  });

test('a password inside an address is refused, and not told', () => {
  const told = refusalOf(() => other({ host: 'amqp://user:hunter2@rabbit:5672/vhost' }));
  expect(told).toContain('metadata "host" may hold a credential');
  expect(told).not.toContain('hunter2');
});

test('the name of a variable that holds a credential is none', () => {
  expect(other({ passwordFromEnv: 'REDIS_PASSWORD' })._spec.metadata).toEqual({ passwordFromEnv: 'REDIS_PASSWORD' });
});

test('a query for the old version needs one to replace', () => {
  expect(refusalOf(() => KedaTrigger.of('redis', { listName: 'a' }, { primaryQuery: 'up' })))
    .toBe('KedaTrigger "redis" has a primaryQuery but no query that it would replace; leave it out');
  expect(refusalOf(() => KedaTrigger.prometheus({ ...PROMETHEUS, primaryQuery: '' }))).toBe('KedaTrigger "prometheus" primaryQuery must not be empty');
});
