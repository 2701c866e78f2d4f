import type { RegionRelease } from './region-release';
import { RegionRollback } from '../../spec/regions/region-sequence-props';
import type { RegionSequenceSpec } from '../../spec/regions/region-sequence-spec';
import { type Manifest, withoutAbsent } from '../manifest';

/** The label by which the index is found among manifests. */
export const REGIONS_LABEL = 'zero-downtime/regions';

/** What is told of a region, besides what its spec says. */
export interface IndexedRegion {
  readonly file: string;
  readonly bakeSeconds: number;
  readonly releases: readonly RegionRelease[];
}

/** Renders the object of the index without its text, which is known only once every service is declared. */
export function renderRegionIndex(sequence: string, { namespace }: RegionSequenceSpec): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: withoutAbsent({
      name: `${sequence}-regions`,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'zero-downtime', [REGIONS_LABEL]: 'true' },
    }),
  };
}

/** Tells a pipeline which file is applied where and when, what is waited for after it, and what follows a failure. */
export function regionIndexText(sequence: string, spec: RegionSequenceSpec, regions: readonly IndexedRegion[]): string {
  const names = spec.regions.map(({ name }) => name);
  const index = {
    version: 1,
    sequence,
    regions: spec.regions.map(({ name, context }, at) => ({
      region: name,
      context,
      stepsBefore: regions[at].releases.flatMap(({ steps, waitFor: { namespace } }) => steps === undefined ? [] : [{ namespace, configMap: steps }]),
      file: regions[at].file,
      waitFor: regions[at].releases.map(({ waitFor }) => waitFor),
      bakeSeconds: regions[at].bakeSeconds,
      onFailure: { stop: true, rollBack: spec.rollback === RegionRollback.FAILED_ONLY ? [name] : names.slice(0, at + 1).reverse() },
    })),
  };
  return `${JSON.stringify(index, null, 2)}\n`;
}
