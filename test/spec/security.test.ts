import { HOSTILE, expectReadable } from './hostile';
import { Security } from '../../src/spec/security';
import { refusalOf } from '../plan/declare';

describe('Security.restricted addCapabilities', () => {
  const add = (...addCapabilities: string[]) => Security.restricted({ addCapabilities });

  test('may be none, or the one that the restricted standard allows', () => {
    expect(() => add()).not.toThrow();
    expect(() => add('NET_BIND_SERVICE')).not.toThrow();
  });

  test.each(['', 'NET_ADMIN', 'ALL', 'CAP_NET_BIND_SERVICE', 'net_bind_service', 'NET_BIND_SERVICE '])('may not be %j', (capability) => {
    const problem = `Security.restricted addCapabilities ${JSON.stringify(capability)} must be NET_BIND_SERVICE; Security.unrestricted() drops none`;
    expect(refusalOf(() => add(capability))).toBe(problem);
    expect(refusalOf(() => add('NET_BIND_SERVICE', capability))).toBe(problem);
  });

  test.each(HOSTILE)('of %s is refused in one readable line', (_, capability) => {
    expectReadable(refusalOf(() => add(capability)));
  });
});
