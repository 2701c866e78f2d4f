import * as pulumi from '@pulumi/pulumi';
import { type Derived, holdsPlaceholder, settled } from './placeholder';
import { expandNameOf, expandSpecOf } from '../../manifests/migrations/jobs';
import { dashboardUidOf } from '../../manifests/monitoring/dashboard';
import { type NamedVolume, volumeNameOf, volumesOf } from '../../manifests/volumes';
import { configMapNameOf } from '../../plan/config-maps';
import type { Planned } from '../../plan/planned-service';

/** Names that follow from values which are known later, and which the plan has made of placeholders: hashes and shortened names. */
export function derivedNames(planned: Planned): Derived {
  return new Map([...configMapNames(planned), ...volumeNames(planned), ...dashboardUid(planned), ...expandName(planned)]);
}

/** The name of a ConfigMap holds a hash of its content. */
function configMapNames({ spec, configMaps }: Planned): [string, pulumi.Input<string>][] {
  const open = configMaps.filter(({ data }) => Object.values(data).some(holdsPlaceholder));
  return open.map(({ localName, name, data }) => {
    const values = Object.entries(data).map(([key, value]) => pulumi.output(settled(value)).apply((text): [string, string] => [key, text]));
    return [name, pulumi.all(values).apply((entries) => configMapNameOf(spec.name, localName, Object.fromEntries(entries)))];
  });
}

/** The name of a volume is made of that of the object in it, shortened, and not one of those before it. */
function volumeNames(planned: Planned): [string, pulumi.Input<string>][] {
  const volumes = volumesOf(planned);
  const open = volumes.filter(({ object }) => object !== undefined && holdsPlaceholder(object));
  const plain = volumes.filter((volume) => !open.includes(volume)).map(({ name }) => name);
  return open.map((volume, index) => {
    // Those of another kind begin with another word.
    const before = open.slice(0, index).filter(({ kind }) => kind === volume.kind);
    return [volume.name, pulumi.all([...before, volume].map(({ object }) => settled(object!))).apply((objects) => nameAfter(volume, plain, objects))];
  });
}

function nameAfter({ kind }: NamedVolume, plain: readonly string[], objects: readonly string[]): string {
  const taken = [...plain];
  for (const object of objects) {
    taken.push(volumeNameOf(kind, object, taken));
  }
  return taken[taken.length - 1];
}

/** The name of the Job that expands holds a hash of its spec. */
function expandName(planned: Planned): [string, pulumi.Input<string>][] {
  const { spec: { name }, schema } = planned;
  const jobs = schema?.jobs;
  const text = jobs === undefined || jobs.migrations.length === 0 ? '' : JSON.stringify(expandSpecOf(planned, jobs));
  return !holdsPlaceholder(text) ? [] : [[expandNameOf(name, text), pulumi.output(settled(text)).apply((known) => expandNameOf(name, known))]];
}

/** Grafana's name of a dashboard is a hash of the service's. */
function dashboardUid({ spec: { name, namespace }, monitoring }: Planned): [string, pulumi.Input<string>][] {
  return monitoring === undefined || namespace === undefined || !holdsPlaceholder(namespace) ? []
    : [[dashboardUidOf(namespace, name), pulumi.output(settled(namespace)).apply((known) => dashboardUidOf(known, name))]];
}
