import { changed, found, messages } from './found';
import { PODS, ROLLOUT, SERVICE } from '../../../src/checks/availability/example-manifests';
import { ROLLOUT_ABORT } from '../../../src/checks/availability/rollout-abort';
import { ROLLOUT_ALB } from '../../../src/checks/availability/rollout-alb';
import { ROLLOUT_ALB_PING_PONG } from '../../../src/checks/availability/rollout-alb-ping-pong';
import { ROLLOUT_DYNAMIC_STABLE_SCALE } from '../../../src/checks/availability/rollout-dynamic-stable-scale';
import { ROLLOUT_SCALE_DOWN_DELAY } from '../../../src/checks/availability/rollout-scale-down-delay';
import { ROLLOUT_SERVICE_MISSING } from '../../../src/checks/availability/rollout-service-missing';
import { ROLLOUT_STEPS } from '../../../src/checks/availability/rollout-steps';
import { ROLLOUT_SURGE_IGNORED } from '../../../src/checks/availability/rollout-surge-ignored';

const albIngress = (annotations: string) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: payments, annotations: ${annotations} }
spec: { ingressClassName: alb, defaultBackend: { service: { name: payments, port: { name: use-annotation } } } }
`;
const rollout = (strategy: string, pods = PODS) => `${SERVICE}${ROLLOUT}\n  replicas: 2\n  strategy: ${strategy}\n  ${pods}\n`;

describe('rollout-service-missing', () => {
  const { passing, failing } = ROLLOUT_SERVICE_MISSING;

  test('names the Service that is not there', () => {
    expect(found(ROLLOUT_SERVICE_MISSING, failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.blueGreen.activeService',
      message: 'activeService payments-active is not among the Services read in namespace default, so Rollout payments releases nothing',
      actual: undefined,
      required: undefined,
      fix: 'add a Service payments-active that selects the Rollout\'s pods',
    }]);
  });

  test('says that one Service cannot be both', () => {
    expect(found(ROLLOUT_SERVICE_MISSING, changed(passing, ['previewService: payments-preview', 'previewService: payments'])).map(({ message, fix }) => [message, fix]))
      .toEqual([['Service payments stands both for the old pods and for the new, so Rollout payments is refused', 'name another Service as previewService']]);
  });

  test.each([
    ['{ canary: { stableService: payments, canaryService: other } }', 'spec.strategy.canary.canaryService'],
    ['{ canary: { pingPong: { pingService: other, pongService: payments } } }', 'spec.strategy.canary.pingPong.pingService'],
  ])('looks at %s', (strategy, path) => {
    expect(found(ROLLOUT_SERVICE_MISSING, rollout(strategy)).map((finding) => finding.path)).toEqual([path]);
  });

  test('is silent of a Service that says no namespace', () => {
    const other = '---\napiVersion: v1\nkind: Service\nmetadata: { name: orders, namespace: shop }\nspec: {}\n';
    const shop: readonly [string, string] = ['kind: Rollout\nmetadata: {', 'kind: Rollout\nmetadata: { namespace: shop,'];
    expect(messages(ROLLOUT_SERVICE_MISSING, changed(passing, shop) + other)).toEqual([]);
    expect(messages(ROLLOUT_SERVICE_MISSING, changed(failing, shop) + other)).toHaveLength(1);
  });

  test('is silent where no Service of the namespace is read', () => {
    expect(messages(ROLLOUT_SERVICE_MISSING, changed(failing, ['kind: Rollout\nmetadata: {', 'kind: Rollout\nmetadata: { namespace: shop,']))).toEqual([]);
  });
});

describe('rollout-scale-down-delay', () => {
  const { passing, failing } = ROLLOUT_SCALE_DOWN_DELAY;
  const delayed = (seconds: number) => changed(failing, ['scaleDownDelaySeconds: 5', `scaleDownDelaySeconds: ${seconds}`]);

  test('counts the preStop sleep', () => {
    expect(found(ROLLOUT_SCALE_DOWN_DELAY, failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.blueGreen.scaleDownDelaySeconds',
      message: 'old pods answer for 5 s after the last requests were shifted and 10 s of preStop, but it takes up to 30 s until nobody sends them any',
      actual: '5 s',
      required: '≥ 20 s',
      fix: 'set scaleDownDelaySeconds to at least 20',
    }]);
  });

  test('flips at one second', () => {
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, delayed(19))).toHaveLength(1);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, delayed(20))).toEqual([]);
  });

  test('takes Argo Rollouts\' 30 s where nothing is written', () => {
    const unwritten = changed(failing, [', scaleDownDelaySeconds: 5', ''], ['          lifecycle: { preStop: { sleep: { seconds: 10 } } }', '']);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, unwritten)).toEqual([]);
    expect(found(ROLLOUT_SCALE_DOWN_DELAY, unwritten, { assume: { 'propagation-seconds.clusterInternal': 31 } }).map(({ actual, required }) => [actual, required]))
      .toEqual([['30 s', '≥ 31 s']]);
  });

  test('is silent where the length of a hook cannot be read', () => {
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, changed(failing, ['{ sleep: { seconds: 10 } }', '{ httpGet: { path: /stop, port: 8080 } }']))).toEqual([]);
  });

  test('takes the way that a router tells of weights', () => {
    const canary = (router: string) => rollout(`{ canary: { scaleDownDelaySeconds: 49, trafficRouting: { ${router} } } }`);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, canary('alb: { ingress: payments, servicePort: 80 }')))
      .toEqual(['old pods answer for 49 s after the last requests were shifted and 10 s of preStop, but it takes up to 60 s until nobody sends them any']);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, changed(canary('alb: { ingress: payments, servicePort: 80 }'), ['Seconds: 49', 'Seconds: 50']))).toEqual([]);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, canary('istio: { virtualService: { name: payments } }'))).toEqual([]);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, canary('smi: {}'), { assume: { 'propagation-seconds.istio': 300 } })).toEqual([]);
  });

  test('asks no more than Argo Rollouts where the targets of an ALB are nodes, which are not dropped with pods', () => {
    const canary = (annotations: string) => changed(rollout('{ canary: { trafficRouting: { alb: { ingress: payments, servicePort: 80 } } } }'),
      ['          lifecycle: { preStop: { sleep: { seconds: 10 } } }', '']) + albIngress(annotations);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, canary('{}'))).toEqual([]);
    expect(found(ROLLOUT_SCALE_DOWN_DELAY, canary('{ alb.ingress.kubernetes.io/target-type: ip }')).map(({ actual, required }) => [actual, required]))
      .toEqual([['30 s', '≥ 60 s']]);
  });

  test('is silent of a canary that shifts nothing by weight', () => {
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, rollout('{ canary: {} }', changed(PODS, ['lifecycle: { preStop: { sleep: { seconds: 10 } } }', 'stdin: false'])))).toEqual([]);
    expect(messages(ROLLOUT_SCALE_DOWN_DELAY, passing)).toEqual([]);
  });
});

describe('rollout-alb', () => {
  const { passing, failing } = ROLLOUT_ALB;
  const ingress = (className: string) => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec: { ingressClassName: ${className}, defaultBackend: { service: { name: payments, port: { number: 80 } } } }
`;

  test('says that ping-pong needs a root Service', () => {
    expect(found(ROLLOUT_ALB, failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.trafficRouting.alb.rootService',
      message: 'Rollout payments has ping-pong with an ALB and no rootService, so it is refused',
      actual: undefined,
      required: undefined,
      fix: 'set trafficRouting.alb.rootService to the Service that the Ingress names',
    }]);
  });

  test('says what a blue-green switch does behind an ALB, and behind nothing else', () => {
    const blueGreen = rollout('{ blueGreen: { activeService: payments } }');
    expect(found(ROLLOUT_ALB, blueGreen + ingress('alb'))).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.blueGreen',
      message: 'Rollout payments switches Service payments at once behind the ALB of Ingress shop, whose old targets leave before the new ones are healthy',
      actual: 'blueGreen',
      required: 'canary',
      fix: 'use strategy.canary with trafficRouting.alb, pingPong and a rootService',
    }]);
    expect(messages(ROLLOUT_ALB, blueGreen + ingress('nginx'))).toEqual([]);
    expect(messages(ROLLOUT_ALB, blueGreen)).toEqual([]);
  });

  test('says what a dynamic stable scale does behind an ALB', () => {
    const dynamic = changed(passing, ['    canary:\n', '    canary:\n      dynamicStableScale: true\n']);
    expect(found(ROLLOUT_ALB, dynamic).map(({ path, fix }) => [path, fix])).toEqual([['spec.strategy.canary.dynamicStableScale', 'remove dynamicStableScale']]);
    expect(messages(ROLLOUT_ALB, changed(dynamic, ['dynamicStableScale: true', 'dynamicStableScale: false']))).toEqual([]);
  });
});

