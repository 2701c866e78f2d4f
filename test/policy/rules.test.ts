import { resourcesOf, violationsOf } from './stack';
import { RULES } from '../../src/checks/rules';
import { ReleasePolicies } from '../../src/policy';
import { RDS_RULES } from '../../src/policy/rds/rules';
import { checked } from '../support/checked';
import { inside } from '../verify/verdicts/manifests';

const policies = ReleasePolicies.of();

describe('the policies', () => {
  test.each(RULES)('have $id, with what must hold and why', ({ id, title, why }) => {
    expect(policies).toContainEqual(expect.objectContaining({ name: id, description: title, remediationSteps: why }));
  });

  test('have names of their own, which Pulumi takes', () => {
    const names = policies.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name === 'all' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  test('have these names beside the rules, which are permanent', () => {
    const others = policies.map(({ name }) => name).filter((name) => ![...RULES, ...RDS_RULES].some(({ id }) => id === name));
    expect(others).toEqual(['declared-inputs', 'settings', 'unreadable', 'release-loses-requests', 'release-unknown', 'not-judged']);
  });

  test.each([
    [{}, { error: 'mandatory', warning: 'advisory', info: 'disabled' }],
    [{ severity: 'info' }, { error: 'mandatory', warning: 'advisory', info: 'advisory' }],
    [{ severity: 'error' }, { error: 'mandatory', warning: 'disabled', info: 'disabled' }],
    [{ enforcementLevel: 'advisory' }, { error: 'advisory', warning: 'advisory', info: 'disabled' }],
  ] as const)('with %j enforce %j', (options, levels) => {
    const made = ReleasePolicies.of(options);
    RULES.forEach(({ id, severity }) => expect(made.find(({ name }) => name === id)).toMatchObject({ enforcementLevel: levels[severity] }));
  });

  test('enforce that no release loses a request and that all can be read as they enforce errors, and only tell what is open', () => {
    const levels = (options = {}) => ['unreadable', 'release-loses-requests', 'release-unknown', 'not-judged'].map((id) =>
      ReleasePolicies.of(options).find(({ name }) => name === id)?.enforcementLevel);
    expect(levels()).toEqual(['mandatory', 'mandatory', 'advisory', 'advisory']);
    expect(levels({ enforcementLevel: 'advisory' })).toEqual(['advisory', 'advisory', 'advisory', 'advisory']);
  });
});

describe('a bad Deployment beside good ones', () => {
  const sound = inside();
  const bad = inside({ preStop: '' }).replaceAll('payments', 'billing');

  test('is caught at its own resource, with the field, what is so, the fix and the rule', async () => {
    const violations = await violationsOf(resourcesOf(`${sound}---\n${bad}`), { severity: 'error', assume: { shutdown: 'drains' } });
    const urn = 'urn:pulumi:dev::shop::kubernetes:apps/v1:Deployment::shop/billing';
    expect(violations.map(({ policy, urn: at, level }) => [policy, at, level])).toEqual([
      ['release-loses-requests', urn, 'mandatory'], ['missing-pre-stop', urn, 'mandatory'],
    ]);
    expect(violations[1].message).toBe([
      'A container that a Service sends requests to has a preStop hook.',
      'Deployment shop/billing: container app has no preStop hook, so it gets SIGTERM while requests still come by way of Service billing',
      'spec.template.spec.containers[0].lifecycle.preStop',
      'fix: add lifecycle: { preStop: { sleep: { seconds: 10 } } } to container app',
      'rule: missing-pre-stop',
    ].join('\n'));
  });

  test('is refuted with the course of events', async () => {
    const violations = await violationsOf(resourcesOf(bad), { assume: { shutdown: 'drains' } });
    expect(violations.find(({ policy }) => policy === 'release-loses-requests')?.message).toMatch(
      /^No release loses a request\.\nDeployment shop\/billing, clusterInternal by Service shop\/billing: REFUTED\n(.|\n)*LOST: a connection is refused(.|\n)*remedy: set the preStop sleep to at least 10 s$/);
  });

  test('is left alone where the object says so, with a reason', async () => {
    const accepted = inside({ preStop: '', annotations: '{ zero-downtime/accepted.missing-pre-stop: a job }' });
    expect((await violationsOf(resourcesOf(accepted))).map(({ policy }) => policy)).not.toContain('missing-pre-stop');
  });
});

test('a verdict that depends on what nobody said is told, and fails nothing', async () => {
  const violations = await violationsOf(resourcesOf(inside()));
  expect(violations.find(({ policy }) => policy === 'release-unknown')).toMatchObject({
    level: 'advisory',
    message: expect.stringContaining("UNKNOWN, it depends on shutdown; settle it with assume: { 'shutdown': … }"),
  });
});

test('a stack without Kubernetes has nothing to tell', async () => {
  expect(await violationsOf([{ type: 'aws:s3/bucket:Bucket', name: 'logs', props: {} }])).toEqual([]);
  expect(await violationsOf([])).toEqual([]);
});

// A sample: every rule is held against both of its manifests elsewhere.
describe.each(RULES.filter((_, index) => index % 6 === 0))('over the manifests of $id', ({ failing, passing }) => {
  test.each([['failing', failing], ['passing', passing]])('a stack has the findings of the check: %s', async (_, yaml) => {
    const violations = await violationsOf(resourcesOf(yaml), { severity: 'info', kubernetesVersion: '1.34' });
    const found = violations.filter(({ policy }) => RULES.some(({ id }) => id === policy)).map(({ policy, message }) => `${policy} ${message.split('\n')[1]}`);
    expect(found.sort()).toEqual(checked(yaml).map(({ ruleId, object, message }) => `${ruleId} ${object}: ${message}`).sort());
  });
});
