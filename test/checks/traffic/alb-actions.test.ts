import { ingress, service, workload } from './manifests';
import { documents, pathsOf, told } from './told';
import { ALB_ACTION_MISSING } from '../../../src/checks/traffic/alb-action-missing';
import { ALB_FORWARD_WEIGHTS } from '../../../src/checks/traffic/alb-forward-weights';
import { ALB_STICKINESS_INSTANCE } from '../../../src/checks/traffic/alb-stickiness-instance';

const PREFIX = 'alb.ingress.kubernetes.io/';
const ASKING = 'name: split, port: { name: use-annotation }';
const acting = (action: string, { more = '', name = 'split', className = 'alb' } = {}) =>
  ingress('cart', { className, backend: ASKING, annotations: `${PREFIX}actions.${name}: '${action}'${more}` });
const forward = (groups: readonly string[], more = '') => `{"type":"forward","forwardConfig":{"targetGroups":[${groups.join(',')}]${more}}}`;
const group = (name: string, weight?: number) => `{"serviceName":"${name}","servicePort":80${weight === undefined ? '' : `,"weight":${weight}`}}`;
const AT_ACTION = `metadata.annotations["${PREFIX}actions.split"]`;

describe('alb-action-missing', () => {
  test('tells the action, and those that there are', () => {
    expect(told(ALB_ACTION_MISSING, documents(workload('cart'), acting('{"type":"redirect"}', { name: 'other' })))).toEqual([{
      object: 'Ingress shop/cart',
      path: 'spec.rules[0].http.paths[0].backend.service.name',
      message: 'the backend split has the port use-annotation, but no annotation actions.split declares it, so the controller changes nothing',
      actual: 'other',
      required: 'actions.split',
      fix: `add the annotation ${PREFIX}actions.split, or name the port of a Service`,
    }]);
    expect(told(ALB_ACTION_MISSING, documents(workload('cart'), ingress('cart', { className: 'alb', backend: ASKING }))).map(({ actual }) => actual))
      .toEqual(['no actions annotation']);
  });

  test.each(['{"type":"forward"', '["forward"]', 'forward'])('an action that is no JSON object is told: %s', (text) => {
    expect(told(ALB_ACTION_MISSING, acting(text))).toEqual([{
      object: 'Ingress shop/cart',
      path: AT_ACTION,
      message: 'the annotation actions.split is no JSON object, so the controller changes nothing',
      actual: undefined,
      required: undefined,
      fix: 'write a JSON object with "type", for example {"type": "forward", "forwardConfig": {"targetGroups": []}}',
    }]);
  });

  test('Argo Rollouts writes the action of its root Service, or of its stable one, into the Ingress that it names', () => {
    const rollout = (alb: string) => workload('cart', { kind: 'Rollout', spec: `strategy: { canary: { stableService: split, trafficRouting: { alb: { ${alb} } } } }` });
    const found = (alb: string) => told(ALB_ACTION_MISSING, documents(rollout(alb), ingress('cart', { className: 'alb', backend: ASKING }))).length;
    expect([found('ingress: cart'), found('ingress: cart, rootService: split'), found('ingresses: [mail, cart]')]).toEqual([0, 0, 0]);
    expect([found('ingress: mail'), found('ingress: cart, rootService: other')]).toEqual([1, 1]);
  });

  test.each([
    ['an action that is declared', documents(workload('cart'), acting('{"type":"redirect"}'))],
    ['the port of a Service', documents(workload('cart'), ingress('cart', { className: 'alb' }))],
    ['another controller', documents(workload('cart'), ingress('cart', { className: 'nginx', backend: ASKING }))],
    ['an Ingress that is read without any workload', ingress('cart', { className: 'alb', backend: ASKING })],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(ALB_ACTION_MISSING, yaml)).toEqual([]);
  });
});