describe('rollout-alb-ping-pong', () => {
  test('says what the end of a release does', () => {
    expect(found(ROLLOUT_ALB_PING_PONG, ROLLOUT_ALB_PING_PONG.failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.pingPong',
      message: 'the end of each release of Rollout payments moves the ALB\'s weight to a Service whose pods have just been changed, '
        + 'and the ALB answers 503 until they are registered',
      actual: undefined,
      required: undefined,
      fix: 'set canary.pingPong with a pingService and a pongService instead of stableService and canaryService',
    }]);
  });

  test('is silent where the targets of the ALB are nodes, which is where nothing is said', () => {
    const behind = (annotations: string) => ROLLOUT_ALB_PING_PONG.failing + albIngress(annotations);
    expect(messages(ROLLOUT_ALB_PING_PONG, behind('{}'))).toEqual([]);
    expect(messages(ROLLOUT_ALB_PING_PONG, behind('{ alb.ingress.kubernetes.io/target-type: instance }'))).toEqual([]);
    expect(messages(ROLLOUT_ALB_PING_PONG, behind('{ alb.ingress.kubernetes.io/target-type: ip }'))).toHaveLength(1);
  });

  test('is silent of another router', () => {
    expect(messages(ROLLOUT_ALB_PING_PONG, changed(ROLLOUT_ALB_PING_PONG.failing,
      ['alb: { ingress: payments, servicePort: 80, rootService: payments }', 'nginx: { stableIngress: payments }']))).toEqual([]);
  });
});

