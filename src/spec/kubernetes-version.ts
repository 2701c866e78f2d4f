import { refuse } from './declaration-error';
import { quoted } from './values';

/**
 * The oldest Kubernetes version that the manifests must work on.
 *
 * A feature is used only where that version has it switched on by default, so manifests for one version work on
 * every later one too.
 */
export class KubernetesVersion {
  /** Kubernetes 1.27. */
  static readonly V1_27 = new KubernetesVersion(27);
  /** Kubernetes 1.28. */
  static readonly V1_28 = new KubernetesVersion(28);
  /** Kubernetes 1.29. */
  static readonly V1_29 = new KubernetesVersion(29);
  /** Kubernetes 1.30, the first with the native sleep action. */
  static readonly V1_30 = new KubernetesVersion(30);
  /** Kubernetes 1.31. */
  static readonly V1_31 = new KubernetesVersion(31);
  /** Kubernetes 1.32. */
  static readonly V1_32 = new KubernetesVersion(32);
  /** Kubernetes 1.33. */
  static readonly V1_33 = new KubernetesVersion(33);
  /** Kubernetes 1.34. */
  static readonly V1_34 = new KubernetesVersion(34);
  /** Kubernetes 1.35. */
  static readonly V1_35 = new KubernetesVersion(35);
  /** Kubernetes 1.36. */
  static readonly V1_36 = new KubernetesVersion(36);

  /**
   * A version given as text, for instance from the cluster's own answer.
   *
   * @param version major and minor, such as `1.31`; a leading `v` and a patch are accepted and ignored
   * @throws where the version is not one from 1.27 to 1.36
   */
  static of(version: string): KubernetesVersion {
    const match = /^v?1\.(\d+)(\.\d+)?([-+].*)?$/.exec(version);
    const minor = match ? Number(match[1]) : NaN;
    if (!(minor >= 27 && minor <= 36)) {
      refuse(`kubernetesVersion ${quoted(version)} must be from 1.27 to 1.36`);
    }
    return new KubernetesVersion(minor);
  }

  private constructor(
    /** The minor version: 30 for Kubernetes 1.30. */
    readonly minor: number,
  ) {}

  /** The version as `1.30`. */
  toString(): string {
    return `1.${this.minor}`;
  }
}
