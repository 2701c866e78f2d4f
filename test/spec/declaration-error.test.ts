import { inspect } from 'util';
import { planService } from '../../src/plan/plan-service';
import { DeclarationError, refuse } from '../../src/spec/declaration-error';
import { Pods } from '../../src/spec/pods';
import { errorOf, MINIMAL, planned } from '../plan/declare';

const framesOf = (error: Error) => error.stack!.split('\n').filter((line) => /^\s+at /.test(line));

describe('the message', () => {
  test('of one problem is one line with the path', () => {
    expect(new DeclarationError(['port 0 is bad'], 'app/payments').message).toBe('[app/payments] port 0 is bad');
  });

  test('of one problem without a path is the problem', () => {
    expect(new DeclarationError(['port 0 is bad']).message).toBe('port 0 is bad');
  });

  test('of several problems is a list under the path', () => {
    expect(new DeclarationError(['a', 'b'], 'app/payments').message).toBe('[app/payments] 2 problems in the declaration:\n  - a\n  - b');
  });

  test('of several problems without a path is a list', () => {
    expect(new DeclarationError(['a', 'b']).message).toBe('2 problems in the declaration:\n  - a\n  - b');
  });
});

describe('the stack', () => {
  test('of a value refused where it is given holds the one line that gave it', () => {
    const error = errorOf(() => Pods.count(-1));
    expect(framesOf(error)).toHaveLength(1);
    expect(framesOf(error)[0]).toContain('declaration-error.test.ts');
  });

  test('of a declaration that cannot be planned holds the one line that declared it', () => {
    const error = errorOf(() => planService({ name: 'payments', path: 'payments', props: { ...MINIMAL, port: 0 } }));
    expect(framesOf(error)).toHaveLength(1);
    expect(framesOf(error)[0]).toContain('declaration-error.test.ts');
  });

  test('holds no frame inside the library, of Node or of a dependency', () => {
    for (const error of [errorOf(() => planned({ port: 0 })), errorOf(() => Pods.count(-1))]) {
      expect(error.stack).not.toMatch(/[\\/]src[\\/]|node:|node_modules/);
    }
  });

  test('begins with the name and the message', () => {
    const error = errorOf(() => planned({ port: 0 }));
    expect(error.stack!.split('\n')[0]).toBe('DeclarationError: [app/payments] port 0 must be a whole number from 1 to 65535');
  });
});

describe('the problems', () => {
  test('are not enumerable, so that Node tells them once', () => {
    const error = new DeclarationError(['port 0 is bad', 'image is bad'], 'payments');
    expect(Object.keys(error)).not.toContain('problems');
    expect(inspect(error).match(/port 0 is bad/g)).toHaveLength(1);
  });

  test('are those that were given, in order', () => {
    expect(new DeclarationError(['b', 'a']).problems).toEqual(['b', 'a']);
  });
});

test('the error is an Error with a name of its own', () => {
  const error = errorOf(() => refuse('no'));
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('DeclarationError');
  expect(error.problems).toEqual(['no']);
});
