import { KedaTrigger, Metric, Replicas, Rollout, RolloutEngine, Traffic, type ZeroDowntimeServiceProps } from 'zero-downtime';
import { ALB, ANALYSIS, HTTP_ROUTE, ISTIO, NGINX } from './services';
import { ownedFieldsOf } from '../../src/manifests/engines/owned-fields';
import type { Manifest } from '../../src/manifests/manifest';
import { releaseStepsOf } from '../../src/manifests/release/release-steps';
import { renderService } from '../../src/manifests/render';
import { deleted } from '../manifests/engines/argo-rollouts/jq';
import { planned, type Props } from '../plan/declare';

const autoscaled = Replicas.autoscaled({ min: 3, max: 9, metrics: [Metric.cpu(70)] });
const keda = () => Replicas.keda({ min: 3, max: 9, triggers: [KedaTrigger.cpu(70)] });
const requests = { requests: { cpu: '100m', memory: '64Mi' } };
const header = { name: 'x-canary', value: 'yes' };
const native = RolloutEngine.native();

const owned = (props: Props) => ownedFieldsOf(planned(props).planned);
const keyOf = ({ apiVersion, kind, metadata }: Manifest) => `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}/${metadata.name}`;
const withSized = (props: Props): Props => ({ ...props, resources: requests as ZeroDowntimeServiceProps['resources'] });

test('an autoscaler owns the replicas, and nobody those of a fixed number', () => {
  expect(owned(withSized({ replicas: autoscaled }))).toEqual([{ group: 'apps', kind: 'Deployment', name: 'payments', jqPathExpressions: ['.spec.replicas'] }]);
  expect(owned({})).toEqual([]);
});

test('under Argo Rollouts they are the Rollout\'s', () => {
  expect(owned(withSized({ traffic: [ISTIO()], replicas: autoscaled, rollout: Rollout.canary() }))[0]).toMatchObject({ group: 'argoproj.io', kind: 'Rollout' });
});

test('without a controller they are those of the version that stays', () => {
  expect(owned(withSized({ traffic: [ISTIO()], replicas: autoscaled, rollout: Rollout.canary({ engine: native }) }))[0]).toMatchObject({ kind: 'Deployment', name: 'payments-stable' });
});

const RELEASES: Readonly<Record<string, () => Props>> = {
  'a canary by Istio': () => ({ traffic: [ISTIO()], rollout: Rollout.canary({ engine: native, analysis: ANALYSIS() }) }),
  'a canary by Istio with a header and a mirror': () => ({ traffic: [ISTIO()], rollout: Rollout.canary({ engine: native, header, mirrorPercent: 20 }) }),
  'a canary by a load balancer': () => ({ traffic: [ALB()], rollout: Rollout.canary({ engine: native, header }) }),
  'a canary by ingress-nginx': () => ({ traffic: [NGINX()], rollout: Rollout.canary({ engine: native, header }) }),
  'a canary by an HTTPRoute': () => ({ traffic: [HTTP_ROUTE()], rollout: Rollout.canary({ engine: native, header }) }),
  'a canary that KEDA scales': () => withSized({ traffic: [ISTIO()], replicas: keda(), rollout: Rollout.canary({ engine: native }) }),
  'a canary that is autoscaled': () => withSized({ traffic: [ISTIO()], replicas: autoscaled, rollout: Rollout.canary({ engine: native }) }),
  'an A/B test': () => ({ traffic: [ISTIO()], rollout: Rollout.abTest({ engine: native, header, analysis: ANALYSIS() }) }),
  'an A/B test by a load balancer': () => ({ traffic: [ALB()], rollout: Rollout.abTest({ engine: native, header, analysis: ANALYSIS() }) }),
  'an A/B test by ingress-nginx': () => ({ traffic: [NGINX()], rollout: Rollout.abTest({ engine: native, header, analysis: ANALYSIS() }) }),
  'an A/B test by an HTTPRoute': () => ({ traffic: [HTTP_ROUTE()], rollout: Rollout.abTest({ engine: native, header, analysis: ANALYSIS() }) }),
  'blue-green': () => ({ traffic: [Traffic.clusterInternal()], rollout: Rollout.blueGreen({ engine: native }) }),
  'blue-green by a load balancer': () => ({ traffic: [ALB()], rollout: Rollout.blueGreen({ engine: native }) }),
};

describe.each(Object.entries(RELEASES))('without a controller, %s', (_, propsOf) => {
  const { planned: plan } = planned(propsOf());
  const steady = new Map(renderService(plan).map(({ manifest }) => [keyOf(manifest), manifest]));
  const fields = ownedFieldsOf(plan);
  const steps = releaseStepsOf(plan)!;
  /** What a step makes of an object that is there between releases; the pods are a version's own. */
  const changes = [...steps.forward, ...steps.rollback].flatMap(({ manifests }) => manifests.map(({ manifest }) => manifest))
    .filter((manifest) => steady.has(keyOf(manifest)) && manifest.kind !== 'Deployment');
  const isHeldBounds = ({ kind }: Manifest) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject';

  function without(manifest: Manifest, left?: string): unknown {
    const expressions = fields.filter(({ group, kind, name }) => `${group}/${kind}/${name}` === keyOf(manifest)).flatMap((field) => field.jqPathExpressions);
    return expressions.filter((expression) => expression !== left).reduce<unknown>((document, expression) => deleted(document, expression), manifest);
  }

  test('changes nothing but what is owned', () => {
    expect(changes.length).toBeGreaterThan(1);
    for (const change of changes) {
      expect(without(change)).toEqual(without(steady.get(keyOf(change))!));
    }
  });

  test('changes everything that is owned', () => {
    const written = fields.filter(({ kind }) => kind !== 'Deployment').flatMap(({ jqPathExpressions }) => jqPathExpressions);
    const idle = written.filter((left) => changes.every((change) =>
      JSON.stringify(without(change, left)) === JSON.stringify(without(steady.get(keyOf(change))!, left))));
    expect(idle).toEqual([]);
  });

  test('owns fields of objects that are there', () => {
    const names = fields.map(({ group, kind, name }) => `${group}/${kind}/${name}`);
    expect(names.filter((name) => !steady.has(name))).toEqual([]);
    expect(changes.filter(isHeldBounds).every((change) => names.includes(keyOf(change)) || keyOf(change).includes('-'))).toBe(true);
  });
});
