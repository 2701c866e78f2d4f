import { subjectIn } from './subject';
import { suppositionsOf, type OpenQuestion } from '../../../src/verify/model/alternatives';
import { openQuestionsOf } from '../../../src/verify/model/open-questions';
import { albIngress, GATED, inside, namespace, type Changes } from '../verdicts/manifests';
import type { Asked } from '../verdicts/verified';

function questions(changes: Changes = {}, asked: Asked = {}): readonly OpenQuestion[] {
  return openQuestionsOf(subjectIn(inside(changes), asked));
}

describe('what is left open', () => {
  test.each([
    ['what the program does', {}, {}, [{ key: 'shutdown', values: ['drains', 'exits-at-once'] }]],
    ['nothing where it is said', {}, { assume: { shutdown: 'drains' } }, []],
    ['the length of a hook, from none to the best', { preStop: '{ exec: { command: [/stop] } }' }, { assume: { shutdown: 'drains' } }, [{ key: 'pre-stop-seconds', values: [0, 19] }]],
    ['nothing of a hook where its length is said', { preStop: '{ exec: { command: [/stop] } }' }, { assume: { 'shutdown': 'drains', 'pre-stop-seconds': 5 } }, []],
    ['the kind of sidecar', { others: [namespace('{ istio-injection: enabled }')] }, { assume: { shutdown: 'drains' } }, [{ key: 'istio-sidecar', values: ['native', 'legacy'] }]],
    ['readiness gates', { others: [albIngress(30)] }, { assume: { shutdown: 'drains' } }, [{ key: 'readiness-gates', values: ['injected', 'absent'] }]],
    ['no gates where the Namespace is there', { others: [albIngress(30), GATED] }, { assume: { shutdown: 'drains' } }, []],
  ] as const)('%s', (_, changes, asked, expected) => {
    expect(questions(changes, asked)).toEqual(expected);
  });

  test('is supposed in every combination', () => {
    const combinations = suppositionsOf([{ key: 'a', values: [1, 2] }, { key: 'b', values: ['x', 'y'] }]);
    expect(combinations.map((each) => Object.fromEntries(each))).toEqual([{ a: 1, b: 'x' }, { a: 1, b: 'y' }, { a: 2, b: 'x' }, { a: 2, b: 'y' }]);
    expect(suppositionsOf([])).toEqual([new Map()]);
  });
});
