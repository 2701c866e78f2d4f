import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { legalDeclarations } from './arbitraries';
import { releaseOf, type Manifest } from './oracle-reading';
import { synthesize } from './synthesis';
import { Assumptions } from '../../src/assumptions/assumptions';
import { contextOf } from '../../src/checks/check-cluster';
import { clusterOf } from '../../src/cluster/cluster';
import { resolvedRollingUpdate } from '../../src/cluster/count';
import type { Workload } from '../../src/cluster/workload';
import { readText } from '../../src/reading/read-text';
import { verifyCluster } from '../../src/verify/verify-cluster';
import { givenOf } from '../support/checked';

/** Legal in a text, and refused by whoever reads a file, because it mostly means that the file is in another encoding. */
const UNREADABLE = /[\ufffd-\uffff]/g;

beforeEach(() => {
  // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

/** How many pods stay, whatever the autoscaler makes of their number, where one is evicted amid a release; rounding may cost one more. */
function podsLeft({ strategy }: Workload, { min, max }: { readonly min: number; readonly max: number }): number {
  const left = Array.from({ length: max - min + 1 }, (_, index) => min + index - resolvedRollingUpdate(strategy, min + index).unavailable);
  return Math.min(...left) - 1 - (max > min ? 1 : 0);
}

test('what the library plans for any legal declaration is proved, where enough pods are declared for a release and an eviction', () => {
  let proved = 0;
  fc.assert(fc.property(legalDeclarations, (declaration) => {
    const { manifests } = synthesize(declaration);
    const { propagation } = releaseOf(manifests as Manifest[], declaration.oracle).facts;
    const { objects } = readText('synthesized.yaml', Yaml.stringify(...manifests).replace(UNREADABLE, '?'));
    // A class of the user's own does not tell a stranger which controller serves it.
    const otherIngress = Math.max(0, propagation.ingressNginx ?? 0, propagation.awsLoadBalancer ?? 0);
    const assumptions = new Assumptions(givenOf({ 'propagation-seconds.otherIngress': otherIngress }));
    const context = contextOf(clusterOf(objects).cluster, { assumptions, kubernetesMinor: declaration.oracle.kubernetesMinor, ignores: [] });
    const [workload] = context.cluster.workloads;
    if (podsLeft(workload, context.relations.replicasOf(workload)) < 1) {
      return;
    }
    const drains = context.assumptionsOf(workload).word('shutdown') === 'drains';
    for (const { verdict, answers, reason, path } of verifyCluster(context).workloads.flatMap(({ ways }) => ways)) {
      const lost = answers.filter(({ holds }) => !holds).map(({ question, inequality }) => `${path}: ${question}: ${inequality}`);
      // A program that exits at once resets connections that clients keep, and no plan prevents that.
      expect(drains ? lost : lost.filter((answer) => !answer.includes('no request is sent on a kept connection'))).toEqual([]);
      if (drains) {
        expect([verdict, reason]).toEqual(['PROVED', undefined]);
        proved += 1;
      }
    }
  }), { numRuns: 150 });
  expect(proved).toBeGreaterThan(20);
});
