import { Duration, Testing } from 'cdk8s';
import { Analysis, RegionSequence, Rollout, RolloutEngine, Traffic } from 'zero-downtime';
import { problemsOf, serviceIn, temporaryApp } from './apps';
import { indexOf, releasedIn, sequenceIn } from './regions';

const seconds = Duration.seconds;
const traffic = [Traffic.istio()];
const regions = [{ name: 'eu' }, { name: 'us' }];
const analysis = (initialDelay: number) => Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, initialDelay: seconds(initialDelay) });
const long = analysis(900);

const bakeOf = (sequence: RegionSequence, region = 'eu') => sequence.decisions.find(({ name }) => name === `${region}.bakeTime`)!;
const termsOf = (sequence: RegionSequence) => bakeOf(sequence).inequalities.map(({ relation, expression }) => `${relation} ${expression}`);

/** A decision of the service in the first region. */
function planned(sequence: RegionSequence, name: string): number {
  const [service] = sequence.regions[0].node.children as unknown as Array<{ plan: { find(decision: string): { value: number } } }>;
  return service.plan.find(name).value;
}

describe('the bake of a region', () => {
  test('is ten minutes where its services leave room for that', () => {
    expect(bakeOf(releasedIn({}, { regions }))).toMatchObject({ value: 600, unit: 's', origin: 'preferred' });
  });

  test('of a rolling release outlasts the old pods', () => {
    const sequence = releasedIn({}, { regions });
    expect(termsOf(sequence)).toEqual([`≥ payments.terminationGracePeriod ${planned(sequence, 'terminationGracePeriod')}s`, '≥ 1s']);
  });

  test('of a canary by Argo Rollouts outlasts the pods that wait for their removal, and measures once more at all of the traffic', () => {
    const sequence = releasedIn({ traffic, rollout: Rollout.canary({ analysis: long }) }, { regions });
    const [delay, grace, duration] = ['rollout.scaleDownDelay', 'terminationGracePeriod', 'analysis.duration'].map((name) => planned(sequence, name));
    expect(duration).toBeGreaterThan(900);
    expect(bakeOf(sequence)).toMatchObject({ value: delay + grace + duration, origin: 'derived' });
    expect(termsOf(sequence)[0]).toBe(`≥ payments.rollout.scaleDownDelay ${delay}s + payments.terminationGracePeriod ${grace}s + payments.analysis.duration ${duration}s`);
  });

  test('of a blue-green release only measures once more, because its old pods get no request', () => {
    const sequence = releasedIn({ traffic, rollout: Rollout.blueGreen({ analysis: long }) }, { regions });
    expect(termsOf(sequence)).toEqual([`≥ payments.analysis.duration ${planned(sequence, 'analysis.duration')}s`, '≥ 1s']);
  });

  test('of a blue-green release without an analysis may be as short as one second', () => {
    const sequence = releasedIn({ traffic, rollout: Rollout.blueGreen() }, { regions, bakeTime: seconds(1) });
    expect(termsOf(sequence)).toEqual(['≥ 1s']);
    expect(problemsOf(sequence)).toEqual([]);
  });

  test.each([
    ['flagger', Rollout.canary({ engine: RolloutEngine.flagger() })],
    ['native', Rollout.canary({ engine: RolloutEngine.native() })],
  ])('of %s, which removes the old pods before it ends, counts no delay', (_, rollout) => {
    expect(termsOf(releasedIn({ traffic, rollout }, { regions }))).toEqual([expect.stringMatching(/^≥ payments\.terminationGracePeriod \d+s$/), '≥ 1s']);
  });

  test('is that of the service that needs the longest', () => {
    const sequence = sequenceIn(temporaryApp(), { regions });
    sequence.regions.forEach((region) => {
      serviceIn(region, 'orders', { traffic, rollout: Rollout.blueGreen({ analysis: long }) });
      serviceIn(region, 'payments');
    });
    expect(bakeOf(sequence).value).toBe(planned(sequence, 'analysis.duration'));
    expect(indexOf(sequence).regions.map(({ bakeSeconds }: { bakeSeconds: number }) => bakeSeconds)).toEqual(Array(2).fill(bakeOf(sequence).value));
  });

  test('is the region\'s own, then the sequence\'s', () => {
    const sequence = releasedIn({}, { bakeTime: seconds(700), regions: [{ name: 'eu', bakeTime: seconds(800) }, { name: 'us' }] });
    expect([bakeOf(sequence), bakeOf(sequence, 'us')].map(({ value, origin }) => [value, origin])).toEqual([[800, 'overridden'], [700, 'overridden']]);
  });

  test('adds up over all regions', () => {
    const sequence = releasedIn({}, { bakeTime: seconds(700), regions: [{ name: 'eu', bakeTime: seconds(800) }, { name: 'us' }] });
    expect(sequence.decisions.find(({ name }) => name === 'bakeTime of all regions')!.value).toBe(1500);
  });

  test('knows services only once they are declared', () => {
    const sequence = sequenceIn(temporaryApp(), { regions });
    expect(termsOf(sequence)).toEqual(['≥ 1s']);
    serviceIn(sequence.regions[0]);
    expect(termsOf(sequence)).toHaveLength(2);
  });
});

