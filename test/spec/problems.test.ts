import { Problems } from '../../src/spec/problems';

test('problems are kept in order, each once, and nothing is no problem', () => {
  const problems = new Problems();
  ['b', undefined, 'a', 'b'].forEach((problem) => problems.add(problem));
  expect(problems.all).toEqual(['b', 'a']);
});

test('there are none at first', () => {
  expect(new Problems().all).toEqual([]);
});
