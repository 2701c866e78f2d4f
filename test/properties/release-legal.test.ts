import { isDeepStrictEqual } from 'util';
import * as fc from 'fast-check';
import type { LegalDeclaration } from './arbitraries';
import { releasesOf } from './release-arbitraries';
import { madeOf, manifestsOf, planOf } from './release-judged';
import { type Engine, ENGINES, STRATEGIES, type Strategy } from './release-ways';
import { synthesize } from './synthesis';
import type { Manifest } from '../../src/manifests/manifest';
import { apiServerRules } from '../support/api-server-rules';
import { ClosedSchemas, KUBERNETES_VERSIONS, schemasFolder } from '../support/closed-schemas';

beforeEach(() => {
  // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

const RELEASES = ENGINES.flatMap((engine) => STRATEGIES.map((strategy): [Engine, Strategy] => [engine, strategy]));

/** How many of the declarations were legal, by engine and release, and by way in. */
const legal = new Map<string, { declared: number; legal: number; ways: Map<string, number> }>();

type Judge = (declaration: LegalDeclaration, manifests: Manifest[]) => unknown[];

function forAll(engine: Engine, strategy: Strategy, judge: Judge, numRuns: number): void {
  const count = { declared: 0, legal: 0, ways: new Map<string, number>() };
  fc.assert(fc.property(releasesOf(engine, strategy), (declaration) => {
    const plan = planOf(declaration);
    count.declared += 1;
    if (!('planned' in plan)) {
      expect(plan.filter((problem) => !isOneSentence(problem))).toEqual([]);
      expect(plan).not.toEqual([]);
      return;
    }
    count.legal += 1;
    for (const { _spec: { kind } } of declaration.props.traffic!) {
      count.ways.set(kind, (count.ways.get(kind) ?? 0) + 1);
    }
    expect(judge(declaration, manifestsOf(madeOf(plan)))).toEqual([]);
  }), { numRuns });
  const release = `${engine} ${strategy}`;
  legal.set(release, legal.get(release) ?? count);
}

/** What is wrong, and after a semicolon what to do about it. */
function isOneSentence(problem: string): boolean {
  return /^\S[^\n]*; [^\n]*[^.\n]$/.test(problem) && !/undefined|NaN|\[object|\bnull\b/.test(problem);
}

test.each(RELEASES)('%s %s is refused in sentences, or made of objects that every API server of its time takes', (engine, strategy) => {
  forAll(engine, strategy, ({ oracle }, manifests) => [
    ...manifests.flatMap((manifest) => apiServerRules(manifest)),
    ...schemasFor(oracle.kubernetesMinor).flatMap((schemas) => manifests.flatMap((manifest) => schemas.validate(manifest))),
    ...manifests.flatMap(emptyIn),
  ], 90);
});

/** Those of the declared version and of all after it. */
function schemasFor(minor: number): ClosedSchemas[] {
  const versions = schemasFolder() === undefined ? [] : KUBERNETES_VERSIONS.filter((version) => Number(version.slice(2)) >= minor);
  return versions.map((version) => ClosedSchemas.load(version));
}

/** Values that are none, and texts into which one was written. */
function emptyIn(manifest: Manifest): string[] {
  const found: string[] = [];
  visit(manifest, (value, path) => {
    const isNone = value === undefined || value === null || (typeof value === 'number' && !Number.isFinite(value));
    if (isNone || (typeof value === 'string' && /\bundefined\b|(?<!is)NaN|\[object /.test(value))) {
      found.push(`${manifest.kind} ${path}: ${String(value)}`);
    }
  });
  return found;
}

function visit(value: unknown, look: (value: unknown, path: string) => void, path = ''): void {
  look(value, path);
  if (typeof value === 'object' && value !== null) {
    Object.entries(value).forEach(([key, inner]) => visit(inner, look, `${path}/${key}`));
  }
}

test('more than two hundred declarations of each engine were legal, and every way in that it knows was among them', () => {
  process.stdout.write(`legal declarations:\n${[...legal].map(([release, { declared, legal: made, ways }]) =>
    `  ${release}: ${made} of ${declared} (${[...ways].sort().map(([way, count]) => `${way} ${count}`).join(', ')})`).join('\n')}\n`);
  for (const engine of ENGINES) {
    const counts = STRATEGIES.map((strategy) => legal.get(`${engine} ${strategy}`)!);
    expect(counts.reduce((total, count) => total + count.legal, 0)).toBeGreaterThan(200);
    expect(Math.min(...counts.map((count) => count.legal))).toBeGreaterThan(40);
    expect(new Set(counts.flatMap(({ ways }) => [...ways.keys()])).size).toBe(engine === 'flagger' ? 4 : 6);
  }
});

test.each(RELEASES)('%s %s is made to the same text again, and shares no object with another service', (engine, strategy) => {
  forAll(engine, strategy, (declaration, manifests) => {
    const { text } = synthesize(declaration);
    const plan = planOf(declaration);
    const again = 'planned' in plan ? manifestsOf(madeOf(plan)) : [];
    return [
      ...synthesize(declaration).text === text ? [] : ['the texts differ'],
      ...isDeepStrictEqual(again, manifests) ? [] : ['the steps differ'],
      ...shared(manifests, again, declaration),
      // An alias in YAML is what two fields become that are one object.
      ...text.match(/^[^"'|>]*: [&*]a\d+$/gm) ?? [],
    ];
  }, 12);
});

/** Objects that are part of both, apart from those that a declaration gave to both. */
function shared(one: Manifest[], other: Manifest[], { props }: LegalDeclaration): string[] {
  const given = reachableFrom(props);
  const first = reachableFrom(one);
  const found: string[] = [];
  visit(other, (value, path) => {
    if (typeof value === 'object' && value !== null && first.has(value) && !given.has(value)) {
      found.push(path);
    }
  });
  return found;
}

function reachableFrom(root: object): Set<object> {
  const reached = new Set<object>();
  const reach = (value: unknown) => {
    if (typeof value === 'object' && value !== null && !reached.has(value)) {
      reached.add(value);
      Object.values(value).forEach(reach);
    }
  };
  reach(root);
  return reached;
}
