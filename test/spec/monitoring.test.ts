import { Monitoring } from '../../src/spec/monitoring';
import { refusalOf, seconds } from '../plan/declare';

const FIELD = 'Monitoring.prometheusOperator';

test.each([95, 99.9, 99.999])('a target of %d %% can be watched', (availabilityTarget) => {
  expect(Monitoring.prometheusOperator({ availabilityTarget })._spec.availabilityTarget).toBe(availabilityTarget);
});

test.each([0, 94.999, 99.9991, 100, NaN, Infinity])('a target of %d %% cannot', (availabilityTarget) => {
  expect(refusalOf(() => Monitoring.prometheusOperator({ availabilityTarget })))
    .toBe(`${FIELD} availabilityTarget ${availabilityTarget} must be from 95 to 99.999, in percent`);
});

test('an approval may take from a minute to a week', () => {
  expect(refusalOf(() => Monitoring.prometheusOperator({ approvalWithin: seconds(59) }))).toBe(`${FIELD} approvalWithin 59s must be from 60s to 604800s`);
  expect(refusalOf(() => Monitoring.prometheusOperator({ approvalWithin: seconds(604_801) }))).toContain('from 60s to 604800s');
  expect(Monitoring.prometheusOperator({ approvalWithin: seconds(60) })._spec.approvalWithin).toEqual({ seconds: 60, isDefault: false });
});

test.each([
  [{ 'app.kubernetes.io/name': 'x' }, `${FIELD} labels app.kubernetes.io/name cannot be given: the library sets it`],
  [{ 'a b': 'x' }, `${FIELD} labels "a b" must be at most 63 letters, digits, '-', '_' or '.', with an optional DNS prefix and '/'`],
  [{ a: '}"x' }, `${FIELD} labels "a" "}\\"x" must be at most 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit`],
])('the labels %j are refused', (labels, message) => {
  expect(refusalOf(() => Monitoring.prometheusOperator({ labels: labels as never }))).toBe(message);
});

test.each(['javascript:alert(1)', '/runbook', 'http://user:secret@example.com/'])('%s is no page that tells what to do', (runbookUrl) => {
  expect(refusalOf(() => Monitoring.prometheusOperator({ runbookUrl }))).toContain(`${FIELD} runbookUrl`);
});

test.each(['https://example.com/{{.Labels.x}}', 'https://example.com/#part'])('%s is refused, because something else is put there', (runbookUrl) => {
  expect(refusalOf(() => Monitoring.prometheusOperator({ runbookUrl }))).toContain('must hold neither a fragment');
});
