import { refusalOf } from '../../src/expand-contract/run/refusal';

const told = (properties: object) => Object.assign(new Error('told'), properties);

test.each(['42P01', '53100', 'P0001', '53ZD1'])('what a server tells with SQLSTATE %s is a refusal', (code) => {
  expect(refusalOf(told({ code, severity: 'ERROR', hint: 'look there' }))).toEqual({ code, message: 'told', hint: 'look there' });
});

test.each(['57P01', '57P02', '57P03', '08006'])('with SQLSTATE %s the connection is gone, and nobody knows what was done', (code) => {
  expect(refusalOf(told({ code, severity: 'FATAL' }))).toBeUndefined();
});

test.each(['EPIPE', 'EPERM', 'EBUSY', 'ECONNRESET', undefined])('what a socket or a driver tells with %s is no refusal, though it may look like a SQLSTATE', (code) => {
  expect(refusalOf(told({ code, syscall: 'write' }))).toBeUndefined();
});
