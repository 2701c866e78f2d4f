import type { Size } from 'cdk8s';
import type { Volume as PlusVolume } from 'cdk8s-plus-27';
import { refuse, refuseIf } from './declaration-error';
import { dnsSubdomainProblem } from './names';
import { plainOf } from './plain';
import { flagOf, nonEmpty, quoted, shown, textProblem } from './values';

/** What is mounted. A `raw` source is a volume in Kubernetes' own form, without its name; what has one identity is one volume. */
export type VolumeSource =
  | { readonly kind: 'empty-dir'; readonly medium?: 'Memory'; readonly sizeLimit?: string }
  | { readonly kind: 'config'; readonly name: string }
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'claim'; readonly name: string }
  | { readonly kind: 'raw'; readonly identity: object; readonly volume: Record<string, unknown> };

/** How a volume is mounted. */
export interface MountOptions {
  /**
   * Whether the container may only read.
   * @default - true for ConfigMaps and Secrets, false otherwise
   */
  readonly readOnly?: boolean;

  /**
   * The path inside the volume that is mounted. A ConfigMap or Secret mounted so is not updated while the pod runs.
   * @default - the volume's root
   */
  readonly subPath?: string;
}

/** What is mounted at one path of a container. */
export class Volume {
  /** A directory on the node's disk that lives as long as the pod. */
  static emptyDir(sizeLimit?: Size): Volume {
    return new Volume({ kind: 'empty-dir', sizeLimit: sizeOf('Volume.emptyDir', sizeLimit) }, false);
  }

  /** A directory in memory that lives as long as the pod and counts against the container's memory limit. */
  static memory(sizeLimit?: Size): Volume {
    return new Volume({ kind: 'empty-dir', medium: 'Memory', sizeLimit: sizeOf('Volume.memory', sizeLimit) }, false);
  }

  /**
   * The keys of a ConfigMap as files.
   * @param config a name of `configMaps`, or the name of a ConfigMap of this app or declared with `External.configMap`
   */
  static config(config: string, options: MountOptions = {}): Volume {
    return new Volume({ kind: 'config', name: nonEmpty('Volume.config config', config) }, flagOf('Volume readOnly', options.readOnly, true), options.subPath);
  }

  /**
   * The keys of a Secret as files.
   * @param secret the Secret's name: one of this app, or declared with `External.secret`
   */
  static secret(secret: string, options: MountOptions = {}): Volume {
    return new Volume({ kind: 'secret', name: nonEmpty('Volume.secret secret', secret) }, flagOf('Volume readOnly', options.readOnly, true), options.subPath);
  }

  /**
   * A persistent volume. Old and new pods mount it at the same time during a release, so its access mode must be
   * ReadWriteMany or ReadOnlyMany, or every pod must be on one node.
   * @param claim the name of the PersistentVolumeClaim
   * @throws where the name is not one that Kubernetes takes
   */
  static claim(claim: string, options: MountOptions = {}): Volume {
    refuseIf(dnsSubdomainProblem('Volume.claim claim', claim));
    return new Volume({ kind: 'claim', name: claim }, flagOf('Volume readOnly', options.readOnly, false), options.subPath);
  }

  /** A volume made with cdk8s-plus. */
  static fromPlus(volume: PlusVolume, options: MountOptions = {}): Volume {
    const { name: _, ...source } = plainOf(volume._toKube()) as Record<string, unknown>;
    return new Volume({ kind: 'raw', identity: volume, volume: source }, flagOf('Volume readOnly', options.readOnly, false), options.subPath);
  }

  /** @internal */
  readonly _source: VolumeSource;

  private constructor(
    source: VolumeSource,
    /** Whether the container may only read. */
    readonly readOnly: boolean,
    /** The path inside the volume that is mounted. */
    readonly subPath?: string,
  ) {
    this._source = source;
    refuseIf(subPath === undefined ? undefined : textProblem('Volume subPath', subPath));
    if (subPath !== undefined && (subPath.startsWith('/') || subPath.split('/').includes('..'))) {
      refuse(`Volume subPath ${quoted(subPath)} must be relative and hold no '..'`);
    }
  }
}

function sizeOf(factory: string, limit: Size | undefined): string | undefined {
  refuseIf(limit === undefined || typeof (limit as Size | null)?.asString === 'function' ? undefined
    : `${factory} size limit ${shown(limit)} must be a Size, such as Size.mebibytes(64)`);
  return limit?.asString();
}
