import fc from 'fast-check';
import { secret, UNKNOWN, type Resource } from './engine';
import { toldOf } from './known';
import { changed, pathsIn, resourcesOf } from './stack';
import { RULES } from '../../src/checks/rules';
import * as verifier from '../../src/verify/verify-cluster';

// What the verifier makes of hidden values is tested by itself, and takes most of the time.
jest.mock('../../src/verify/verify-cluster', () => ({ verifyCluster: jest.fn(() => ({ workloads: [] })) }) satisfies Partial<Record<keyof typeof verifier, unknown>>);

/** What is not a finding, but tells that something is open. */
const OPEN = ['not-judged', 'release-unknown'];

const manifests = fc.constantFrom(...RULES.flatMap(({ failing, passing }) => [failing, passing]));

/** A stack, and one or two places in it. */
const places = manifests.chain((yaml) => {
  const resources = resourcesOf(yaml).map((resource) => ({ ...resource, name: `the-${resource.name}` }));
  const paths = resources.flatMap(({ props }, at) => pathsIn(props).filter(([first]) => first !== 'apiVersion' && first !== 'kind').map((path) => ({ at, path })));
  return fc.tuple(fc.constant(resources), fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 2 }));
});

type Place = { readonly at: number; readonly path: readonly (string | number)[] };

function withHidden(resources: readonly Resource[], hidden: readonly Place[], value: (there: unknown) => unknown): Resource[] {
  // What is within a hidden value is hidden with it.
  const ordered = [...hidden].sort((one, other) => one.path.length - other.path.length)
    .filter(({ at, path }, index, all) => !all.slice(0, index).some((other) => other.at === at && other.path.every((step, i) => step === path[i])));
  return resources.map((resource, index) => ordered.filter(({ at }) => at === index)
    .reduce((changing, { path }) => ({ ...changing, props: changed(changing.props, path, value(valueAt(changing.props, path))) }), resource));
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

function keysOf(resources: readonly Resource[]): string[] {
  return toldOf(resources).filter(({ policy }) => !OPEN.includes(policy)).map(({ policy, urn, message }) => JSON.stringify([policy, urn, message]));
}

test('a value that is not known yet adds no finding to those that the whole stack has', () => {
  fc.assert(fc.property(places, ([resources, hidden]) => {
    const known = new Set(keysOf(resources));
    expect(keysOf(withHidden(resources, hidden, () => UNKNOWN)).filter((key) => !known.has(key))).toEqual([]);
  }), { numRuns: 60 });
}, 300_000);

test('and what it takes away is told to be open', () => {
  fc.assert(fc.property(places, ([resources, hidden]) => {
    const left = withHidden(resources, hidden, () => UNKNOWN);
    const told = toldOf(left);
    const isLess = keysOf(left).length < keysOf(resources).length;
    expect(isLess && !told.some(({ policy }) => OPEN.includes(policy))).toBe(false);
  }), { numRuns: 40 });
}, 300_000);

test('a secret is in no message', () => {
  fc.assert(fc.property(places, ([resources, hidden]) => {
    const told = toldOf(withHidden(resources, hidden, (there) => secret(withText(there))));
    expect(JSON.stringify(told)).not.toContain('hunter2');
  }), { numRuns: 40 });
}, 300_000);

/** The same with a text of its own in place of every text. */
function withText(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? `hunter2-${value}` : value;
  }
  return Array.isArray(value) ? value.map(withText) : Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withText(field)]));
}
