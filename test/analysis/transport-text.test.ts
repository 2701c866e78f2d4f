import { isCertificateFault, transportText } from '../../src/analysis/transport-text';

const coded = (code: string) => Object.assign(new Error('it says Bearer hunter2'), { code });
const failed = (cause: unknown) => new TypeError('fetch failed', { cause });

test.each([
  ['ECONNREFUSED', 'nothing listens there (ECONNREFUSED)'], ['ENOTFOUND', 'its name is not known (ENOTFOUND)'], ['EAI_AGAIN', 'its name could not be resolved (EAI_AGAIN)'], ['UND_ERR_UNHEARD', 'UND_ERR_UNHEARD'],
])('%s is told as %s', (code, text) => {
  const errors = [coded(code), failed(coded(code)), failed(new AggregateError([coded(code)]))];
  expect(errors.map(transportText)).toEqual([text, text, text]);
});

test.each([[new Error('Bearer hunter2')], [failed('hunter2')], [failed(coded('hunter2 is no code'))], [undefined], ['hunter2']])('of an error without a code nothing is told', (error) => {
  expect(transportText(error)).toBe('no reason is known');
});

test.each([
  ['CERT_HAS_EXPIRED', true], ['SELF_SIGNED_CERT_IN_CHAIN', true], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true], ['ERR_TLS_CERT_ALTNAME_INVALID', true], ['ECONNRESET', false], ['ERR_SSL_WRONG_VERSION_NUMBER', false],
])('%s is a fault of the certificate: %s', (code, isOne) => {
  expect(isCertificateFault(failed(coded(code)))).toBe(isOne);
});
