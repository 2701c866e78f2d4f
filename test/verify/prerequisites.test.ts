import { inside, manifests, SERVICE } from './verdicts/manifests';
import { contextIn } from './verdicts/verified';
import type { Ignore } from '../../src/checks/ignore';
import { obstaclesOf, obstacleTo } from '../../src/verify/prerequisites';
import { verifyCluster } from '../../src/verify/verify-cluster';

const NO_PORT = inside({ readiness: '{ httpGet: { path: /ready, port: missing } }' });
const AUTOSCALER = 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h, namespace: shop }\n'
  + 'spec: { scaleTargetRef: { kind: Deployment, name: payments }, minReplicas: 5, maxReplicas: 4, metrics: [{ type: Resource }] }\n';

function obstaclesIn(yaml: string, ignores: readonly Ignore[] = []) {
  const context = contextIn(yaml);
  const obstacles = obstaclesOf(context, ignores);
  return {
    obstacles,
    to: context.cluster.workloads.map((workload) => context.waysInOf(workload).map((way) => obstacleTo(obstacles, context, workload, way))),
  };
}

describe('an obstacle', () => {
  test('is none where every prerequisite holds, whatever else is violated', () => {
    expect(obstaclesIn(inside({ preStop: '', readiness: '' }))).toEqual({ obstacles: [], to: [[undefined]] });
  });

  test('is the violation of a prerequisite, with the object that violates it', () => {
    const { obstacles } = obstaclesIn(NO_PORT);
    expect(obstacles.map(({ ruleId, object: { kind, name }, message }) => [ruleId, kind, name, /port missing\b/.test(message)]))
      .toEqual([['probe-port-missing', 'Deployment', 'payments', true]]);
  });

  test('is none where somebody accepts it for a reason', () => {
    expect(obstaclesIn(NO_PORT, [{ ruleId: 'probe-port-missing', reason: 'named by the image', by: 'ignore' }]).obstacles).toEqual([]);
    expect(obstaclesIn(NO_PORT, [{ ruleId: 'no-spread', reason: 'one node', by: 'ignore' }]).obstacles).toHaveLength(1);
  });
});

describe('it stands in the way', () => {
  test.each([
    ['of the workload', NO_PORT, /^probe-port-missing is violated \(Deployment shop\/payments: .+\)$/],
    ['of its autoscaler', inside({ others: [AUTOSCALER] }), /^autoscaler-min-above-max is violated \(HorizontalPodAutoscaler shop\/h: .+\)$/],
    ['of the Service', manifests({ others: [SERVICE.replace('targetPort: 8080', 'targetPort: web')] }), /^service-target-port-missing is violated \(Service shop\/payments: .+\)$/],
  ])('%s', (_, yaml, text) => {
    expect(obstaclesIn(yaml).to).toEqual([[expect.stringMatching(text)]]);
  });

  test('of nobody else', () => {
    const other = inside().replaceAll('payments', 'carts');
    expect(obstaclesIn(`${NO_PORT}---\n${other}`).to).toEqual([[expect.any(String)], [undefined]]);
  });

  test('so that nothing is proved, and what was refuted stays so', () => {
    const verdictOf = (yaml: string) => verifyCluster(contextIn(yaml, { assume: { shutdown: 'drains' } })).workloads[0].ways[0];
    expect(verdictOf(NO_PORT)).toMatchObject({ verdict: 'UNKNOWN', reason: expect.stringMatching(/^probe-port-missing is violated/) });
    expect(verdictOf(NO_PORT.replace('seconds: 10', 'seconds: 9')).verdict).toBe('REFUTED');
    expect(verdictOf(inside()).verdict).toBe('PROVED');
  });
});
