import { Duration } from 'cdk8s';
import { Risk, Traffic } from 'zero-downtime';
import { ALB, canary, type Found, HEADER, HTTP_ROUTE, ISTIO, NGINX, objectsOf, steadyOf, stepOf } from '../../release/native';

const ACTION = 'alb.ingress.kubernetes.io/actions.payments';

function at5(traffic: Traffic, options: Parameters<typeof canary>[0] = {}): Record<string, Found> {
  return objectsOf(stepOf(canary({ steps: [5], ...options }, { traffic: [traffic] }), '02-canary-5-weights'));
}

describe('Istio', () => {
  const destination = (subset: string) => ({ host: 'payments', subset, port: { number: 80 } });

  test('the subsets are defined by the label of each version', () => {
    expect(steadyOf(canary({}, { traffic: [ISTIO] }))['destination-rule'].spec.subsets).toEqual([
      { name: 'stable', labels: { 'zero-downtime/track': 'stable' } }, { name: 'canary', labels: { 'zero-downtime/track': 'canary' } },
    ]);
  });

  test('between releases the route names both, and gives one of them everything', () => {
    expect(steadyOf(canary({ header: HEADER }, { traffic: [ISTIO] }))['virtual-service'].spec.http.map(({ name, route }: Found) => ({ name, route }))).toEqual([
      { name: 'primary', route: [{ destination: destination('stable'), weight: 100 }, { destination: destination('canary'), weight: 0 }] },
    ]);
  });

  test('a share is a weight', () => {
    const { route } = at5(ISTIO)['virtual-service'].spec.http[0];
    expect(route.map(({ weight }: Found) => weight)).toEqual([95, 5]);
  });

  test('the header comes first, because the first route that matches counts', () => {
    const [first, second] = at5(ISTIO, { header: HEADER })['virtual-service'].spec.http;
    expect(first).toMatchObject({ name: 'header', match: [{ headers: { 'x-canary': { exact: 'true' } } }], route: [{ destination: destination('canary') }] });
    expect(second).not.toHaveProperty('match');
  });

  test('every route keeps the retries and the timeout of the service', () => {
    const { http } = at5(ISTIO, { header: HEADER })['virtual-service'].spec;
    expect(http[0].retries).toEqual(steadyOf(canary({}, { traffic: [ISTIO] }))['virtual-service'].spec.http[0].retries);
    expect(http[0].timeout).toBe(http[1].timeout);
  });

  test('copies go to the canary while it has no share, and end when it has one', () => {
    const props = canary({ steps: [5], mirrorPercent: 20 }, { traffic: [ISTIO] });
    const [mirrored] = objectsOf(stepOf(props, '02-canary-mirror-20-routes'))['virtual-service'].spec.http;
    expect(mirrored.route.map(({ weight }: Found) => weight)).toEqual([100, 0]);
    expect([mirrored.mirror, mirrored.mirrorPercentage]).toEqual([destination('canary'), { value: 20 }]);
    expect(objectsOf(stepOf(props, '04-canary-5-weights'))['virtual-service'].spec.http[0]).not.toHaveProperty('mirror');
  });
});

