import { FlaggerWebhook } from '../../../src/spec/rollout/flagger-webhook';
import { refusalOf, seconds } from '../../plan/declare';
import { expectReadable, HOSTILE } from '../hostile';

const url = 'http://flagger-loadtester.test/';
const at = (address: string) => () => FlaggerWebhook.loadTest('load', { url: address });

test.each([
  ['confirm-rollout', FlaggerWebhook.confirmRollout],
  ['pre-rollout', FlaggerWebhook.preRollout],
  ['rollout', FlaggerWebhook.loadTest],
  ['confirm-traffic-increase', FlaggerWebhook.confirmTrafficIncrease],
  ['confirm-promotion', FlaggerWebhook.confirmPromotion],
  ['post-rollout', FlaggerWebhook.postRollout],
  ['rollback', FlaggerWebhook.rollback],
])('%s is Flagger\'s word', (type, make) => {
  expect(make('gate', { url, timeout: seconds(7), metadata: { cmd: 'hey' } }))
    .toMatchObject({ type, name: 'gate', url, timeoutSeconds: 7, metadata: { cmd: 'hey' } });
});

test.each([url, 'https://gate.example.com:8443/path?query=1', 'http://[::1]:80/'])('%s may be called', (address) => {
  expect(at(address)).not.toThrow();
});

test.each(['', 'flagger-loadtester.test', 'ftp://host/', 'javascript:alert(1)', 'http://', 'http://host/\nx', 'http://host/a b'])('%j may not', (address) => {
  expect(refusalOf(at(address))).toBe(
    `FlaggerWebhook "load" url ${JSON.stringify(address)} must be an address that starts with http:// or https://`);
});

test('an address with a password is refused, and the password not told', () => {
  const message = refusalOf(at('http://user:hunter2@host/'));
  expect(message).toBe('FlaggerWebhook "load" url must not hold a user or a password, because manifests are read by many; give a reference to a Secret');
});

test.each(HOSTILE)('%s are no address and no name, and are told readably', (_, text) => {
  expectReadable(refusalOf(at(text)));
  expectReadable(refusalOf(() => FlaggerWebhook.loadTest(text, { url })));
});

test('an answer is awaited from one second to an hour', () => {
  const within = (length: number) => () => FlaggerWebhook.loadTest('load', { url, timeout: seconds(length) });
  expect(within(1)).not.toThrow();
  expect(within(3600)).not.toThrow();
  expect(refusalOf(within(0))).toBe('FlaggerWebhook "load" timeout 0s must be from 1s to 3600s');
  expect(refusalOf(within(3601))).toBe('FlaggerWebhook "load" timeout 3601s must be from 1s to 3600s');
});
