import { Replicas, KedaTrigger, Rollout, Traffic, RolloutEngine } from 'zero-downtime';
import { flaggerOwnedFields } from '../../../../src/manifests/engines/flagger/owned-fields';
import { planned, type Props } from '../../../plan/declare';

const ownedOf = (props: Props = {}) =>
  flaggerOwnedFields(planned({ traffic: [Traffic.istio()], rollout: Rollout.canary({ engine: RolloutEngine.flagger() }), ...props }).planned);

test('Flagger scales the Deployment', () => {
  expect(ownedOf()).toEqual([{ group: 'apps', kind: 'Deployment', name: 'payments', jqPathExpressions: ['.spec.replicas'] }]);
});

test('Flagger holds KEDA back by an annotation', () => {
  expect(ownedOf({ replicas: Replicas.keda({ min: 2, max: 4, triggers: [KedaTrigger.cpu(70)] }) })[1]).toEqual({
    group: 'keda.sh', kind: 'ScaledObject', name: 'payments', jqPathExpressions: ['.metadata.annotations["autoscaling.keda.sh/paused-replicas"]'],
  });
});
