import { Colour, type EngineSpec } from '../../spec/rollout/rollout-engine';
import { CANARY_HASH, STABLE_HASH, type Version, versionsOf } from '../rollout/versions';

/** How the measurements of one version are told from those of the other. */
export interface MeasuredVersion extends Version {
  /** The Deployment of this version alone, where each version has one. */
  readonly workload?: string;
  /** The hash of its pod template, where both versions are of one workload. */
  readonly hash?: string;
}

/** The two versions of a release: the new one is the canary, whatever the kind of the release. */
export interface MeasuredVersions {
  readonly canary: MeasuredVersion;
  readonly stable: MeasuredVersion;
}

/** A release, as far as it tells versions apart. */
export type Release = { readonly kind: 'canary' | 'abTest' | 'blueGreen'; readonly engine: EngineSpec } | { readonly kind: 'rolling' };

/** How the versions of a service are told apart in its measurements. */
export function measuredVersionsOf(release: Release, name: string): MeasuredVersions {
  if (release.kind === 'rolling') {
    throw new Error('a rolling release has no analysis');
  }
  const { canary, stable } = versionsOf(release.engine, name);
  switch (release.engine.kind) {
    case 'argoRollouts': return {
      canary: { ...canary, hash: `{{args.${CANARY_HASH}}}` },
      stable: { ...stable, hash: `{{args.${STABLE_HASH}}}` },
    };
    case 'flagger': return { canary: { ...canary, workload: name }, stable: { ...stable, workload: `${name}-primary` } };
    case 'native': return release.kind === 'blueGreen' ? colours(release.engine.live ?? Colour.BLUE, name) : {
      canary: { ...canary, workload: `${name}-canary` },
      stable: { ...stable, workload: `${name}-stable` },
    };
  }
}

/** The new version has the colour that is to be live. */
function colours(live: Colour, name: string): MeasuredVersions {
  const ofColour = (colour: Colour) => ({ workload: `${name}-${colour}`, podPattern: `${name}-${colour}-[0-9a-z]{1,10}-[0-9a-z]{5}` });
  return { canary: ofColour(live), stable: ofColour(live === Colour.BLUE ? Colour.GREEN : Colour.BLUE) };
}