describe('an Application Load Balancer', () => {
  const actionOf = (ingress: Found, name = ACTION) => JSON.parse(ingress.metadata.annotations[name]);
  const pathsOf = (ingress: Found) => ingress.spec.rules[0].http.paths;

  test('forwards by annotation to both target groups, also between releases: without one new pods had no readiness gate', () => {
    const ingress = steadyOf(canary({}, { traffic: [ALB] }))['alb-ingress'];
    expect(pathsOf(ingress).map(({ backend }: Found) => backend.service)).toEqual([{ name: 'payments', port: { name: 'use-annotation' } }]);
    expect(actionOf(ingress)).toEqual({
      type: 'forward',
      forwardConfig: {
        targetGroups: [
          { serviceName: 'payments-stable', servicePort: 80, weight: 100 }, { serviceName: 'payments-canary', servicePort: 80, weight: 0 },
        ],
      },
    });
  });

  test('a share is a weight', () => {
    expect(actionOf(at5(ALB)['alb-ingress']).forwardConfig.targetGroups.map(({ weight }: Found) => weight)).toEqual([95, 5]);
  });

  test('the header is a condition of a rule of the same path, before the one without', () => {
    const ingress = at5(ALB, { header: HEADER })['alb-ingress'];
    expect(pathsOf(ingress).map(({ path, pathType, backend }: Found) => [path, pathType, backend.service.name]))
      .toEqual([['/', 'Prefix', 'payments-header'], ['/', 'Prefix', 'payments']]);
    expect(actionOf(ingress, `${ACTION}-header`).forwardConfig.targetGroups).toEqual([{ serviceName: 'payments-canary', servicePort: 80, weight: 100 }]);
    expect(actionOf(ingress, 'alb.ingress.kubernetes.io/conditions.payments-header')).toEqual([
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'x-canary', values: ['true'] } },
    ]);
  });

  test('sticky target groups are behind a sticky rule, which AWS asks for', () => {
    const traffic = [Traffic.awsLoadBalancer({ hosts: ['pay.example.com'], stickiness: Duration.minutes(20) })];
    const ingress = steadyOf(canary({}, { traffic, accept: [Risk.sessionAffinity('in memory')] }))['alb-ingress'];
    expect(actionOf(ingress).forwardConfig.targetGroupStickinessConfig).toEqual({ enabled: true, durationSeconds: 1200 });
  });

  test('a cookie of the release keeps clients with a version while both have a share, and not after', () => {
    const sessionCookie = { maxAge: Duration.hours(2) };
    const props = canary({ steps: [5], sessionCookie }, { traffic: [ALB] });
    const stickyIn = (ingress: Found) => actionOf(ingress).forwardConfig.targetGroupStickinessConfig;
    expect(stickyIn(objectsOf(stepOf(props, '02-canary-5-weights'))['alb-ingress'])).toEqual({ enabled: true, durationSeconds: 7200 });
    expect(stickyIn(objectsOf(stepOf(props, 'rollback-1-weights'))['alb-ingress'])).toEqual({ enabled: false, durationSeconds: 7200 });
    expect(stickyIn(steadyOf(props)['alb-ingress'])).toEqual({ enabled: false, durationSeconds: 7200 });
  });

  test('without any of it the rule is not sticky', () => {
    expect(actionOf(at5(ALB)['alb-ingress']).forwardConfig).not.toHaveProperty('targetGroupStickinessConfig');
  });
});

describe('ingress-nginx', () => {
  const PREFIX = 'nginx.ingress.kubernetes.io/canary';
  const canaryOf = (ingress: Found) => Object.fromEntries(Object.entries<string>(ingress.metadata.annotations)
    .filter(([key]) => key.startsWith(PREFIX)).map(([key, value]) => [key.slice(PREFIX.length), value]));
  const backendOf = (ingress: Found) => ingress.spec.rules[0].http.paths[0].backend.service.name;

  test('the main Ingress leads to the stable version and the canary one, of the same hosts and paths, to the canary', () => {
    const { 'nginx-ingress': main, 'nginx-ingress-canary': second } = at5(NGINX);
    expect([main.metadata.name, backendOf(main), canaryOf(main)]).toEqual(['payments-nginx', 'payments-stable', {}]);
    expect([second.metadata.name, backendOf(second), canaryOf(second)]).toEqual(['payments-canary', 'payments-canary', { '': 'true', '-weight': '5' }]);
    expect(second.spec.rules[0].host).toBe(main.spec.rules[0].host);
    expect(second.spec.ingressClassName).toBe(main.spec.ingressClassName);
  });

  test('the header has its exact value', () => {
    expect(canaryOf(at5(NGINX, { header: HEADER })['nginx-ingress-canary']))
      .toEqual({ '': 'true', '-weight': '5', '-by-header': 'x-canary', '-by-header-value': 'true' });
  });

  test('between releases the canary Ingress takes nothing, and names pods that are there: each request would be an error in the log', () => {
    const idle = steadyOf(canary({ header: HEADER }, { traffic: [NGINX] }))['nginx-ingress-canary'];
    expect([backendOf(idle), canaryOf(idle)]).toEqual(['payments', { '': 'true', '-weight': '0' }]);
  });
});

describe('the Gateway API', () => {
  test('a share is a weight', () => {
    const [{ backendRefs }] = at5(HTTP_ROUTE)['http-route'].spec.rules;
    expect(backendRefs).toEqual([{ name: 'payments-stable', port: 80, weight: 95 }, { name: 'payments-canary', port: 80, weight: 5 }]);
  });

  test('the header is matched by a rule of its own, first', () => {
    const [first, second] = at5(HTTP_ROUTE, { header: HEADER })['http-route'].spec.rules;
    expect(first.matches).toEqual([{ path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'x-canary', value: 'true' }] }]);
    expect(first.backendRefs).toEqual([{ name: 'payments-canary', port: 80 }]);
    expect(second.matches[0]).not.toHaveProperty('headers');
  });
});

test('all ways in move together', () => {
  const step = stepOf(canary({ steps: [5] }, { traffic: [ISTIO, ALB, NGINX, HTTP_ROUTE] }), '02-canary-5-weights');
  expect(step.manifests.map(({ id }) => id)).toEqual(['virtual-service', 'alb-ingress', 'nginx-ingress', 'nginx-ingress-canary', 'http-route']);
});
