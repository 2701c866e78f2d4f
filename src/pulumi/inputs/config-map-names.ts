import * as pulumi from '@pulumi/pulumi';
import { holdsPlaceholder, settled } from './placeholder';
import type { Derived } from './settle';
import { configMapNameOf, type PlannedConfigMap } from '../../plan/config-maps';

/**
 * The names of the ConfigMaps whose content is known later: a name holds a hash of the content, and the plan has made it of
 * placeholders.
 */
export function derivedNames(service: string, configMaps: readonly PlannedConfigMap[]): Derived {
  const open = configMaps.filter(({ data }) => Object.values(data).some(holdsPlaceholder));
  return new Map(open.map(({ localName, name, data }) => {
    const values = Object.entries(data).map(([key, value]) => pulumi.output(settled(value)).apply((text): [string, string] => [key, text]));
    return [name, pulumi.all(values).apply((entries) => configMapNameOf(service, localName, Object.fromEntries(entries)))];
  }));
}