describe('rollout-dynamic-stable-scale', () => {
  const { failing } = ROLLOUT_DYNAMIC_STABLE_SCALE;

  test('says when stable pods end', () => {
    expect(found(ROLLOUT_DYNAMIC_STABLE_SCALE, failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.dynamicStableScale',
      message: 'Rollout payments ends stable pods as soon as weight moves away, so proxies that have not heard of it send requests to pods that have gone',
      actual: 'true',
      required: 'false',
      fix: 'remove dynamicStableScale',
    }]);
  });

  test('says with what it is refused', () => {
    expect(messages(ROLLOUT_DYNAMIC_STABLE_SCALE, changed(failing, ['dynamicStableScale: true', 'dynamicStableScale: true\n      scaleDownDelaySeconds: 60'])))
      .toEqual(['dynamicStableScale together with scaleDownDelaySeconds is refused, so Rollout payments releases nothing']);
    expect(messages(ROLLOUT_DYNAMIC_STABLE_SCALE, rollout('{ canary: { dynamicStableScale: true } }')))
      .toEqual(['dynamicStableScale without trafficRouting is refused, so Rollout payments releases nothing']);
  });

  test('is content with false', () => {
    expect(messages(ROLLOUT_DYNAMIC_STABLE_SCALE, changed(failing, ['dynamicStableScale: true', 'dynamicStableScale: false']))).toEqual([]);
  });
});