describe('when the App is synthesized it is refused', () => {
  test('that a bake is shorter than its services need, by region and with the path of the sequence', () => {
    const sequence = releasedIn({ traffic, rollout: Rollout.blueGreen({ analysis: long }) }, { regions: [{ name: 'eu', bakeTime: seconds(60) }, { name: 'us' }] });
    const needed = planned(sequence, 'analysis.duration');
    expect(problemsOf(sequence)).toEqual([
      `[payments] bakeTime of region eu 60s must be at least payments.analysis.duration ${needed}s; give it ${needed}s or more, or leave it out`,
    ]);
  });

  test('just below, and not at, the bound', () => {
    const service = { traffic, rollout: Rollout.canary({ analysis: long }) };
    const bound = bakeOf(releasedIn(service, { regions })).value;
    expect(bound).toBeGreaterThan(planned(releasedIn(service), 'analysis.duration'));
    const problems = (bake: number) => problemsOf(releasedIn(service, { regions, bakeTime: seconds(bake) }));
    expect(problems(bound)).toEqual([]);
    expect(problems(bound - 1)).toHaveLength(2);
  });

  test('that a region has no service, together with all else', () => {
    const sequence = sequenceIn(temporaryApp(), { regions: [...regions, { name: 'ap' }], bakeTime: seconds(1) });
    serviceIn(sequence.regions[0]);
    expect(problemsOf(sequence)).toEqual([
      '[payments] region us has no ZeroDowntimeService; declare one in its chart, or leave the region out',
      '[payments] region ap has no ZeroDowntimeService; declare one in its chart, or leave the region out',
      expect.stringMatching(/^\[payments\] bakeTime of region eu 1s must be at least payments\.terminationGracePeriod/),
    ]);
  });
});

describe('a return to the version before', () => {
  const blueGreen = (service: number, region: number, options = {}) => releasedIn(
    { traffic, rollout: Rollout.blueGreen({ bakeTime: seconds(service), ...options }) }, { regions, bakeTime: seconds(region) });
  const asked = (sequence: RegionSequence) => sequence.requirements.filter(({ text }) => text.includes('a return is a release')).map(({ text }) => text);

  test('is at once throughout the bake where the old pods stay for so long', () => {
    expect(asked(blueGreen(900, 900))).toEqual([]);
  });

  test('is told of where they do not, with the bake time that the service would need', () => {
    expect(asked(blueGreen(900, 901))).toEqual(['eu', 'us'].map((name) =>
      `${name}: payments.rollout.bakeTime 900s ends before the region's bakeTime 901s, so that for the last 1s of the bake `
      + 'a return is a release of the version before; give the service a bakeTime of 901s where it must be at once'));
  });

  test('counts the analysis that comes between the switch and the bake', () => {
    const duration = planned(releasedIn({ traffic, rollout: Rollout.blueGreen({ analysis: analysis(200) }) }), 'analysis.duration');
    const kept = (service: number) => asked(blueGreen(service, 600, { analysis: analysis(200) }));
    expect(kept(600 + duration)).toEqual([]);
    expect(kept(600 + duration - 1)[0]).toContain(`ends before payments.analysis.duration ${duration}s + the region's bakeTime 600s`);
  });

  test('is no question of a canary', () => {
    expect(asked(releasedIn({ traffic, rollout: Rollout.canary() }, { regions, bakeTime: Duration.days(7) }))).toEqual([]);
  });
});

test('the explanation tells every bake with its inequalities, and which context leads where', () => {
  const sequence = releasedIn({}, { regions: [{ name: 'eu', context: 'prod-eu' }, { name: 'us' }] });
  const text = sequence.explain();
  expect(text).toMatch(/^payments, 2 regions\n\nDerived\n {2}eu\.bakeTime +600s +≥ payments\.terminationGracePeriod \d+s\n/);
  expect(text).toContain('= eu.bakeTime 600s + us.bakeTime 600s');
  expect(text).toContain('each context leads to the cluster of its region and to no other: eu by prod-eu, us\n');
});

test('synthesis leaves the numbers as they were asked for', () => {
  const sequence = releasedIn({}, { regions });
  const before = sequence.explain();
  Testing.synth(sequence.index);
  expect(sequence.explain()).toBe(before);
});
