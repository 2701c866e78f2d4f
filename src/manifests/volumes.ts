import { withoutAbsent } from './manifest';
import { objectNameOf, PlannedConfigMap } from '../plan/config-maps';
import type { Planned } from '../plan/planned-service';
import type { ContainerSpec } from '../spec/container-spec';
import { Volume, VolumeSource } from '../spec/volume';

/** A volume mounted into one container. */
export interface Mount {
  readonly volumeName: string;
  readonly path: string;
  readonly subPath?: string;
  readonly readOnly: boolean;
}

/** A volume of a pod. */
export interface NamedVolume {
  readonly name: string;
  readonly kind: VolumeSource['kind'];
  /** The name of the object in it, where it is one. */
  readonly object?: string;
}

/** The volumes of a service's pods. */
export function volumesOf({ spec, configMaps }: Pick<Planned, 'spec' | 'configMaps'>): readonly NamedVolume[] {
  const volumes = new Volumes(configMaps);
  [spec.container, ...spec.initContainers, ...spec.sidecars].forEach((container) => volumes.add(container));
  return volumes.named;
}

/** Collects the volumes of a pod: what several containers mount of the same source is one volume. */
export class Volumes {
  private readonly volumes: Array<NamedVolume & { readonly key: unknown; readonly source: object }> = [];

  constructor(private readonly configMaps: readonly PlannedConfigMap[]) {}

  /** Adds what a container mounts, with a `/tmp` where it could otherwise write nowhere. */
  add(container: ContainerSpec): Mount[] {
    const { isRestricted, _options } = container.security;
    const isReadOnly = isRestricted && !_options.writableRootFilesystem;
    const volumes = Object.entries(container.volumes);
    if (isReadOnly && !('/tmp' in container.volumes)) {
      volumes.push(['/tmp', Volume.emptyDir()]);
    }
    return volumes.map(([path, volume]) => ({
      volumeName: this.nameOf(path, volume), path, subPath: volume.subPath, readOnly: volume.readOnly,
    }));
  }

  get named(): readonly NamedVolume[] {
    return this.volumes;
  }

  render(): object[] {
    return this.volumes.map(({ name, source }) => ({ name, ...source }));
  }

  private nameOf(path: string, volume: Volume): string {
    const key = identityOf(volume);
    const known = this.volumes.find((other) => other.key === key);
    if (known) {
      return known.name;
    }
    const { _source: source } = volume;
    const object = 'name' in source ? source.name : undefined;
    const name = volumeNameOf(source.kind, object ?? path, this.volumes.map((other) => other.name));
    this.volumes.push({ key, name, kind: source.kind, object, source: this.renderSource(source) });
    return name;
  }

  private renderSource(source: VolumeSource): object {
    switch (source.kind) {
      case 'empty-dir': return { emptyDir: withoutAbsent({ medium: source.medium, sizeLimit: source.sizeLimit }) };
      case 'config': return { configMap: { name: objectNameOf(this.configMaps, source.name) } };
      case 'secret': return { secret: { secretName: source.name } };
      case 'claim': return { persistentVolumeClaim: { claimName: source.name } };
      case 'raw': return source.volume;
    }
  }
}

/** An emptyDir is shared where the same Volume object is given to several containers; others are what they name. */
function identityOf(volume: Volume): unknown {
  switch (volume._source.kind) {
    case 'empty-dir': return volume;
    case 'raw': return volume._source.identity;
    default: return JSON.stringify(volume._source);
  }
}

/** A name that is a DNS label and none of those taken, for a volume of an object, or else for what is mounted at a path. */
export function volumeNameOf(kind: VolumeSource['kind'], objectOrPath: string, taken: readonly string[]): string {
  const text = kind === 'empty-dir' || kind === 'raw' ? objectOrPath : `${kind}-${objectOrPath}`;
  const label = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, '');
  const base = label === '' ? 'volume' : label;
  let name = base;
  for (let i = 2; taken.includes(name); i += 1) {
    name = `${base}-${i}`;
  }
  return name;
}
