import { Assumptions } from '../../src/assumptions/assumptions';
import { checkCluster, checkIn, contextOf } from '../../src/checks/check-cluster';
import { isAtLeast, SEVERITIES } from '../../src/checks/finding';
import { clusterIn } from '../cluster/read';
import { inside } from '../verify/verdicts/manifests';

const SETTINGS = { assumptions: new Assumptions(), kubernetesMinor: 34, ignores: [] };

test('a context that is known is checked as if it were made for it', () => {
  const cluster = clusterIn(inside({ preStop: '' }));
  const found = checkIn(contextOf(cluster, SETTINGS), SETTINGS);
  expect(found.findings.length).toBeGreaterThan(0);
  expect(found).toEqual(checkCluster(cluster, SETTINGS));
});

test('what rules ask for is no part of what a verdict rests on', () => {
  const cluster = clusterIn(inside());
  const context = contextOf(cluster, SETTINGS);
  checkIn(context, SETTINGS);
  expect(context.assumptionsOf(cluster.workloads[0]).used).toEqual([]);
});

test('a severity is itself or worse, the worst first', () => {
  const rows = SEVERITIES.map((severity) => SEVERITIES.map((least) => isAtLeast(severity, least)));
  expect(rows).toEqual([[true, true, true], [false, true, true], [false, false, true]]);
});
