import { createHash } from 'crypto';
import type { Ledger } from './ledger';
import { RUNTIME_PREFIX } from '../spec/container-spec';
import { configKeyProblem, dnsLabelProblem, envNameProblem } from '../spec/names';
import type { ServiceSpec } from '../spec/service-spec';
import { quoted } from '../spec/values';

/** A ConfigMap of the service. */
export interface PlannedConfigMap {
  /** The name under which the declaration refers to it; none for `config`. */
  readonly localName?: string;
  /** The object's name, with a hash of the content. */
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** The name of the object that a declaration's word for it means: one of the service's own, or any other by its name. */
export function objectNameOf(configMaps: readonly PlannedConfigMap[], word: string): string {
  return configMaps.find(({ localName }) => localName === word)?.name ?? word;
}

/** The name of the object that holds this content. */
export function configMapNameOf(service: string, localName: string | undefined, data: Readonly<Record<string, string>>): string {
  const sorted = Object.keys(data).sort().map((key): [string, string] => [key, data[key]]);
  const hash = createHash('sha256').update(JSON.stringify(Object.fromEntries(sorted))).digest('hex').slice(0, 10);
  return `${service}-${localName ?? 'config'}-${hash}`;
}

/** The API server refuses more. */
const MAX_BYTES = 1024 * 1024;

/**
 * Names every ConfigMap by its content.
 *
 * A change makes another object, so a pod that is restarted during a release finds the values that it was released
 * with, and the new name in the pod template rolls the pods.
 */
export function planConfigMaps(spec: ServiceSpec, ledger: Ledger): PlannedConfigMap[] {
  for (const name of Object.keys(spec.config)) {
    ledger.problem(envNameProblem('config name', name));
    if (name.startsWith(RUNTIME_PREFIX)) {
      ledger.problem(`config ${quoted(name)} must not start with ${RUNTIME_PREFIX}: the library sets those`);
    }
  }
  const environment = Object.keys(spec.config).length === 0 ? [] : [planned(spec, ledger, undefined, spec.config)];
  return [...environment, ...Object.entries(spec.configMaps).map(([localName, data]) => {
    ledger.problem(dnsLabelProblem('configMaps name', localName));
    ledger.problem(localName === 'config' ? 'configMaps name "config" is that of the settings in config; give it another name' : undefined);
    Object.keys(data).forEach((key) => ledger.problem(configKeyProblem(`configMaps ${quoted(localName)} key`, key)));
    return planned(spec, ledger, localName, data);
  })];
}

function planned(spec: ServiceSpec, ledger: Ledger, localName: string | undefined, data: Readonly<Record<string, string>>): PlannedConfigMap {
  const title = localName === undefined ? 'config' : `configMaps ${quoted(localName)}`;
  const sorted = Object.fromEntries(Object.keys(data).sort().map((key) => [key, data[key]]));
  for (const [key, value] of Object.entries(sorted)) {
    if (typeof value !== 'string') {
      ledger.problem(`${title} ${quoted(key)} must be a text, not ${value === null ? 'null' : typeof value}`);
    }
  }
  const bytes = Object.entries(sorted).reduce((total, [key, value]) => total + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
  if (bytes > MAX_BYTES) {
    ledger.problem(`${title} holds ${bytes} bytes; a ConfigMap takes at most ${MAX_BYTES}, so mount a volume instead`);
  }
  return { localName, name: configMapNameOf(spec.name, localName, sorted), data: sorted };
}