describe('rollout-surge-ignored', () => {
  test('says what has no effect', () => {
    expect(found(ROLLOUT_SURGE_IGNORED, ROLLOUT_SURGE_IGNORED.failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.maxSurge',
      message: 'maxSurge of Rollout payments has no effect beside trafficRouting: a release at full weight runs twice the pods',
      actual: undefined,
      required: undefined,
      fix: 'remove maxSurge, and use setCanaryScale to limit the canary\'s pods',
    }]);
  });

  test('does not claim twice the pods where stable ones end as weights move', () => {
    expect(messages(ROLLOUT_SURGE_IGNORED, changed(ROLLOUT_SURGE_IGNORED.failing, ['maxSurge: 1', 'maxSurge: 1\n      dynamicStableScale: true'])))
      .toEqual(['maxSurge of Rollout payments has no effect beside trafficRouting: the weights decide how many pods there are']);
  });

  test('knows maxUnavailable too', () => {
    expect(found(ROLLOUT_SURGE_IGNORED, changed(ROLLOUT_SURGE_IGNORED.failing, ['maxSurge: 1', 'maxUnavailable: 0'])).map(({ path }) => path))
      .toEqual(['spec.strategy.canary.maxUnavailable']);
  });

  test('is content where they decide', () => {
    expect(messages(ROLLOUT_SURGE_IGNORED, rollout('{ canary: { maxSurge: 1, maxUnavailable: 0 } }'))).toEqual([]);
  });
});

describe('rollout-steps', () => {
  const steps = (list: string, routing = '') => rollout(`{ canary: { steps: [${list}]${routing} } }`);

  test('says which weight is none', () => {
    expect(found(ROLLOUT_STEPS, ROLLOUT_STEPS.failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.strategy.canary.steps[2].setWeight',
      message: 'setWeight 500 is not between 0 and 100, so Rollout payments is refused',
      actual: '500',
      required: '0 to 100',
      fix: 'set setWeight to at most 100',
    }]);
  });

  test.each([[-1, 1], [0, 0], [100, 0], [101, 1]])('judges setWeight %d', (weight, findings) => {
    expect(messages(ROLLOUT_STEPS, steps(`{ setWeight: ${weight} }`))).toHaveLength(findings);
  });

  test('knows maxTrafficWeight', () => {
    expect(messages(ROLLOUT_STEPS, steps('{ setWeight: 1000 }', ', trafficRouting: { maxTrafficWeight: 1000, nginx: {} }'))).toEqual([]);
  });

  test('says that a canary has no scale of its own without a router', () => {
    expect(found(ROLLOUT_STEPS, steps('{ setCanaryScale: { replicas: 1 } }')).map(({ path }) => path)).toEqual(['spec.strategy.canary.steps[0].setCanaryScale']);
    expect(messages(ROLLOUT_STEPS, steps('{ setCanaryScale: { replicas: 1 } }', ', trafficRouting: { nginx: {} }'))).toEqual([]);
  });

  test('takes a pause without an end for a step, and an empty map for none', () => {
    expect(messages(ROLLOUT_STEPS, steps('{ pause: {} }'))).toEqual([]);
    expect(messages(ROLLOUT_STEPS, steps('{}'))).toEqual(['a step of Rollout payments says nothing, so the Rollout is refused']);
  });
});

describe('rollout-abort', () => {
  test('says what happens to a release that makes no progress', () => {
    expect(found(ROLLOUT_ABORT, ROLLOUT_ABORT.failing)).toEqual([{
      object: 'Rollout default/payments',
      path: 'spec.progressDeadlineAbort',
      message: 'a release of Rollout payments whose pods do not become ready leaves up to 1 pod of 4 missing until somebody looks: after 600 s it is only '
        + 'called degraded',
      actual: 'false',
      required: 'true',
      fix: 'set progressDeadlineAbort to true, or maxUnavailable to 0',
    }]);
  });

  test('names the deadline that is written', () => {
    expect(messages(ROLLOUT_ABORT, changed(ROLLOUT_ABORT.passing, ['progressDeadlineAbort: true', 'progressDeadlineAbort: false\n  progressDeadlineSeconds: 120'])))
      .toEqual([expect.stringContaining('after 120 s it is only called degraded')]);
  });

  test.each([
    '{ blueGreen: { activeService: payments } }',
    '{ canary: { trafficRouting: { nginx: { stableIngress: payments } } } }',
    '{ canary: { maxSurge: 1, maxUnavailable: 0 } }',
  ])('is silent where no pod ends before another is ready: %s', (strategy) => {
    expect(messages(ROLLOUT_ABORT, rollout(strategy))).toEqual([]);
  });
});
