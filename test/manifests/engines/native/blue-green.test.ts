import { Colour } from '../../../../src/spec/rollout/rollout-engine';
import { ALB, blueGreen, type Found, HTTP_ROUTE, ISTIO, KEDA, NGINX, SCALED, steadyOf } from '../../release/native';

const track = (colour: string) => ({ 'app.kubernetes.io/name': 'payments', 'zero-downtime/track': colour });

describe.each([['blue', Colour.BLUE], ['green', Colour.GREEN]])('with %s live there is', (colour, live) => {
  const steady = steadyOf(blueGreen({}, { traffic: [ISTIO], replicas: SCALED }, { live }));

  test('a Deployment of that colour alone', () => {
    const { metadata, spec } = steady[`deployment-${colour}`];
    expect(metadata.name).toBe(`payments-${colour}`);
    expect(spec.selector.matchLabels).toEqual(track(colour));
    expect(Object.values(steady).filter(({ kind }) => kind === 'Deployment')).toHaveLength(1);
  });

  test('a Service that selects that colour, and a preview that does so as well', () => {
    expect([steady.service.metadata.name, steady.service.spec.selector]).toEqual(['payments', track(colour)]);
    expect([steady['service-preview'].metadata.name, steady['service-preview'].spec.selector]).toEqual(['payments-preview', track(colour)]);
  });

  test('a budget and an autoscaler of that colour\'s own', () => {
    expect([steady['disruption-budget'].metadata.name, steady['disruption-budget'].spec.selector.matchLabels]).toEqual([`payments-${colour}`, track(colour)]);
    expect([steady.autoscaler.metadata.name, steady.autoscaler.spec.scaleTargetRef.name]).toEqual([`payments-${colour}`, `payments-${colour}`]);
  });
});

test('blue is live where nothing is said', () => {
  expect(steadyOf(blueGreen())).toEqual(steadyOf(blueGreen({}, {}, { live: Colour.BLUE })));
  expect(steadyOf(blueGreen())).not.toEqual(steadyOf(blueGreen({}, {}, { live: Colour.GREEN })));
});

test('routes lead to the Service, whose selector moves all traffic', () => {
  const steady = steadyOf(blueGreen({}, { traffic: [ISTIO, NGINX, HTTP_ROUTE] }));
  expect(steady['virtual-service'].spec.http.map(({ route }: Found) => route.map(({ destination }: Found) => destination.host))).toEqual([['payments']]);
  expect(steady['destination-rule'].spec).not.toHaveProperty('subsets');
  expect(steady['nginx-ingress'].spec.rules[0].http.paths[0].backend.service.name).toBe('payments');
  expect(steady['http-route'].spec.rules[0].backendRefs).toEqual([{ name: 'payments', port: 80 }]);
  expect(steady).not.toHaveProperty('service-blue');
});

test('behind an ALB weights move, between target groups that both exist: another selector would exchange all targets at once', () => {
  const steady = steadyOf(blueGreen({}, { traffic: [ALB] }, { live: Colour.GREEN }));
  const { forwardConfig } = JSON.parse(steady['alb-ingress'].metadata.annotations['alb.ingress.kubernetes.io/actions.payments']);
  expect(forwardConfig.targetGroups.map(({ serviceName, weight }: Found) => [serviceName, weight])).toEqual([['payments-blue', 0], ['payments-green', 100]]);
  expect([steady['service-blue'].spec.selector, steady['service-green'].spec.selector]).toEqual([track('blue'), track('green')]);
});

test('KEDA scales the live colour', () => {
  const { autoscaler } = steadyOf(blueGreen({}, { replicas: KEDA }));
  expect([autoscaler.kind, autoscaler.spec.scaleTargetRef.name]).toEqual(['ScaledObject', 'payments-blue']);
  expect(autoscaler.metadata.annotations).toBeUndefined();
});
