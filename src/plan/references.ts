import type { PlannedConfigMap } from './config-maps';
import type { Ledger } from './ledger';
import type { ContainerSpec } from '../spec/container-spec';
import type { Env } from '../spec/env';
import type { ServiceSpec } from '../spec/service-spec';
import { quoted } from '../spec/values';

/** A Secret or ConfigMap, by name, that the pods cannot start without. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
  /** The key that is read, where only one is. */
  readonly key?: string;
  /** Where in the declaration it is referred to. */
  readonly usedBy: string;
}

/**
 * Resolves what the containers refer to: to the service's own ConfigMaps, to what is declared external, and for the
 * rest returns the references, which only the app can resolve.
 */
export function planReferences(spec: ServiceSpec, configMaps: readonly PlannedConfigMap[], ledger: Ledger): Reference[] {
  return referencesOf(spec).filter((reference) => {
    const own = reference.kind === 'ConfigMap' ? configMaps.find(({ localName }) => localName === reference.name) : undefined;
    const external = spec.externals.find(({ kind, name }) => kind === reference.kind && name === reference.name);
    const keys = own ? Object.keys(own.data) : external?.keys;
    if (keys) {
      ledger.problem(missingKeyProblem(reference, keys));
    }
    return !own && !external;
  });
}

/** Says that an object lacks the key that is read from it, or nothing. */
export function missingKeyProblem({ kind, name, key, usedBy }: Reference, keys: readonly string[]): string | undefined {
  if (key === undefined || keys.includes(key)) {
    return undefined;
  }
  const known = keys.length === 0 ? 'it has none' : `it has ${keys.slice(0, 20).join(', ')}`;
  return `${usedBy} refers to key ${quoted(key)} of ${kind} ${quoted(name)}, which does not exist; ${known}`;
}

function referencesOf(spec: ServiceSpec): Reference[] {
  const containers: Array<[string, ContainerSpec]> = [
    ['', spec.container],
    ...[...spec.initContainers, ...spec.sidecars].map((c): [string, ContainerSpec] => [`${c.name} `, c]),
  ];
  return [
    ...containers.flatMap(([title, container]) => containerReferences(title, container)),
    ...spec.database?._schema?.url === undefined ? [] : envReferences(spec.database._schema.url, 'Database url'),
    ...engineReferences(spec),
    ...(spec.pod.imagePullSecrets ?? []).map((name) => ({ kind: 'Secret', name, usedBy: 'imagePullSecrets' })),
    ...spec.traffic.flatMap((traffic) => traffic.kind === 'ingressNginx' && traffic.options.tlsSecret !== undefined
      ? [{ kind: 'Secret', name: traffic.options.tlsSecret, usedBy: 'ingressNginx.tlsSecret' }]
      : []),
  ];
}

/** What commands of other engines refer to. */
function engineReferences({ database }: ServiceSpec): Reference[] {
  const specs = [...database?._schema?.migrations ?? [], ...database?._schema?.contracts ?? []];
  return specs.flatMap((spec) => spec.kind === 'command' ? containerReferences('Migration.command ', { envFrom: [], volumes: spec.run.volumes, env: spec.run.env ?? {} }) : []);
}

function containerReferences(title: string, container: Pick<ContainerSpec, 'env' | 'envFrom' | 'volumes'>): Reference[] {
  const references = Object.entries(container.env).flatMap(([name, env]) => envReferences(env, `${title}env ${name}`));
  for (const { _source } of container.envFrom) {
    references.push({ kind: _source.kind === 'secret' ? 'Secret' : 'ConfigMap', name: _source.name, usedBy: `${title}envFrom` });
  }
  for (const [path, { _source }] of Object.entries(container.volumes)) {
    if (_source.kind === 'secret' || _source.kind === 'config') {
      references.push({ kind: _source.kind === 'secret' ? 'Secret' : 'ConfigMap', name: _source.name, usedBy: `${title}volume ${path}` });
    } else if (_source.kind === 'raw') {
      references.push(...rawVolumeReferences(_source.volume, `${title}volume ${path}`));
    }
  }
  return references;
}

function envReferences({ _source }: Env, usedBy: string): Reference[] {
  if (_source.kind === 'secret-key' || _source.kind === 'config-key') {
    return [{ kind: _source.kind === 'secret-key' ? 'Secret' : 'ConfigMap', name: _source.name, key: _source.key, usedBy }];
  }
  return _source.kind === 'raw' ? rawEnvReferences(_source.valueFrom ?? {}, usedBy) : [];
}

/** The parts of an EnvVarSource that name another object. */
interface KeySelector { readonly name?: string; readonly key?: string; readonly optional?: boolean }

function rawEnvReferences(valueFrom: Record<string, unknown>, usedBy: string): Reference[] {
  const selectors: Array<[string, KeySelector | undefined]> = [
    ['Secret', valueFrom.secretKeyRef as KeySelector | undefined],
    ['ConfigMap', valueFrom.configMapKeyRef as KeySelector | undefined],
  ];
  return selectors.flatMap(([kind, selector]) =>
    selector?.name === undefined || selector.optional ? [] : [{ kind, name: selector.name, key: selector.key, usedBy }]);
}

function rawVolumeReferences(volume: Record<string, unknown>, usedBy: string): Reference[] {
  const secret = volume.secret as { secretName?: string; optional?: boolean } | undefined;
  const configMap = volume.configMap as { name?: string; optional?: boolean } | undefined;
  return [
    ...(secret?.secretName !== undefined && !secret.optional ? [{ kind: 'Secret', name: secret.secretName, usedBy }] : []),
    ...(configMap?.name !== undefined && !configMap.optional ? [{ kind: 'ConfigMap', name: configMap.name, usedBy }] : []),
  ];
}
