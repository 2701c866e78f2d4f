import { spawnSync } from 'child_process';
import { ArgoRolloutsOptions, Health, IstioSplit, Protocol, Rollout, RolloutEngine, TakeOver, ZeroDowntimeServiceProps } from 'zero-downtime';
import { combinations } from './combinations';
import { deleted } from './jq';
import { liveObjects } from './live-objects';
import { WAYS } from './released';
import { argoRolloutsOwnedFields } from '../../../../src/manifests/engines/argo-rollouts/owned-fields';
import type { OwnedFields } from '../../../../src/manifests/engines/owned-object';
import { planService } from '../../../../src/plan/plan-service';

import { MINIMAL } from '../../synthesized';

const API_GROUPS: Readonly<Record<string, string>> = { v1: '' };

function owned(props: Partial<ZeroDowntimeServiceProps>): OwnedFields[] {
  const { planned } = planService({ name: 'payments', namespace: 'shop', path: 'test', props: { ...MINIMAL, ...props } });
  if (planned.rollout.kind === 'rolling') {
    throw new Error('a rolling release has no engine');
  }
  return argoRolloutsOwnedFields(planned, planned.rollout);
}

const canary = (ways: ZeroDowntimeServiceProps['traffic'], argo: ArgoRolloutsOptions = {}) =>
  owned({ traffic: ways, rollout: Rollout.canary({ steps: [50], engine: RolloutEngine.argoRollouts(argo) }) });
const named = (fields: readonly OwnedFields[]) => fields.map(({ group, kind, name }) => [group, kind, name].filter((part) => part !== '').join('/'));
const pathsOf = (fields: readonly OwnedFields[], kind: string) => fields.find((field) => field.kind === kind)?.jqPathExpressions;

describe('the expressions, word for word, because users copy them', () => {
  test('of a VirtualService', () => {
    expect(pathsOf(canary([WAYS.istio()]), 'VirtualService')).toEqual([
      '.spec.http[] | select(.name == "primary") | .route[].weight',
      '.spec.http[] | select(.name == "canary-header" or .name == "canary-mirror")',
    ]);
  });

  test('of a DestinationRule', () => {
    expect(pathsOf(canary([WAYS.istio()]), 'DestinationRule')).toEqual([
      '.spec.subsets[] | select(.name == "stable" or .name == "canary") | .labels["rollouts-pod-template-hash"]',
      '.metadata.annotations["argo-rollouts.argoproj.io/managed-by-rollouts"]',
    ]);
  });

  test('of an Ingress', () => {
    expect(pathsOf(canary([WAYS.alb()]), 'Ingress')).toEqual([
      '.metadata.annotations["alb.ingress.kubernetes.io/actions.payments-root"]',
      '.metadata.annotations["alb.ingress.kubernetes.io/actions.canary-header"]',
      '.metadata.annotations["alb.ingress.kubernetes.io/conditions.canary-header"]',
      '.metadata.annotations["rollouts.argoproj.io/managed-alb-actions"]',
      '.spec.rules[].http.paths[] | select(.backend.service.name == "canary-header")',
    ]);
  });

  test('of an HTTPRoute', () => {
    expect(pathsOf(canary([WAYS.httpRoute()]), 'HTTPRoute')).toEqual([
      '.spec.rules[].backendRefs[].weight',
      '.spec.rules[] | select(any(.matches[]?; has("headers")))',
      '.metadata.labels["rollouts.argoproj.io/gatewayapi-canary"]',
    ]);
  });

  test('of a Service', () => {
    expect(pathsOf(canary([WAYS.nginx()]), 'Service')).toEqual([
      '.spec.selector["rollouts-pod-template-hash"]', '.metadata.annotations["argo-rollouts.argoproj.io/managed-by-rollouts"]',
    ]);
  });
});

describe('the objects', () => {
  test('without a router are none', () => {
    expect(canary([])).toEqual([]);
  });

  test('by subsets are Istio\'s alone', () => {
    expect(named(canary([WAYS.istio()]))).toEqual(['networking.istio.io/DestinationRule/payments', 'networking.istio.io/VirtualService/payments']);
  });

  test('by hosts are two Services besides, and no DestinationRule', () => {
    expect(named(canary([WAYS.istio()], { istioSplit: IstioSplit.HOSTS })))
      .toEqual(['Service/payments-stable', 'Service/payments-canary', 'networking.istio.io/VirtualService/payments']);
  });

  test('by an ALB are not the root Service, whose pods stay', () => {
    expect(named(canary([WAYS.alb()]))).toEqual(['Service/payments-ping', 'Service/payments-pong', 'networking.k8s.io/Ingress/payments-alb']);
  });

  test('by ingress-nginx are not the Ingress, of which Argo Rollouts makes a copy', () => {
    expect(named(canary([WAYS.nginx()]))).toEqual(['Service/payments-stable', 'Service/payments-canary']);
  });

  test('of a blue-green release are its two Services, and no route', () => {
    expect(named(owned({ traffic: [WAYS.istio()], rollout: Rollout.blueGreen() }))).toEqual(['Service/payments', 'Service/payments-preview']);
  });

  test('of a take-over are the Deployment\'s replicas too', () => {
    expect(pathsOf(canary([], { takeOver: TakeOver.ON_SUCCESS }), 'Deployment')).toEqual(['.spec.replicas']);
  });
});

