import { jsonPointerOf } from './json-pointer';
import type { ReleaseFacts } from './release-facts';
import { withoutAbsent } from '../manifests/manifest';

/** What a Kustomization says besides the services. */
export interface KustomizationSpec {
  readonly sourceKind: string;
  readonly sourceName: string;
  readonly path: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly dependsOn: readonly string[];
}

/** Versions of Kubernetes' own core objects, whose group is empty and would select every group. */
const CORE_VERSION = 'v1';

/** Health of what Flux does not know: by the status of the present specification alone. */
const HEALTH: Readonly<Record<string, object>> = {
  argoRollouts: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    // Argo Rollouts writes the generation as a text.
    inProgress: '!has(status.observedGeneration) || status.observedGeneration != string(metadata.generation)',
    failed: 'has(status.phase) && status.phase == "Degraded"',
    current: 'has(status.phase) && status.phase == "Healthy"',
  },
  flagger: {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    failed: 'has(status.phase) && status.phase == "Failed"',
    current: 'has(status.phase) && status.phase in ["Initialized", "Succeeded"]',
  },
};

/** Renders `spec` of a Kustomization of Flux. */
export function renderKustomizationSpec(services: readonly ReleaseFacts[], spec: KustomizationSpec): object {
  const ignore = services.flatMap(ignoreRulesOf);
  const checks = Object.keys(HEALTH).filter((engine) => services.some((service) => service.engine === engine)).map((engine) => HEALTH[engine]);
  return withoutAbsent({
    interval: `${spec.intervalSeconds}s`,
    retryInterval: '1m',
    timeout: `${spec.timeoutSeconds}s`,
    sourceRef: { kind: spec.sourceKind, name: spec.sourceName },
    path: spec.path,
    prune: true,
    wait: true,
    // What cannot be changed would be deleted and made anew, with every pod.
    force: false,
    dependsOn: spec.dependsOn.length === 0 ? undefined : spec.dependsOn.map((name) => ({ name })),
    healthCheckExprs: checks.length === 0 ? undefined : checks,
    ignore: ignore.length === 0 ? undefined : ignore,
  });
}

/** Flux reads names as regular expressions; theirs are letters, digits and hyphens. */
function ignoreRulesOf({ namespace, ownedFields }: ReleaseFacts): object[] {
  return ownedFields.map(({ group, kind, name, jqPathExpressions }) => ({
    paths: [...new Set(jqPathExpressions.map(jsonPointerOf))],
    target: withoutAbsent({
      ...(group === '' ? { version: CORE_VERSION } : { group: group.replace(/\./g, '\\.') }), kind, name: `^${name}$`, namespace: namespace && `^${namespace}$`,
    }),
  }));
}
