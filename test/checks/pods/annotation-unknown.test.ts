import { ANNOTATION_UNKNOWN } from '../../../src/checks/pods/annotation-unknown';
import { checked } from '../../support/checked';

const found = (annotations: string, kind = 'ConfigMap') =>
  checked(`apiVersion: v1\nkind: ${kind}\nmetadata: { name: a, annotations: { ${annotations} } }\n`, { rules: [ANNOTATION_UNKNOWN] });

test.each([
  ['an assumption', 'zero-downtime/shutdown: drains'],
  ['a bound of one way in', 'zero-downtime/propagation-seconds.istio: "15"'],
  ['a rule that is accepted for a reason', 'zero-downtime/accepted.single-replica: a queue'],
  ['an annotation of somebody else', 'example.com/zero-downtime: maybe'],
  ['none', ''],
])('%s is read', (_, annotations) => {
  expect(found(annotations)).toEqual([]);
});

test.each([
  ['a misspelt assumption', 'zero-downtime/drain-second: "5"', 'annotation zero-downtime/drain-second is read by nothing',
    'remove it, or write zero-downtime/drain-seconds'],
  ['one like nothing else', 'zero-downtime/x: "5"', 'annotation zero-downtime/x is read by nothing', 'remove it'],
  ['a rule that there is not', 'zero-downtime/accepted.single-replicas: a queue', 'annotation zero-downtime/accepted.single-replicas accepts no rule that there is',
    'remove it, or write zero-downtime/accepted.single-replica'],
  ['a rule without a reason', 'zero-downtime/accepted.single-replica: "  "', 'annotation zero-downtime/accepted.single-replica gives no reason, so nothing is accepted',
    'write the reason as its value'],
])('%s is told', (_, annotations, message, fix) => {
  const [{ path, ...finding }, ...others] = found(annotations);
  expect([finding.ruleId, finding.severity, finding.message, finding.fix, others]).toEqual(['annotation-unknown', 'warning', message, fix, []]);
  expect(path).toBe(`metadata.annotations["${annotations.split(':')[0]}"]`);
});

test('of any kind of object', () => {
  expect(found('zero-downtime/x: "5"', 'Anything')).toHaveLength(1);
});
