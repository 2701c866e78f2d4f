import { parser } from './checking';
import { millisecondsOf, sessionAfter, type Session } from '../../src/migrations/session';

const START: Session = { transaction: 'none', isUtc: false };

function after(sql: string, session = START): Session {
  return parser().parse(sql).reduce(sessionAfter, session);
}

describe('a session', () => {
  test.each([
    ['BEGIN', { transaction: 'script' }],
    ['START TRANSACTION', { transaction: 'script' }],
    ['BEGIN; COMMIT', { transaction: 'none' }],
    ['BEGIN; ROLLBACK', { transaction: 'none' }],
    ['BEGIN; SAVEPOINT a; ROLLBACK TO a', { transaction: 'script' }],
    ['SET lock_timeout = 100', { lockTimeout: 100 }],
    ['SET lock_timeout TO \'3s\'', { lockTimeout: 3000 }],
    ['SET lock_timeout = \'3s\'; RESET lock_timeout', { lockTimeout: undefined }],
    ['SET statement_timeout = \'1min\'', { statementTimeout: 60_000 }],
    ['SET TIME ZONE \'UTC\'', { isUtc: true }],
    ['SET timezone = \'Europe/Paris\'', { isUtc: false }],
    ['SELECT set_config(\'lock_timeout\', \'5s\', false)', { lockTimeout: 5000 }],
    ['BEGIN; SET LOCAL lock_timeout = 7', { lockTimeout: 7 }],
    ['SET lock_timeout = 9; BEGIN; SET LOCAL lock_timeout = 7; COMMIT', { lockTimeout: 9 }],
    ['SET search_path = other', { transaction: 'none', isUtc: false }],
  ])('after %s', (sql, expected) => {
    expect(after(sql)).toMatchObject(expected);
  });

  test('in a transaction of the tool does not open another', () => {
    expect(after('BEGIN', { ...START, transaction: 'runner' }).transaction).toBe('runner');
  });
});

test.each([['5', 5], ['2s', 2000], ['1.5s', 1500], ['3 min', 180_000], ['1h', 3_600_000], ['1d', 86_400_000], [7, 7], ['soon', undefined], [undefined, undefined]])(
  '%j is %j milliseconds', (text, milliseconds) => {
    expect(millisecondsOf(text)).toBe(milliseconds);
  });
