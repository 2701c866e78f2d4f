import { withoutAbsent } from './manifest';
import type { Mount } from './volumes';
import { objectNameOf, PlannedConfigMap } from '../plan/config-maps';
import type { ContainerSpec } from '../spec/container-spec';
import type { Env } from '../spec/env';
import type { Resources } from '../spec/resources';
import type { Security } from '../spec/security';

/** Renders what every container has, the service's own as well as its companions. */
export function renderContainer(spec: ContainerSpec, mounts: readonly Mount[], configMaps: readonly PlannedConfigMap[]) {
  const objectName = (word: string) => objectNameOf(configMaps, word);
  const env = Object.entries(spec.env).map(([name, value]) => renderEnv(name, value, objectName));
  const envFrom = spec.envFrom.map(({ _source: { kind, name, prefix } }) => withoutAbsent({
    prefix,
    ...(kind === 'config' ? { configMapRef: { name: objectName(name) } } : { secretRef: { name } }),
  }));
  return withoutAbsent({
    name: spec.name,
    image: spec.image,
    // A tag that names one version is pulled once; the default would pull a moving tag anew at every start.
    imagePullPolicy: 'IfNotPresent',
    command: spec.command && [...spec.command],
    args: spec.args && [...spec.args],
    env: env.length === 0 ? undefined : env,
    envFrom: envFrom.length === 0 ? undefined : envFrom,
    volumeMounts: mounts.length === 0 ? undefined : mounts.map((mount) => withoutAbsent({
      name: mount.volumeName, mountPath: mount.path, subPath: mount.subPath, readOnly: mount.readOnly || undefined,
    })),
    resources: renderResources(spec.resources),
    securityContext: renderSecurity(spec.security),
  });
}

function renderEnv(name: string, { _source: source }: Env, objectName: (local: string) => string) {
  switch (source.kind) {
    case 'value': return { name, value: source.value };
    case 'secret-key': return { name, valueFrom: { secretKeyRef: { name: source.name, key: source.key } } };
    case 'config-key': return { name, valueFrom: { configMapKeyRef: { name: objectName(source.name), key: source.key } } };
    case 'field': return { name, valueFrom: { fieldRef: { fieldPath: source.path } } };
    case 'resource':
      return { name, valueFrom: { resourceFieldRef: withoutAbsent({ resource: source.resource, divisor: source.divisor }) } };
    case 'raw': return withoutAbsent({ name, value: source.value, valueFrom: source.valueFrom });
  }
}

function renderResources({ cpu, memory, cpuLimit, memoryLimit, ephemeralStorage, ephemeralStorageLimit }: Resources) {
  const limit = memoryLimit ?? memory;
  const limits = withoutAbsent({ 'cpu': cpuLimit?.amount, 'memory': limit?.asString(), 'ephemeral-storage': ephemeralStorageLimit?.asString() });
  return withoutAbsent({
    requests: withoutAbsent({
      'cpu': cpu?.amount ?? '100m', 'memory': memory?.asString() ?? '128Mi', 'ephemeral-storage': ephemeralStorage?.asString(),
    }),
    limits: Object.keys(limits).length === 0 ? undefined : limits,
  });
}

function renderSecurity({ isRestricted, _options: options }: Security) {
  if (!isRestricted) {
    return undefined;
  }
  return withoutAbsent({
    runAsNonRoot: true,
    runAsUser: options.user,
    runAsGroup: options.group,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: !options.writableRootFilesystem,
    capabilities: withoutAbsent({ drop: ['ALL'], add: options.addCapabilities && [...options.addCapabilities] }),
    seccompProfile: { type: 'RuntimeDefault' },
  });
}
