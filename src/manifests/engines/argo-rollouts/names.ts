import type { Planned } from '../../../plan/planned-service';

/** The label by which Argo Rollouts tells the pods of one version from those of another. */
export const HASH_LABEL = 'rollouts-pod-template-hash';

/** The route of a VirtualService whose weights are the shares. */
export const PRIMARY_ROUTE = 'primary';

/** The subsets of a DestinationRule. */
export const SUBSETS = { stable: 'stable', canary: 'canary' } as const;

/** The routes that Argo Rollouts adds while a release goes on, and takes away when it is over. */
export const MANAGED_ROUTES = { header: 'canary-header', mirror: 'canary-mirror' } as const;

/** The Services of a release, by what they reach. Not every release has all of them. */
export function serviceNamesOf({ spec: { name } }: Planned) {
  return {
    all: name,
    stable: `${name}-stable`,
    canary: `${name}-canary`,
    preview: `${name}-preview`,
    ping: `${name}-ping`,
    pong: `${name}-pong`,
    root: `${name}-root`,
  };
}

/** The AnalysisTemplates of a release. */
export function analysisNamesOf({ spec: { name } }: Planned) {
  return { analysis: name, preview: `${name}-preview` };
}
