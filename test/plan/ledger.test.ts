import { literal, named } from '../../src/plan/amount';
import { atLeast, atMost, lessThan, moreThan } from '../../src/plan/bound';
import { Ledger, Question } from '../../src/plan/ledger';
import { Problems } from '../../src/spec/problems';
import { Risk } from '../../src/spec/risk';

const REASON = { because: 'it breaks', source: 'a test' };

/** Decides one number and tells what became of it. */
function decide(question: Omit<Question, 'name' | 'unit'>) {
  const problems = new Problems();
  const ledger = new Ledger(problems, []);
  const { value, text } = ledger.decide({ name: 'wait', unit: 's', ...question });
  return { value, text, origin: ledger.decisions[0].origin, problems: problems.all };
}

describe('a decision', () => {
  test('is the smallest value that every lower bound allows', () => {
    const bounds = [atLeast(literal(3, 's'), REASON), moreThan(literal(7, 's'), REASON), atMost(literal(20, 's'), REASON)];
    expect(decide({ bounds })).toEqual({ value: 8, text: 'wait 8s', origin: 'derived', problems: [] });
  });

  test('is the customary value where the bounds allow it', () => {
    const bounds = [atLeast(literal(3, 's'), REASON), atMost(literal(20, 's'), REASON)];
    expect(decide({ bounds, preferred: 10 })).toMatchObject({ value: 10, origin: 'preferred', problems: [] });
  });

  test('is the lower bound where the customary value is below it', () => {
    expect(decide({ bounds: [atLeast(literal(30, 's'), REASON)], preferred: 10 })).toMatchObject({ value: 30, origin: 'derived' });
  });

  test('is derived where the customary value is the lower bound itself', () => {
    expect(decide({ bounds: [atLeast(literal(10, 's'), REASON)], preferred: 10 })).toMatchObject({ value: 10, origin: 'derived' });
  });

  test('is the upper bound where the customary value is above it', () => {
    expect(decide({ bounds: [atLeast(literal(1, 's'), REASON), lessThan(literal(8, 's'), REASON)], preferred: 10 }))
      .toMatchObject({ value: 7, origin: 'derived', problems: [] });
  });

  test('is preferred where the customary value is the upper bound itself', () => {
    const bounds = [atLeast(literal(1, 's'), REASON), atMost(literal(10, 's'), REASON)];
    expect(decide({ bounds, preferred: 10 })).toMatchObject({ value: 10, origin: 'preferred', problems: [] });
  });

  test('is the user\'s value, which is never changed, even where it is refused', () => {
    const bounds = [atLeast(named('a', 5, 's'), REASON)];
    expect(decide({ bounds, override: 9 })).toEqual({ value: 9, text: 'wait 9s', origin: 'overridden', problems: [] });
    expect(decide({ bounds, override: 4 })).toEqual({
      value: 4, text: 'wait 4s', origin: 'overridden', problems: ['wait 4s must be at least a 5s; give it 5s or more, or leave it out'],
    });
  });

  test('is declared where the user\'s value states a fact', () => {
    expect(decide({ bounds: [], override: 9, isFact: true }).origin).toBe('declared');
  });

  test('is refused under the user\'s word for it', () => {
    expect(decide({ bounds: [atLeast(named('a', 5, 's'), REASON)], override: 4, field: 'Wait.at least' }).problems)
      .toEqual(['Wait.at least 4s must be at least a 5s; give it 5s or more, or leave it out']);
  });

  test('is refused for the hardest bound of those that it breaks', () => {
    const bounds = [5, 9, 7].map((limit) => atLeast(named('a', limit, 's'), REASON));
    expect(decide({ bounds, override: 4 }).problems).toEqual(['wait 4s must be at least a 9s; give it 9s or more, or leave it out']);
  });

  test.each([[1.5, '1.5s'], [NaN, 'NaNs'], [Infinity, 'Infinitys'], [-0.5, '-0.5s']])('is refused at %d, which is no whole number, and what follows is planned from the smallest sound value', (override, shown) => {
    const bounds = [atLeast(named('a', 1, 's'), REASON), atMost(named('b', 5, 's'), REASON)];
    expect(decide({ bounds, override })).toMatchObject({ value: 1, origin: 'overridden', problems: [`wait ${shown} must be a whole number`] });
    expect(decide({ bounds: [], override, isFact: true }).problems).toEqual([`wait ${shown} must be a whole number`]);
    expect(decide({ bounds, override, field: 'Wait.at least' }).problems).toEqual([`Wait.at least ${shown} must be a whole number`]);
  });

  describe('is a contradiction where no value satisfies both sides', () => {
    const bounds = [atLeast(named('a', 9, 's'), REASON), atMost(named('b', 5, 's'), { ...REASON, remedy: 'raise b' }), lessThan(named('c', 7, 's'), REASON)];
    const problems = ['wait 9s (a 9s) must be at most b 5s; raise b'];

    test('of the smallest value', () => {
      expect(decide({ bounds })).toMatchObject({ value: 9, origin: 'derived', problems });
    });

    test.each([0, 5, 6, 7, 8, 9, 10])('told once and the same where the user gives %d, whose value is kept', (override) => {
      expect(decide({ bounds, override })).toMatchObject({ value: override, origin: 'overridden', problems });
    });
  });

  test('is no contradiction where the sides meet in one value', () => {
    const bounds = [atLeast(named('a', 5, 's'), REASON), atMost(named('b', 5, 's'), REASON)];
    expect(decide({ bounds, override: 5 }).problems).toEqual([]);
    expect(decide({ bounds, override: 4 }).problems).toEqual(['wait 4s must be at least a 5s; give it 5s or more, or leave it out']);
    expect(decide({ bounds, override: 6 }).problems).toEqual(['wait 6s must be at most b 5s; give it 5s or less, or leave it out']);
  });
});

describe('a statement', () => {
  test('carries its origin before its bounds', () => {
    const ledger = new Ledger(new Problems(), []);
    ledger.state('pods', literal(3, 'pods'), 'pods', REASON, [atMost(literal(4, 'pods'), REASON)]);
    expect(ledger.decisions[0].inequalities.map(({ relation, expression }) => `${relation} ${expression}`)).toEqual(['= 3 pods', '≤ 4 pods']);
  });

  test('is refused for every bound that it breaks', () => {
    const problems = new Problems();
    const bounds = [atMost(named('a', 2, 'pods'), { ...REASON, remedy: 'take one away' }), lessThan(named('b', 3, 'pods'), REASON)];
    new Ledger(problems, []).state('pods', { value: 3, text: '1 + 2', isCompound: true }, 'pods', REASON, bounds);
    expect(problems.all).toEqual([
      'pods 1 + 2 = 3 pods must be at most a 2 pods; take one away', 'pods 1 + 2 = 3 pods must be less than b 3 pods',
    ]);
  });
});

test('a warning carries the reason of the risk with its name', () => {
  const ledger = new Ledger(new Problems(), [Risk.sameProbe('one'), Risk.movingImageTag('two')]);
  ledger.warn('moving-image-tag', 'a text');
  ledger.warn('literal-secret', 'a text');
  expect(ledger.warnings.map(({ acceptedBecause }) => acceptedBecause)).toEqual(['two', undefined]);
});

test('of two reasons for the same risk the first counts', () => {
  expect(new Ledger(new Problems(), [Risk.sameProbe('one'), Risk.sameProbe('two')]).reasonFor('same-probe')).toBe('one');
});
