import { jsonPointerOf } from '../../src/pipeline/json-pointer';

test.each([
  ['.spec.replicas', '/spec/replicas'],
  ['.spec.behavior.scaleDown.selectPolicy', '/spec/behavior/scaleDown/selectPolicy'],
  ['.metadata.annotations["alb.ingress.kubernetes.io/actions.payments"]', '/metadata/annotations/alb.ingress.kubernetes.io~1actions.payments'],
  ['.metadata.annotations["a~b"]', '/metadata/annotations/a~0b'],
])('%s is %s', (jqPath, pointer) => {
  expect(jsonPointerOf(jqPath)).toBe(pointer);
});

test.each([
  ['.spec.http[] | select(.name == "primary") | .route[].weight', '/spec/http'],
  ['.spec.rules[].backendRefs[].weight', '/spec/rules'],
  ['.spec.subsets[] | select(.name == "stable") | .labels["rollouts-pod-template-hash"]', '/spec/subsets'],
])('%s is the whole list, because an element without a weight would be written', (jqPath, pointer) => {
  expect(jsonPointerOf(jqPath)).toBe(pointer);
});

test('a label of a selector is the whole selector, which server-side apply takes in one piece', () => {
  expect(jsonPointerOf('.spec.selector["rollouts-pod-template-hash"]')).toBe('/spec/selector');
});
