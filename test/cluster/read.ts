import { clusterOf, type Cluster } from '../../src/cluster/cluster';
import { Relations } from '../../src/cluster/relations';
import { waysInOf, type ClusterWayIn } from '../../src/cluster/ways-in';
import type { Workload } from '../../src/cluster/workload';
import { Field } from '../../src/reading/field';
import { readText } from '../../src/reading/read-text';

/** A cluster of manifests in which nothing is wrong. */
export function clusterIn(yaml: string, namespace?: string): Cluster {
  const reading = readText('test.yaml', yaml);
  const { cluster, problems } = clusterOf(reading.objects, namespace);
  expect([...reading.problems, ...problems]).toEqual([]);
  return cluster;
}

/** What is wrong with manifests, as `line:column message`. */
export function problemsIn(yaml: string): readonly string[] {
  const reading = readText('test.yaml', yaml);
  const { problems } = clusterOf(reading.objects);
  return [...reading.problems, ...problems].map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);
}

/** The only workload of manifests, and who has to do with it. */
export function workloadIn(yaml: string): { readonly workload: Workload; readonly relations: Relations } {
  const cluster = clusterIn(yaml);
  return { workload: cluster.workloads[0], relations: new Relations(cluster) };
}

/** The ways in to the first workload of manifests. */
export function waysIn(yaml: string): readonly ClusterWayIn[] {
  const { workload, relations } = workloadIn(yaml);
  return waysInOf(relations, workload);
}

/** The ways in as `path by object`, with the type of target where there is one. */
export function waysText(yaml: string): readonly string[] {
  return waysIn(yaml).map(({ path, through, targetType }) => `${path} by ${through.kind} ${through.namespace}/${through.name}${targetType ? `, ${targetType}` : ''}`);
}

/** A value as a field called `spec` of an object. */
export function fieldOf(written: string): Field {
  return Field.of(readText('test.yaml', `apiVersion: v1\nkind: Any\nmetadata: { name: a }\nspec: ${written}\n`).objects[0]).get('spec');
}

/** Documents as one text. */
export function documents(...texts: readonly string[]): string {
  return texts.join('\n---\n');
}
