import fc from 'fast-check';
import { HUGE_ASSUMPTIONS, HUGE_MANIFESTS } from './huge-numbers';
import { runOn, type Ran } from './run';
import { albIngress, inside } from '../verify/verdicts/manifests';

const DRAINS = ['--assume', 'shutdown=drains'];

const autoscaler = (min: number, max: number) => 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h, namespace: shop }\n'
  + `spec: { scaleTargetRef: { kind: Deployment, name: payments }, minReplicas: ${min}, maxReplicas: ${max}, metrics: [{ type: Resource }] }\n`;

function verify(yaml: string, ...args: readonly string[]): Promise<Ran> {
  return runOn(yaml, ['verify', ...DRAINS, ...args]);
}

describe('more replicas than can be looked through', () => {
  const limit = (max: number) => `replicas.max ${max} must be at most 10000 to be looked through; lower it`;

  test.each([
    ['replicas', inside({ spec: 'replicas: 2000000000' }), 2_000_000_000],
    ['replicas of a StatefulSet', inside({ kind: 'StatefulSet', spec: 'replicas: 2147483647' }), 2_147_483_647],
    ['the maxReplicas of an autoscaler', inside({ others: [autoscaler(2, 2_000_000_000)] }), 2_000_000_000],
    ['both bounds of an autoscaler', inside({ others: [autoscaler(2_000_000_000, 2_000_000_000)] }), 2_000_000_000],
    ['replicas behind a load balancer', inside({ preStop: '{ sleep: { seconds: 60 } }', grace: 90, spec: 'replicas: 10001\n  minReadySeconds: 60', others: [albIngress(30)] }), 10_001],
  ])('leave %s undecided, and say so', async (_, yaml, max) => {
    const { code, out, error } = await verify(yaml);
    expect([code, error]).toEqual([3, '']);
    expect(out).toContain(`UNKNOWN: ${limit(max)}`);
    expect(out).not.toContain('PROVED');
  });

  test('are one more than the most that are proved', async () => {
    expect((await verify(inside({ spec: 'replicas: 10000' }))).code).toBe(0);
    expect((await verify(inside({ spec: 'replicas: 10001' }))).code).toBe(3);
  });

  test('are found refuted all the same where a single pod loses a request', async () => {
    expect((await verify(inside({ preStop: '', spec: 'replicas: 2000000000' }))).code).toBe(1);
  });
});

describe('evictions', () => {
  test.each([[4], [32_768], [65_535], [65_536], [65_537], [131_072], [1_000_000]])('that may take every pod are no proof: %d', async (evictions) => {
    const { code, out } = await verify(inside(), '--assume', `evictions=${evictions}`);
    expect(code).toBe(1);
    expect(out).toContain('fewest ready pods in any release: 0 of 4\n');
  });

  test.each([[65_536, 1000], [1_000_000, 10_000]])('%d among %d replicas are never proved', async (evictions, replicas) => {
    expect([1, 3]).toContain((await verify(inside({ spec: `replicas: ${replicas}` }), '--assume', `evictions=${evictions}`)).code);
  });
});

describe('the start', () => {
  test('cannot be later at the earliest than at the latest', async () => {
    expect(await verify(inside(), '--assume', 'starts-after-seconds=61')).toMatchObject({
      code: 2, out: '', error: '--assume: Deployment shop/payments: starts-after-seconds 61 must be at most starts-within-seconds 60; lower it, or raise the other\n',
    });
    expect((await verify(inside(), '--assume', 'starts-after-seconds=61', '--assume', 'starts-within-seconds=61')).code).toBe(0);
    expect((await verify(inside(), '--assume', 'starts-after-seconds=60')).code).toBe(0);
  });

  test('is refused where annotations contradict each other, by check as well', async () => {
    const yaml = inside({ annotations: '{ zero-downtime/starts-after-seconds: "9", zero-downtime/starts-within-seconds: "8" }' });
    for (const command of ['check', 'verify']) {
      expect(await runOn(yaml, [command])).toMatchObject({
        code: 2, out: '', error: '<stdin>: Deployment shop/payments: starts-after-seconds 9 must be at most starts-within-seconds 8; lower it, or raise the other\n',
      });
    }
  });

  test('may be later than a startup probe waits', async () => {
    const startup = '{ httpGet: { path: /startup, port: 8080 }, periodSeconds: 1, failureThreshold: 2 }';
    const yaml = inside().replace('readinessProbe:', `startupProbe: ${startup}, readinessProbe:`);
    const { code, out, error } = await verify(yaml, '--assume', 'starts-after-seconds=30');
    expect([0, 1, 3]).toContain(code);
    expect([error, out.includes('NaN')]).toEqual(['', false]);
  });
});

describe('a timeline', () => {
  test.each([
    ['of 10000 replicas', 'replicas: 10000', 'One release of Deployment shop/payments, with at most 50 of its 10000 replicas'],
    ['of 51 replicas', 'replicas: 51', 'One release of Deployment shop/payments, with at most 50 of its 51 replicas'],
    ['of 50 replicas', 'replicas: 50', 'One release of Deployment shop/payments'],
    ['of a release that takes 70 years', 'replicas: 2\n  minReadySeconds: 2147483646\n  progressDeadlineSeconds: 2147483647', 'One release of Deployment shop/payments'],
  ])('%s is drawn', async (_, spec, title) => {
    const { written } = await verify(inside({ spec }), '--timeline', 'a.svg');
    expect(written['a.svg']).toContain(`<title id="title">${title}</title>`);
    expect(written['a.svg'].length).toBeLessThan(300_000);
    expect(written['a.svg']).not.toMatch(/NaN|LOST/);
  });
});

test('every number may be huge', async () => {
  await fc.assert(fc.asyncProperty(HUGE_MANIFESTS, HUGE_ASSUMPTIONS, async (yaml, assumptions) => {
    const checked = await runOn(yaml, ['check', ...assumptions]);
    expect([0, 1, 2]).toContain(checked.code);
    const { code, out, error } = await verify(yaml, ...assumptions, '--timeline', 'a.svg');
    expect([0, 1, 2, 3]).toContain(code);
    expect(error === '').toBe(code !== 2);
    expect(`${out}${error}`).not.toMatch(/\bNaN\b|(?<![-\w])undefined|\[object Object\]/);
  }), { numRuns: 100 });
}, 300_000);
