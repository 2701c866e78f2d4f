import { balanced, registered } from './balanced';
import { Colour, Rollout, RolloutEngine } from '../../../src/pulumi';

jest.setTimeout(60_000);

const engine = RolloutEngine.native();
const header = { name: 'x-canary', value: 'true' };
const canary = Rollout.canary({ engine, steps: [5, 50], header });
const blueGreen = (live: Colour) => Rollout.blueGreen({ engine: RolloutEngine.native({ live }) });

type Made = Awaited<ReturnType<typeof registered>>;

/** The parts of the requests that a rule gives to the tracks, by the ends of their target groups' names. */
function weightsOf(made: Made, rule: string): Record<string, number> {
  const groups: Array<{ arn: string; weight: number }> = made.get(rule)!.inputs.actions[0].forward.targetGroups;
  return Object.fromEntries(groups.map(({ arn, weight }) => [/target-group-(\w+)/.exec(arn)![1], weight]));
}

describe('a canary', () => {
  test('has a target group and a binding for each version between releases, and no share', async () => {
    const made = await registered(() => balanced({}, { rollout: canary }));
    expect(weightsOf(made, 'listener-rule-0')).toEqual({ stable: 100, canary: 0 });
    expect(made.get('target-group-binding-canary')!.inputs.spec.serviceRef.name).toBe('payments-canary');
    expect([...made.keys()]).not.toContain('listener-rule-0-header');
  });

  test.each([['02-canary-5-weights', 5], ['04-canary-50-weights', 50]])('has its share at %s, and requests with the header before it', async (releaseStep, share) => {
    const made = await registered(() => balanced({}, { rollout: canary, releaseStep }));
    expect(weightsOf(made, 'listener-rule-0')).toEqual({ stable: 100 - share, canary: share });
    expect(weightsOf(made, 'listener-rule-0-header')).toEqual({ canary: 100 });
    expect(made.get('listener-rule-0-header')!.inputs.conditions).toContainEqual({ httpHeader: { httpHeaderName: 'x-canary', values: ['true'] } });
    expect(made.get('listener-rule-0-header')!.inputs.priority).toBe(made.get('listener-rule-0')!.inputs.priority - 1);
  });

  test('keeps the rule of the step before until its pods are there', async () => {
    const made = await registered(() => balanced({}, { rollout: canary, releaseStep: '01-canary-5-pods' }));
    expect(made.get('listener-rule-0')!.ignoreChanges).toEqual(['actions', 'conditions', 'priority']);
  });

  test('gives everything back on the way back', async () => {
    const made = await registered(() => balanced({}, { rollout: canary, releaseStep: 'rollback-1-weights' }));
    expect(weightsOf(made, 'listener-rule-0')).toEqual({ stable: 100, canary: 0 });
  });

  test('is left to no controller that moves the weights of an Ingress', () => {
    expect(() => balanced({}, { rollout: Rollout.canary({ steps: [5] }) })).toThrow(
      '[payments] rollout engine argoRollouts cannot be given with awsLoadBalancer.loadBalancer, because it moves the weights of an Ingress, and there is none; '
      + 'use RolloutEngine.native(), or leave loadBalancer out');
  });
});

describe('a blue-green release', () => {
  test('leads everything to the live colour, after its pods', async () => {
    const made = await registered(() => balanced({}, { rollout: blueGreen(Colour.GREEN) }));
    expect(weightsOf(made, 'listener-rule-0')).toEqual({ blue: 0, green: 100 });
    expect(made.get('listener-rule-0')!.dependsOn).toContain('deployment-green');
  });

  test('has both target groups in use before there are pods, or none would ever be found healthy', async () => {
    const made = await registered(() => balanced({}, { rollout: blueGreen(Colour.BLUE) }));
    expect(weightsOf(made, 'listener-rule-kept')).toEqual({ blue: 1, green: 1 });
    expect(made.get('listener-rule-kept')!.inputs.conditions).toEqual([{ hostHeader: { values: ['payments.target-groups.invalid'] } }]);
    expect(made.get('listener-rule-kept')!.inputs.priority).toBe(made.get('listener-rule-0')!.inputs.priority + 1);
    expect(made.get('disruption-budget-blue')!.dependsOn).toEqual(expect.arrayContaining(['listener-rule-kept', 'target-group-binding-green']));
    expect(made.get('deployment-blue')!.dependsOn).toContain('disruption-budget-blue');
  });

  test('switches at its step, and not before', async () => {
    const at = (releaseStep: string) => registered(() => balanced({}, { rollout: blueGreen(Colour.GREEN), releaseStep }));
    expect((await at('02-preview')).get('listener-rule-0')!.ignoreChanges).not.toEqual([]);
    const switched = await at('03-switch');
    expect(weightsOf(switched, 'listener-rule-0')).toEqual({ blue: 0, green: 100 });
    expect(switched.get('listener-rule-0')!.ignoreChanges).toEqual([]);
  });
});
