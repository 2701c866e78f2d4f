import { CANARY, BLUE, TO_GREEN, made } from './made-release';
import { PROMOTE, ROLLBACK, share, Situation } from './situation';
import { Traffic } from '../../src';
import { clusterOf } from '../../src/cluster/cluster';
import { percentTo, sendsTo, sentBy } from '../../src/release/route-shares';
import { destinationsIn } from '../../src/release/tracks';

const GATEWAY = { name: 'public', namespace: 'gateways' };
const HOSTS = ['pay.example.com'];

const ROUTERS: readonly (readonly [string, Traffic, readonly string[]])[] = [
  ['HTTPRoute', Traffic.httpRoute({ gateways: [GATEWAY], hosts: HOSTS }), ['HTTPRoute payments']],
  ['ingress-nginx', Traffic.ingressNginx({ hosts: HOSTS }), ['Ingress payments-nginx', 'Ingress payments-canary']],
  ['a load balancer of AWS', Traffic.awsLoadBalancer({ hosts: HOSTS }), ['Ingress payments-alb']],
];

/** What the routes of a cluster send to a track: the largest share, and whether anything. */
function sentTo(track: string, { server }: Situation, names: readonly string[]): readonly [number, boolean] {
  const objects = [...server.objects.values()].map((value) => ({ value, source: { name: 'cluster', position: () => undefined } }));
  const { cluster } = clusterOf(objects);
  const sent = cluster.objects.filter(({ kind, name }) => names.includes(`${kind} ${name}`)).flatMap((object) => sentBy(object, destinationsIn(cluster)));
  return [percentTo(track, sent), sendsTo(track, sent)];
}

describe.each(ROUTERS)('a canary behind %s', (_, traffic, names) => {
  const old = made('1.0.0', { rollout: CANARY, traffic: [traffic] });
  const next = made('2.0.0', { rollout: CANARY, traffic: [traffic] });

  test('gets its shares, and at the end nothing', async () => {
    const situation = new Situation(old, next);
    const seen = [sentTo('canary', situation, names)];
    for (const order of [share('5'), share('50'), PROMOTE]) {
      expect(await situation.run(order)).toMatchObject({ code: 0 });
      seen.push(sentTo('canary', situation, names));
    }
    expect(seen.map(([percent, any]) => [percent, any])).toEqual([[0, false], [5, true], [50, true], [0, false]]);
    expect([situation.deployment('payments-canary').spec.replicas, sentTo('stable', situation, names)]).toEqual([0, [100, true]]);
  });

  test('gets nothing any more after a rollback, by header neither', async () => {
    const situation = new Situation(old, next);
    const { state } = situation;
    await situation.run(share('50'));
    expect(await situation.run(ROLLBACK)).toMatchObject({ code: 0 });
    expect([sentTo('canary', situation, names), situation.state]).toEqual([[0, false], state]);
  });

  test('keeps its pods while a header alone leads to them', async () => {
    const situation = new Situation(old, next);
    await situation.run(share('5'));
    const withHeader = structuredClone(situation.server.find(names.at(-1)!.split(' ')[0], names.at(-1)!.split(' ')[1]));
    const ended = situation.start(ROLLBACK);
    await situation.time.pass(10);
    // Somebody applies the manifest of a share again, without its weight.
    situation.server.put(JSON.parse(JSON.stringify(withHeader).replaceAll('\\"weight\\":5}', '\\"weight\\":0}').replace('"weight":5', '"weight":0').replace('canary-weight":"5"', 'canary-weight":"0"')));
    expect(sentTo('canary', situation, names)).toEqual([0, true]);
    expect(await situation.time.until(ended)).toMatchObject({ code: 3, out: expect.stringMatching(/sends requests to canary again|is being moved by another run/) });
    expect(situation.deployment('payments-canary').spec.replicas).toBe(2);
  });
});

test('blue-green behind a load balancer of AWS moves weights, and the Service with them', async () => {
  const traffic = [Traffic.awsLoadBalancer({ hosts: HOSTS })];
  const situation = new Situation(made('1.0.0', { rollout: BLUE, traffic }), made('2.0.0', { rollout: TO_GREEN, traffic }));
  expect(await situation.run(PROMOTE)).toMatchObject({ code: 0 });
  expect([sentTo('green', situation, ['Ingress payments-alb']), sentTo('blue', situation, ['Ingress payments-alb'])]).toEqual([[100, true], [0, false]]);
  expect([situation.server.find('Service', 'payments').spec.selector['zero-downtime/track'], situation.deployment('payments-blue').spec.replicas]).toEqual(['green', 0]);
});