const RELEASED = combinations().map(({ title, release, ways }) => {
  const { objects } = release();
  const { strategy, workloadRef } = objects.find(({ kind }) => kind === 'Rollout').spec;
  return { title, objects, fields: fieldsFor(strategy, workloadRef, ways) };
});

/** The owned fields of a combination, from a declaration of the same ways in and the same split. */
function fieldsFor({ canary: strategy, blueGreen }: any, workloadRef: unknown, ways: ReadonlyArray<keyof typeof WAYS>): OwnedFields[] {
  const istioSplit = strategy?.trafficRouting?.istio && !strategy.trafficRouting.istio.destinationRule ? IstioSplit.HOSTS : IstioSplit.SUBSETS;
  const engine = RolloutEngine.argoRollouts({ istioSplit, takeOver: workloadRef ? TakeOver.NEVER : undefined });
  const traffic = ways.map((way) => WAYS[way]());
  return owned({ traffic, ...grpcOf(ways), rollout: blueGreen ? Rollout.blueGreen({ engine }) : Rollout.canary({ steps: [50], engine }) });
}

function grpcOf(ways: readonly string[]): Partial<ZeroDowntimeServiceProps> {
  return ways.includes('grpcRoute') ? { protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready', liveness: 'live' }) } : {};
}

/** Every object as it was written and as it is in the middle of a release, with the expressions for it. */
const PAIRS = RELEASED.flatMap(({ title, objects, fields }) => liveObjects(objects).map((live, index) => {
  const written = objects[index];
  const group = API_GROUPS[written.apiVersion] ?? written.apiVersion.split('/')[0];
  const expressions = fields.filter((field) => field.group === group && field.kind === written.kind && field.name === written.metadata.name)
    .flatMap(({ jqPathExpressions }) => jqPathExpressions);
  return { title: `${title}: ${written.kind} ${written.metadata.name}`, written, live, expressions };
}));

test('without the fields that are owned, every object is in the middle of a release what was written', () => {
  const differing = PAIRS.filter(({ written, live, expressions }) => differ(written, live, expressions));
  expect(differing.map(({ title }) => title)).toEqual([]);
});

test('each expression is needed: without it some object differs', () => {
  const all = [...new Set(PAIRS.flatMap(({ expressions }) => expressions))];
  const idle = all.filter((left) => PAIRS.every(({ written, live, expressions }) => {
    return !differ(written, live, expressions.filter((expression) => expression !== left));
  }));
  expect(all.length).toBeGreaterThan(10);
  expect(idle).toEqual([]);
});

test('nothing but the owned fields is left out: what else is changed still shows', () => {
  for (const { written, expressions } of PAIRS.filter(({ expressions: own }) => own.length > 0)) {
    const edited = structuredClone(written);
    edited.metadata.labels.edited = 'by hand';
    edited.spec.edited = true;
    expect(rest(edited, expressions)).not.toEqual(rest(written, expressions));
  }
});

function differ(written: object, live: object, expressions: readonly string[]): boolean {
  return JSON.stringify(rest(live, expressions)) !== JSON.stringify(rest(written, expressions));
}

/** An object without what the expressions select. An empty map is as good as none to whoever compares. */
function rest(object: object, expressions: readonly string[]): unknown {
  const left: any = expressions.reduce<unknown>((document, expression) => deleted(document, expression), object);
  const { annotations, ...metadata } = left.metadata;
  return { ...left, metadata: Object.keys(annotations ?? {}).length === 0 ? metadata : { ...metadata, annotations } };
}

const HAS_JQ = spawnSync('jq', ['--version']).status === 0;
if (!HAS_JQ) {
  console.warn('The test with jq is SKIPPED: there is no jq on the PATH.');
}

(HAS_JQ ? test : test.skip)('jq itself deletes the same', () => {
  const one = new Map(PAIRS.filter(({ expressions }) => expressions.length > 0).map((pair) => [`${pair.written.kind} ${pair.expressions.join()}`, pair]));
  expect(one.size).toBeGreaterThan(5);
  for (const { live, written, expressions } of one.values()) {
    for (const object of [live, written]) {
      const { stdout, stderr } = spawnSync('jq', [expressions.map((expression) => `del(${expression})`).join(' | ')], { input: JSON.stringify(object), encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(expressions.reduce<unknown>((document, expression) => deleted(document, expression), object));
    }
  }
});
