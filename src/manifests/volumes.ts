import { withoutAbsent } from './manifest';
import { objectNameOf, PlannedConfigMap } from '../plan/config-maps';
import type { ContainerSpec } from '../spec/container-spec';
import { Volume, VolumeSource } from '../spec/volume';

/** A volume mounted into one container. */
export interface Mount {
  readonly volumeName: string;
  readonly path: string;
  readonly subPath?: string;
  readonly readOnly: boolean;
}

/** Collects the volumes of a pod: what several containers mount of the same source is one volume. */
export class Volumes {
  private readonly volumes: Array<{ readonly key: unknown; readonly name: string; readonly source: object }> = [];

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

  render(): object[] {
    return this.volumes.map(({ name, source }) => ({ name, ...source }));
  }

  private nameOf(path: string, volume: Volume): string {
    const key = identityOf(volume);
    const known = this.volumes.find((other) => other.key === key);
    if (known) {
      return known.name;
    }
    const name = this.uniqueName(baseName(path, volume._source));
    this.volumes.push({ key, name, source: this.renderSource(volume._source) });
    return name;
  }

  private uniqueName(base: string): string {
    const taken = new Set(this.volumes.map(({ name }) => name));
    let name = base;
    for (let i = 2; taken.has(name); i += 1) {
      name = `${base}-${i}`;
    }
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

function baseName(path: string, source: VolumeSource): string {
  const text = source.kind === 'empty-dir' || source.kind === 'raw' ? path : `${source.kind}-${source.name}`;
  const label = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, '');
  return label === '' ? 'volume' : label;
}
