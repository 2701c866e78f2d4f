import * as fc from 'fast-check';
import { Traffic } from '../../../src';
import { renderListenerRules } from '../../../src/manifests/aws/listener-rules';
import { renderTargetGroup } from '../../../src/manifests/aws/target-group';
import { renderTargetGroupBinding } from '../../../src/manifests/aws/target-group-binding';
import type { Manifest } from '../../../src/manifests/manifest';
import { renderService } from '../../../src/manifests/render';
import { planned } from '../../plan/declare';
import { legalDeclarations } from '../../properties/arbitraries';
import { releasesOf } from '../../properties/release-arbitraries';
import { planOf } from '../../properties/release-judged';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../../support/closed-schemas';

const PREFIX = 'alb.ingress.kubernetes.io/';

/** What the AWS Load Balancer Controller would make of an Ingress' annotations, by its documentation. */
function controllersTargetGroup({ metadata: { annotations = {} } }: Manifest) {
  const of = (name: string) => annotations[`${PREFIX}${name}`];
  const attributes = Object.fromEntries((of('target-group-attributes') ?? '').split(',').map((pair) => pair.split('=')));
  const isSticky = attributes['stickiness.enabled'] === 'true';
  return {
    targetType: of('target-type'),
    protocolVersion: of('backend-protocol-version') ?? 'HTTP1',
    deregistrationDelay: Number(attributes['deregistration_delay.timeout_seconds']),
    slowStart: Number(attributes['slow_start.duration_seconds'] ?? 0),
    stickiness: { enabled: isSticky, type: 'lb_cookie', ...(isSticky && { cookieDuration: Number(attributes['stickiness.lb_cookie.duration_seconds']) }) },
    healthCheck: {
      enabled: true,
      protocol: of('healthcheck-protocol') ?? 'HTTP',
      path: of('healthcheck-path'),
      port: of('healthcheck-port') ?? 'traffic-port',
      interval: Number(of('healthcheck-interval-seconds')),
      timeout: Number(of('healthcheck-timeout-seconds')),
      healthyThreshold: Number(of('healthy-threshold-count')),
      unhealthyThreshold: Number(of('unhealthy-threshold-count')),
      matcher: of('success-codes'),
    },
  };
}

/** What the controller would make of the annotation `actions.NAME`, or of a plain backend. */
function controllersTargets({ metadata: { annotations = {} } }: Manifest, name: string): unknown {
  const action = annotations[`${PREFIX}actions.${name}`];
  return action === undefined ? [{ arn: name, weight: 100 }]
    : JSON.parse(action).forwardConfig.targetGroups.map(({ serviceName, weight }: any) => ({ arn: serviceName, weight }));
}

const native = fc.oneof(releasesOf('native', 'canary'), releasesOf('native', 'abTest'), releasesOf('native', 'blueGreen'), legalDeclarations);

test('of any declaration a target group and its rules are what the controller makes of the Ingress', () => {
  let seen = 0;
  fc.assert(fc.property(native, (declaration) => {
    const plan = planOf(declaration);
    const rendered = 'planned' in plan ? renderService(plan.planned).find(({ forward }) => forward) : undefined;
    if (!('planned' in plan) || !rendered) {
      return;
    }
    seen += 1;
    const { port, protocol, ...group } = renderTargetGroup(plan.planned, rendered.forward!.traffic);
    expect(group).toEqual(controllersTargetGroup(rendered.manifest));
    expect([port, protocol]).toEqual([80, 'HTTP']);
    const rules = renderListenerRules(rendered.forward!, (service) => service).filter(({ id }) => !id.endsWith('-header'));
    for (const { actions } of rules) {
      expect((actions[0] as any).forward.targetGroups).toEqual(controllersTargets(rendered.manifest, plan.planned.spec.name));
    }
    expect(rules.length).toBe((rendered.manifest.spec as any).rules.length);
  }), { numRuns: 400 });
  expect(seen).toBeGreaterThan(60);
});

test('no two rules of a listener have one place, whether there is a header or not', () => {
  const forward = { traffic: { hosts: ['a', 'b', 'c'], path: '/' } as never, targets: [{ service: 's', weight: 100 }], header: { name: 'x', value: 'y', service: 'c' } };
  const orders = renderListenerRules(forward, (service) => service).map(({ order }) => order);
  expect(orders).toEqual([0, 1, 2, 3, 4, 5]);
  expect(renderListenerRules({ ...forward, header: undefined }, (service) => service).map(({ order }) => order)).toEqual([1, 3, 5]);
});

describeWithSchemas('with closed schemas', () => {
  test.each(KUBERNETES_VERSIONS)('of Kubernetes %s a binding has only fields that exist', (version) => {
    const service = planned({ traffic: [Traffic.awsLoadBalancer()] });
    for (const securityGroupId of [undefined, 'sg-1']) {
      const manifest = renderTargetGroupBinding(service.planned, { service: 'payments', targetGroupArn: 'arn:aws:elasticloadbalancing:a', vpcId: 'vpc-1', securityGroupId });
      expect(ClosedSchemas.load(version).validate(manifest as never)).toEqual([]);
    }
  });
});
