import { givenValueOf } from '../../src/assumptions/assumption-value';
import { Assumptions, type Given } from '../../src/assumptions/assumptions';
import { checkCluster } from '../../src/checks/check-cluster';
import type { Finding } from '../../src/checks/finding';
import type { Ignore } from '../../src/checks/ignore';
import type { Rule } from '../../src/checks/rule';
import { RULES } from '../../src/checks/rules';
import { clusterOf } from '../../src/cluster/cluster';
import { readText } from '../../src/reading/read-text';

export interface CheckedOptions {
  /** All where absent. */
  readonly rules?: readonly Rule[];
  /** `{ 'longest-request-seconds': 20 }`, as `--assume` takes it. */
  readonly assume?: Readonly<Record<string, string | number>>;
  /** The minor version; 34 where absent. */
  readonly kubernetes?: number;
  readonly ignores?: readonly Ignore[];
}

/** The findings for some manifests; any problem of the input fails the test that asks. */
export function checked(yaml: string, options: CheckedOptions = {}): readonly Finding[] {
  const reading = readText('test.yaml', yaml);
  const { cluster, problems } = clusterOf(reading.objects);
  const result = checkCluster(cluster, {
    assumptions: new Assumptions(givenOf(options.assume ?? {})),
    kubernetesMinor: options.kubernetes ?? 34,
    ignores: options.ignores ?? [],
    rules: options.rules ?? RULES,
  });
  const all = [...reading.problems, ...problems, ...result.problems];
  if (all.length > 0) {
    throw new Error(all.map(({ message }) => message).join('\n'));
  }
  return result.findings;
}

/** What `--assume` makes of such values. */
export function givenOf(assume: Readonly<Record<string, string | number>>): ReadonlyMap<string, Given> {
  return new Map(Object.entries(assume).map(([key, value]) => {
    const given = givenValueOf(key, value);
    if ('problem' in given) {
      throw new Error(given.problem);
    }
    return [key, { value: given.value, source: '--assume' }];
  }));
}

/** The ids of the rules that manifests violate, each once. */
export function ruleIds(yaml: string, options: CheckedOptions = {}): readonly string[] {
  return [...new Set(checked(yaml, options).filter(({ ignored }) => !ignored).map(({ ruleId }) => ruleId))].sort();
}