describe('alb-forward-weights', () => {
  const FIX = 'write a weight from 0 to 999 for each target group, for example 100 and 0';

  test.each([
    ['a group without a weight', [group('a', 90), group('b')],
      { message: 'a target group of the action split has no weight among several, so the controller changes nothing', actual: '90, none', required: 'weights', fix: FIX }],
    ['a weight above 999', [group('a', 1000), group('b', 0)],
      { message: 'the action split has a weight that AWS refuses', actual: '1000, 0', required: '0 to 999', fix: FIX }],
    ['a weight below 0', [group('a', 1), group('b', -1)],
      { message: 'the action split has a weight that AWS refuses', actual: '1, -1', required: '0 to 999', fix: FIX }],
    ['weights that are all 0', [group('a', 0), group('b', 0)],
      { message: 'all target groups of the action split have the weight 0, so its requests are answered with 503', actual: '0, 0', required: '> 0', fix: FIX }],
    ['a sixth group', 'abcdef'.split('').map((name) => group(name, 1)),
      { message: 'the action split forwards to 6 target groups, so AWS refuses the rule', actual: '6', required: '≤ 5', fix: 'forward to at most 5 target groups' }],
  ])('tells %s', (_case, groups, said) => {
    expect(told(ALB_FORWARD_WEIGHTS, acting(forward(groups)))).toEqual([{ object: 'Ingress shop/cart', path: AT_ACTION, ...said }]);
  });

  test.each([
    ['two weights', forward([group('a', 999), group('b', 0)])],
    ['five groups', forward('abcde'.split('').map((name) => group(name, 1)))],
    ['a lone group, which needs no weight', forward([group('a')])],
    ['an action that forwards nothing', '{"type":"redirect"}'],
    ['a text that is no JSON, which another rule tells', 'forward'],
    ['a target group by its ARN, which is no Service', forward(['{"targetGroupARN":"arn","weight":1}', group('b', 0)])],
    ['groups that are no JSON objects', forward(['null'])],
  ])('is silent for %s', (_case, action) => {
    expect(told(ALB_FORWARD_WEIGHTS, acting(action))).toEqual([]);
  });
});

describe('alb-stickiness-instance', () => {
  const STICKY = `, ${PREFIX}target-group-attributes: stickiness.enabled=true`;
  const TO_PODS = `, ${PREFIX}target-type: ip`;
  const HELD = ',"targetGroupStickinessConfig":{"enabled":true,"durationSeconds":600}';
  const both = (held: string, more: string) => documents(service('a'), service('b'), acting(forward([group('a', 9), group('b', 1)], held), { more }));

  test('tells a rule that is not sticky while its groups are', () => {
    expect(told(ALB_STICKINESS_INSTANCE, both('', `${STICKY}${TO_PODS}`))).toEqual([{
      object: 'Ingress shop/cart',
      path: AT_ACTION,
      message: 'the action split divides requests between 2 target groups of which a is sticky, but is not sticky itself, so AWS refuses the rule',
      actual: undefined,
      required: 'targetGroupStickinessConfig.enabled true',
      fix: 'add "targetGroupStickinessConfig": {"enabled": true, "durationSeconds": 600} to forwardConfig',
    }]);
  });

  test('tells a group that is sticky to nodes', () => {
    expect(told(ALB_STICKINESS_INSTANCE, both(HELD, STICKY))).toEqual([{
      object: 'Ingress shop/cart',
      path: AT_ACTION,
      message: 'the target group of Service a is sticky, but its targets are nodes, so a client does not stay with a pod',
      actual: 'target-type instance',
      required: 'target-type ip',
      fix: 'set the annotation alb.ingress.kubernetes.io/target-type to ip',
    }]);
  });

  test('the annotations of a Service take the place of those of the Ingress', () => {
    const sticky = service('b', { annotations: `${PREFIX}target-group-attributes: stickiness.enabled=true, ${PREFIX}target-type: ip` });
    const found = (held: string) => pathsOf(ALB_STICKINESS_INSTANCE, documents(service('a'), sticky, acting(forward([group('a', 9), group('b', 1)], held))));
    expect(found('')).toEqual([`Ingress shop/cart ${AT_ACTION}`]);
    expect(found(HELD)).toEqual([]);
  });

  test.each([
    ['a sticky rule with groups of pods', both(HELD, `${STICKY}${TO_PODS}`)],
    ['groups that are not sticky', both('', TO_PODS)],
    ['a lone group', documents(service('a'), acting(forward([group('a')]), { more: `${STICKY}${TO_PODS}` }))],
    ['Services that are not read', acting(forward([group('a', 9), group('b', 1)]), { more: STICKY })],
  ])('is silent for %s', (_case, yaml) => {
    expect(told(ALB_STICKINESS_INSTANCE, yaml)).toEqual([]);
  });
});
