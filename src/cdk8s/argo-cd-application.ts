import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { appliedServices } from './applied-services';
import type { ZeroDowntimeService } from './zero-downtime-service';
import { renderApplicationSpec } from '../pipeline/argo-cd';
import { SYNC_WAVE, syncWaveOf } from '../pipeline/sync-wave';
import { refuse } from '../spec/declaration-error';
import { repositoryUrl } from '../spec/url';
import { nonEmpty, oneOf } from '../spec/values';

/** Whether Argo CD applies what Git says by itself. */
export enum ApplicationSync {
  /** It applies, removes and repairs by itself. */
  AUTOMATED = 'AUTOMATED',
  /** Somebody, or a pipeline, asks for each sync. */
  MANUAL = 'MANUAL',
}

/** What becomes of a change in Git to a route whose weights an engine writes. */
export enum RouteEdits {
  /**
   * It is applied, with the weights that Git says. In the middle of a release the stable version gets all traffic until the engine
   * has seen it; Argo Rollouts does within seconds.
   */
  APPLIED = 'APPLIED',
  /**
   * It is held back, for ever: Argo CD shows the difference, and copies the whole list of routes from the cluster when it applies.
   * @see https://github.com/argoproj/argo-cd/issues/17694
   */
  HELD = 'HELD',
}

/** Settings of an Application of Argo CD. */
export interface ArgoCdApplicationProps {
  /** The services whose manifests are in the folder. Their objects get the sync waves. */
  readonly services: ZeroDowntimeService[];

  /** The URL of the Git repository that holds the manifests, without user and password: what an Application says, many read. */
  readonly repoUrl: string;

  /** The folder of the manifests in it. */
  readonly path: string;

  /**
   * The branch, tag or commit.
   * @default "HEAD"
   */
  readonly targetRevision?: string;

  /**
   * The project of Argo CD.
   * @default "default"
   */
  readonly project?: string;

  /**
   * The API server of the cluster that the services run in.
   * @default "https://kubernetes.default.svc"
   */
  readonly destinationServer?: string;

  /**
   * The namespace for objects that name none.
   * @default - none
   */
  readonly destinationNamespace?: string;

  /**
   * The name of the Application.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * The namespace of the Application, which Argo CD watches.
   * @default "argocd"
   */
  readonly namespace?: string;

  /**
   * Whether Argo CD applies by itself. `AUTOMATED` is refused beside a service with `RolloutEngine.native()`, whose pipeline it
   * would undo in the middle.
   * @default - ApplicationSync.AUTOMATED; ApplicationSync.MANUAL where a service is released with RolloutEngine.native()
   */
  readonly sync?: ApplicationSync;

  /**
   * What becomes of a change in Git to a route whose weights an engine writes.
   * @default RouteEdits.APPLIED
   */
  readonly routeEdits?: RouteEdits;
}

/**
 * An Application of Argo CD that leaves to the engines of releases what is theirs, and applies what leads to pods before the pods.
 *
 * Argo CD 2.5 or later.
 */
export class ArgoCdApplication extends Construct {
  /** The Application. */
  readonly application: ApiObject;

  /**
   * @param scope a chart that is applied to the cluster of Argo CD, not one of the folder that the Application applies
   * @param id unique in its scope
   * @param props the services, and where their manifests are
   * @throws where there is no service, or Argo CD would undo the steps of a release
   */
  constructor(scope: Construct, id: string, props: ArgoCdApplicationProps) {
    super(scope, id);
    const { facts, native } = appliedServices(this, props.services);
    const sync = oneOf(`[${this.node.path}] sync`, props.sync ?? (native ? ApplicationSync.MANUAL : ApplicationSync.AUTOMATED), 'ApplicationSync', ApplicationSync);
    if (native && sync === ApplicationSync.AUTOMATED) {
      refuse(`[${this.node.path}] sync AUTOMATED must be MANUAL, because ${native.name} is released with RolloutEngine.native(), `
        + 'and Argo CD would undo each step; leave sync out');
    }
    this.application = new ApiObject(this, 'application', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: props.name ?? id, namespace: props.namespace ?? 'argocd' },
      spec: renderApplicationSpec(facts, {
        project: props.project ?? 'default',
        repoUrl: repositoryUrl(`[${this.node.path}] repoUrl`, props.repoUrl),
        path: nonEmpty('path', props.path),
        targetRevision: props.targetRevision ?? 'HEAD',
        server: props.destinationServer ?? 'https://kubernetes.default.svc',
        namespace: props.destinationNamespace,
        isAutomated: sync === ApplicationSync.AUTOMATED,
        holdsRoutes: oneOf(`[${this.node.path}] routeEdits`, props.routeEdits, 'RouteEdits', RouteEdits) === RouteEdits.HELD,
      }),
    });
    props.services.forEach(addSyncWaves);
  }
}

function addSyncWaves({ objects }: ZeroDowntimeService): void {
  for (const object of objects) {
    const wave = syncWaveOf(object.kind);
    if (wave !== undefined) {
      object.metadata.addAnnotation(SYNC_WAVE, wave);
    }
  }
}
