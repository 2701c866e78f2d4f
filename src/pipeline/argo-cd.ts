import type { ReleaseFacts } from './release-facts';
import type { OwnedFields } from '../manifests/engines/owned-object';
import { withoutAbsent } from '../manifests/manifest';

/** What an Application says besides the services. */
export interface ApplicationSpec {
  readonly project: string;
  readonly repoUrl: string;
  readonly path: string;
  readonly targetRevision: string;
  readonly server: string;
  readonly namespace?: string;
  readonly isAutomated: boolean;
  readonly holdsRoutes: boolean;
}

/** Renders `spec` of an Application of Argo CD. */
export function renderApplicationSpec(services: readonly ReleaseFacts[], spec: ApplicationSpec): object {
  const ignored = services.flatMap(ignoredOf);
  return withoutAbsent({
    project: spec.project,
    source: { repoURL: spec.repoUrl, path: spec.path, targetRevision: spec.targetRevision },
    destination: withoutAbsent({ server: spec.server, namespace: spec.namespace }),
    syncPolicy: withoutAbsent({
      automated: spec.isAutomated ? { prune: true, selfHeal: true } : undefined,
      syncOptions: syncOptionsOf(services, spec.holdsRoutes),
      retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    }),
    ignoreDifferences: ignored.length === 0 ? undefined : ignored,
  });
}

/**
 * `RespectIgnoreDifferences` copies what is ignored from the cluster before it applies. Of a custom object it copies the whole list
 * around an ignored element, so that no edit of a route would ever be applied; without such a list it only does good.
 * @see https://github.com/argoproj/argo-cd/issues/17694
 */
function syncOptionsOf(services: readonly ReleaseFacts[], holdsRoutes: boolean): string[] {
  const reachesIntoList = services.some(({ ownedFields }) => ownedFields.some(isInList));
  return [
    // What does not differ, ignored fields aside, is left as it is: weights too.
    'ApplyOutOfSyncOnly=true',
    // The configuration of the version before is removed when the new one is healthy, not while it may have to return.
    'PruneLast=true',
    ...(holdsRoutes || !reachesIntoList ? ['RespectIgnoreDifferences=true'] : []),
  ];
}

function isInList({ jqPathExpressions }: OwnedFields): boolean {
  return jqPathExpressions.some((expression) => expression.includes('[]'));
}

function ignoredOf({ namespace, ownedFields }: ReleaseFacts): object[] {
  return ownedFields.map(({ group, kind, name, jqPathExpressions }) => withoutAbsent({
    group: group === '' ? undefined : group, kind, name, namespace, jqPathExpressions: [...jqPathExpressions],
  }));
}
