import * as fc from 'fast-check';
import type { LegalDeclaration } from './arbitraries';
import { releasesOf } from './release-arbitraries';
import { beforeOf, faultsIn, madeOf, planOf } from './release-judged';
import { ENGINES, STRATEGIES } from './release-ways';
import { Pods } from '../../src';
import type { Manifest, Rendered } from '../../src/manifests/manifest';

beforeEach(() => {
  // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

const RELEASES = ENGINES.flatMap((engine) => STRATEGIES.map((strategy) => ({ engine, strategy })));

/** A cluster to which objects are applied, and what a stranger finds wrong with it then. */
class Cluster {
  private readonly objects = new Map<string, Manifest>();

  constructor(private readonly declaration: LegalDeclaration) {}

  faultsAfter(rendered: readonly Rendered[]): string[] {
    rendered.forEach(({ manifest }) => this.objects.set(`${manifest.kind}/${manifest.metadata.name}`, manifest));
    return faultsIn([...this.objects.values()], this.declaration);
  }
}

test.each(RELEASES)('no finding, and every workload proved, between the releases of $engine $strategy', ({ engine, strategy }) => {
  let legal = 0;
  fc.assert(fc.property(releasesOf(engine, strategy), (declaration) => {
    const plan = planOf(declaration);
    if ('planned' in plan) {
      legal += 1;
      expect(new Cluster(declaration).faultsAfter(madeOf(plan).steady)).toEqual([]);
    }
  }), { numRuns: 20 });
  expect(legal).toBeGreaterThan(7);
});

/** More pods take the verifier longer, and tell nothing more. */
const MOST = 40;

test.each(STRATEGIES)('no finding, and every workload proved, after each step of a native %s and after each step back', (strategy) => {
  let legal = 0;
  fc.assert(fc.property(releasesOf('native', strategy), (declaration) => {
    const plan = planOf(declaration);
    if (!('planned' in plan) || (declaration.props.replicas?.max ?? 3) > MOST || isOnePodPreview(declaration)) {
      return;
    }
    legal += 1;
    const { steps } = madeOf(plan);
    const cluster = new Cluster(declaration);
    expect(cluster.faultsAfter(beforeOf(plan))).toEqual([]);
    expect(steps.flatMap(({ id, manifests }) => cluster.faultsAfter(manifests).map((fault) => `${id}: ${fault}`))).toEqual([]);
  }), { numRuns: 10 });
  expect(legal).toBeGreaterThan(0);
});

/** A preview of one pod is what was asked for, and a rule wants two. */
function isOnePodPreview({ props: { rollout, replicas } }: LegalDeclaration): boolean {
  const preview = rollout?._spec.kind === 'blueGreen' ? rollout._spec.previewPods : undefined;
  return preview instanceof Pods && (preview.isPercent ? preview.amount * (replicas?.max ?? 3) <= 100 : preview.amount === 1);
}
