import type { StackValidationPolicy } from '@pulumi/policy';
import { Engine, urnOf } from './engine';
import { resourcesOf, violationsOf } from './stack';
import { ReleasePolicies, type ReleasePoliciesOptions } from '../../src/policy';
import { inside } from '../verify/verdicts/manifests';

describe('an option that cannot be taken is refused in one sentence, without a stack trace', () => {
  test.each<[string, unknown, string]>([
    ['an unknown one', { asume: {} }, '"asume" is no option of ReleasePolicies; did you mean "assume"?'],
    ['an unknown severity', { severity: 'fatal' }, 'severity "fatal" must be error, warning, info'],
    ['an unknown level', { enforcementLevel: 'strict' }, 'enforcementLevel "strict" must be mandatory, advisory, disabled'],
    ['a version that is none', { kubernetesVersion: 'new' }, 'Kubernetes version: "new" must be a version such as 1.34, from 1.20 on'],
    ['an unknown assumption', { assume: { shutdwon: 'drains' } }, 'assume: "shutdwon" is nothing that can be assumed; did you mean "shutdown"?'],
    ['an unknown rule', { ignore: { 'missing-prestop': 'x' } }, 'ignore: "missing-prestop" is no rule; did you mean "missing-pre-stop"?'],
    ['a rule without a reason', { ignore: { 'missing-pre-stop': '' } }, 'ignore: rule "missing-pre-stop" must be ignored for a reason: write missing-pre-stop=why it does not matter here'],
  ])('%s', (_, options, message) => {
    expect(() => ReleasePolicies.of(options as ReleasePoliciesOptions)).toThrow(expect.objectContaining({ message, stack: `Error: ${message}` }));
  });
});

const FOUND = ['release-loses-requests', 'missing-pre-stop'];

describe('the configuration of a pack', () => {
  /** Configures the policies as the SDK does: it gives each its own. */
  async function configured(configuration: unknown, options: ReleasePoliciesOptions = {}) {
    const policies = ReleasePolicies.of(options) as StackValidationPolicy[];
    const resources = resourcesOf(inside({ preStop: '' })).map((resource) => ({ ...resource, urn: urnOf(resource) }));
    const refused: string[] = [];
    const found: string[] = [];
    for (const { name, validateStack, enforcementLevel } of policies.filter((policy) => 'validateStack' in policy && policy.enforcementLevel !== 'disabled')) {
      const args = { resources, getConfig: () => name === 'settings' ? configuration : {} } as never;
      await validateStack(args, (message) => void (name === 'settings' ? refused.push(message) : enforcementLevel === 'mandatory' && found.push(name)));
    }
    return { refused, found };
  }

  test('may be none', async () => {
    expect(await configured({})).toEqual({ refused: [], found: FOUND });
  });

  test.each<[string, object, readonly string[]]>([
    ['an assumption', { assume: { 'longest-request-seconds': 60 } }, ['release-loses-requests', 'grace-too-short', 'missing-pre-stop']],
    ['a rule to ignore', { ignore: { 'missing-pre-stop': 'the gateway retries' } }, ['release-loses-requests']],
  ])('may add %s', async (_, configuration, found) => {
    expect(await configured(configuration)).toEqual({ refused: [], found });
  });

  test('adds to what the program says, and holds over it', async () => {
    const program = { assume: { 'longest-request-seconds': 5 }, ignore: { 'missing-pre-stop': 'x' } } as const;
    expect((await configured({}, program)).found).toEqual(['release-loses-requests']);
    expect((await configured({ assume: { 'longest-request-seconds': 60 } }, program)).found).toEqual(['release-loses-requests', 'grace-too-short']);
  });

  test.each<[string, unknown, string]>([
    ['an unknown setting', { asume: {} }, '"asume" is no setting of this policy; did you mean "assume"?'],
    ['a map that is none', { assume: 'shutdown=drains' }, 'assume must be a map of keys to values'],
    ['reasons that are none', { ignore: ['missing-pre-stop'] }, 'ignore must be a map of rules to reasons'],
    ['an unknown rule', { ignore: { 'no-such': 'x' } }, 'ignore: "no-such" is no rule; zero-downtime explain lists them'],
    ['an unknown version', { kubernetesVersion: '2' }, 'Kubernetes version: "2" must be a version such as 1.34, from 1.20 on'],
    ['no map at all', ['x'], 'the settings must be a map of names to values'],
  ])('with %s is refused, and the program\'s holds', async (_, configuration, message) => {
    expect(await configured(configuration)).toEqual({ refused: [message], found: FOUND });
  });
});

test('a stack is judged anew in each run', async () => {
  const policies = ReleasePolicies.of({ severity: 'error' });
  const run = async (preStop?: string) => (await violationsOfWith(policies, preStop)).filter((policy) => policy === 'missing-pre-stop').length;
  expect([await run(''), await run(), await run('')]).toEqual([1, 0, 1]);
});

async function violationsOfWith(policies: ReturnType<typeof ReleasePolicies.of>, preStop?: string): Promise<readonly string[]> {
  return (await new Engine(policies).run(resourcesOf(inside(preStop === undefined ? {} : { preStop })))).map(({ policy }) => policy);
}

test('options are not changed by what a run is configured with', async () => {
  expect((await violationsOf(resourcesOf(inside({ preStop: '' })), { severity: 'error' })).map(({ policy }) => policy)).toContain('missing-pre-stop');
});
