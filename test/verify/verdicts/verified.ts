import { Assumptions } from '../../../src/assumptions/assumptions';
import { contextOf } from '../../../src/checks/check-cluster';
import type { RuleContext } from '../../../src/checks/rule';
import { clusterOf } from '../../../src/cluster/cluster';
import { readText } from '../../../src/reading/read-text';
import type { Verified, WayVerdict, WorkloadVerdict } from '../../../src/verify/verdict';
import { verifyCluster } from '../../../src/verify/verify-cluster';
import { givenOf } from '../../support/checked';

export interface Asked {
  /** As `--assume` takes it. */
  readonly assume?: Readonly<Record<string, string | number>>;
  /** The minor version; 34 where absent. */
  readonly kubernetes?: number;
}

/** What the verifier looks at; any problem of the input fails the test that asks. */
export function contextIn(yaml: string, { assume = {}, kubernetes = 34 }: Asked = {}): RuleContext {
  const reading = readText('test.yaml', yaml);
  const { cluster, problems } = clusterOf(reading.objects);
  expect([...reading.problems, ...problems]).toEqual([]);
  return contextOf(cluster, { assumptions: new Assumptions(givenOf(assume)), kubernetesMinor: kubernetes, ignores: [] });
}

export function verified(yaml: string, asked: Asked = {}): Verified {
  return verifyCluster(contextIn(yaml, asked));
}

/** The verdict on the only workload that is judged. */
export function verdictOn(yaml: string, asked: Asked = {}): WorkloadVerdict {
  const { workloads } = verified(yaml, asked);
  expect(workloads).toHaveLength(1);
  return workloads[0];
}

/** The verdict on one way in. */
export function wayOn(yaml: string, path: string, asked: Asked = {}): WayVerdict {
  const [way, ...others] = verdictOn(yaml, asked).ways.filter((each) => each.path === path);
  expect(others).toEqual([]);
  return way;
}

/** The questions of a way that are answered with no. */
export function failing({ answers }: WayVerdict): readonly string[] {
  return answers.filter(({ holds }) => !holds).map(({ question }) => question);
}
