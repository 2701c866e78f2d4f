import { ApiObject, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { appliedServices } from './applied-services';
import type { ZeroDowntimeService } from './zero-downtime-service';
import { renderKustomizationSpec } from '../pipeline/flux';
import { refuse } from '../spec/declaration-error';
import { nonEmpty, optionalSeconds } from '../spec/values';

const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/** Settings of a Kustomization of Flux. */
export interface FluxKustomizationProps {
  /** The services whose manifests are in the folder. Their ConfigMaps are kept when a newer version no longer refers to them. */
  readonly services: ZeroDowntimeService[];

  /** The name of the source that holds the manifests. */
  readonly sourceName: string;

  /** The folder of the manifests in it, such as `./dist`. */
  readonly path: string;

  /**
   * The kind of the source: `GitRepository`, `OCIRepository` or `Bucket`.
   * @default "GitRepository"
   */
  readonly sourceKind?: string;

  /**
   * The name of the Kustomization.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The namespace of the Kustomization and of its source.
   * @default "flux-system"
   */
  readonly namespace?: string;

  /**
   * How often Flux compares the cluster with Git, from 1 minute to 1 day.
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long Flux waits until everything is healthy, from 1 minute to 7 days.
   * @default - the longest time that a release of one of the services takes, apart from approvals
   */
  readonly timeout?: Duration;

  /**
   * The names of the Kustomizations that must be healthy first, such as that of the engine.
   * @default - none
   */
  readonly dependsOn?: string[];
}

/**
 * A Kustomization of Flux that leaves to the engines of releases what is theirs, and is ready when the releases are over.
 *
 * Flux 2.9 or later, which has `spec.ignore`.
 */
export class FluxKustomization extends Construct {
  /** The Kustomization. */
  readonly kustomization: ApiObject;

  /**
   * @param scope a chart that is applied to the cluster of Flux, not one of the folder that the Kustomization applies
   * @param id unique in its scope
   * @param props the services, and where their manifests are
   * @throws where there is no service, or Flux would undo the steps of a release
   */
  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id);
    const { facts, native } = appliedServices(this, props.services);
    if (native) {
      refuse(`[${this.node.path}] ${native.name} cannot be applied by Flux, because it is released with RolloutEngine.native(), and Flux would `
        + 'undo each step; give it RolloutEngine.argoRollouts() or RolloutEngine.flagger(), or leave it to a pipeline');
    }
    this.kustomization = new ApiObject(this, 'kustomization', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: props.name ?? id, namespace: props.namespace ?? 'flux-system' },
      spec: renderKustomizationSpec(facts, {
        sourceKind: props.sourceKind ?? 'GitRepository',
        sourceName: nonEmpty('sourceName', props.sourceName),
        path: nonEmpty('path', props.path),
        intervalSeconds: optionalSeconds('interval', props.interval, 60, 86_400) ?? 600,
        timeoutSeconds: optionalSeconds('timeout', props.timeout, 60, 604_800) ?? Math.max(...facts.map(({ time }) => time.seconds)),
        dependsOn: props.dependsOn ?? [],
      }),
    });
    // Flux removes what is no longer in Git before it waits for the pods that shall replace the last ones; those mount the scripts of migrations too.
    const kept = props.services.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'ConfigMap');
    kept.forEach(({ metadata }) => metadata.addAnnotation(PRUNE, 'disabled'));
  }
}
