import { nonEmpty } from './values';

/**
 * A weakness that the team has looked at and accepts, with the reason.
 *
 * The reason becomes an annotation of the Deployment, so that whoever reads the manifests sees it.
 */
export class Risk {
  /** One replica: the loss of its node is an outage until another pod has started. */
  static singleReplica(reason: string): Risk {
    return new Risk('single-replica', reason);
  }

  /** An image under a moving tag such as `latest`: a restart may run another program than the one released. */
  static movingImageTag(reason: string): Risk {
    return new Risk('moving-image-tag', reason);
  }

  /** The same question for readiness and liveness: what takes a pod out of traffic also restarts it. */
  static sameProbe(reason: string): Risk {
    return new Risk('same-probe', reason);
  }

  /** A readiness probe that only connects: a pod that cannot serve counts as ready. */
  static connectOnlyReadiness(reason: string): Risk {
    return new Risk('connect-only-readiness', reason);
  }

  /** A literal environment value under a name that suggests a secret: whoever reads the manifest reads it. */
  static literalSecret(reason: string): Risk {
    return new Risk('literal-secret', reason);
  }

  /** Session affinity: sessions end, or pile up on few pods, when pods are replaced. */
  static sessionAffinity(reason: string): Risk {
    return new Risk('session-affinity', reason);
  }

  private constructor(
    /** The permanent name of the risk, as warnings and annotations show it. */
    readonly id: string,
    /** Why it is accepted. */
    readonly reason: string,
  ) {
    nonEmpty(`the reason for accepting ${id}`, reason);
  }
}
