import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { ContainerSettings, Env, EnvFrom, Resources, Security, Volume } from 'zero-downtime';
import { plusEnvs, plusVolumeMounts } from './plus-arbitraries';
import { EXTERNAL_CONFIG, EXTERNAL_SECRET, Referable } from './referable';
import { dictionary, dnsLabels, envNames, hostileTexts, maybe, programArguments } from './text-arbitraries';

/** What every container may be given. */
export function containerSettings(referable: Referable): fc.Arbitrary<ContainerSettings> {
  return fc.record({
    command: maybe(programArguments),
    args: maybe(programArguments),
    env: maybe(dictionary(envNames, envs(referable))),
    envFrom: maybe(fc.uniqueArray(envFroms(referable), { maxLength: 3, selector: (source) => JSON.stringify(source) })),
    volumes: maybe(dictionary(mountPaths, volumes(referable), 3)),
    resources: maybe(resources),
    security: maybe(securities),
  });
}

function envs({ configMaps }: Referable): fc.Arbitrary<Env> {
  const keys = Object.entries(configMaps).flatMap(([name, data]) => Object.keys(data).map((key): [string, string] => [name, key]));
  return fc.oneof(
    { weight: 4, arbitrary: hostileTexts.map((value) => Env.value(value)) },
    fc.constant(Env.secretKey(EXTERNAL_SECRET, 'password')),
    fc.constant(Env.configKey(EXTERNAL_CONFIG, 'region')),
    fc.constantFrom('metadata.name', 'metadata.namespace', 'spec.nodeName', 'status.podIP', 'metadata.uid', 'metadata.labels[\'team\']').map((path) => Env.field(path)),
    fc.constantFrom(Env.resource('requests.cpu', '1m'), Env.resource('requests.memory'), Env.resource('limits.memory', '1Mi'), Env.resource('requests.ephemeral-storage', '1G')),
    plusEnvs,
    ...(keys.length === 0 ? [] : [fc.constantFrom(...keys).map(([name, key]) => Env.configKey(name, key))]),
  );
}

/** Keys of a ConfigMap that are no names of variables are skipped by the kubelet, so only those that are get taken. */
function envFroms({ configMaps }: Referable): fc.Arbitrary<EnvFrom> {
  const names = Object.entries(configMaps)
    .filter(([, data]) => Object.keys(data).every((key) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)))
    .map(([name]) => name);
  const prefixes = fc.constantFrom(undefined, 'APP_', 'x');
  return fc.oneof(
    prefixes.map((prefix) => EnvFrom.secret(EXTERNAL_SECRET, prefix)),
    prefixes.map((prefix) => EnvFrom.config(EXTERNAL_CONFIG, prefix)),
    ...(names.length === 0 ? [] : [fc.tuple(fc.constantFrom(...names), prefixes).map(([name, prefix]) => EnvFrom.config(name, prefix))]),
  );
}

const mountPaths = fc.oneof(fc.constantFrom('/tmp', '/etc/company', '/var/cache', '/tmp/inner'), dnsLabels(10).map((name) => `/data/${name}`));

function volumes({ configMaps }: Referable): fc.Arbitrary<Volume> {
  const names = Object.keys(configMaps);
  const options = fc.record({ readOnly: maybe(fc.boolean()), subPath: fc.constantFrom(undefined, 'a', 'a/b.yaml') });
  return fc.oneof(
    maybe(sizes).map((limit) => Volume.emptyDir(limit)),
    maybe(sizes).map((limit) => Volume.memory(limit)),
    options.map((mount) => Volume.secret(EXTERNAL_SECRET, mount)),
    options.map((mount) => Volume.config(EXTERNAL_CONFIG, mount)),
    fc.tuple(dnsLabels(63), options).map(([claim, mount]) => Volume.claim(claim, mount)),
    plusVolumeMounts,
    ...(names.length === 0 ? [] : [fc.tuple(fc.constantFrom(...names), options).map(([name, mount]) => Volume.config(name, mount))]),
  );
}

const sizes = fc.integer({ min: 1, max: 4096 }).map((amount) => Size.mebibytes(amount));

/** Limits lie at or above what is reserved, which is 100m and 128Mi where nothing is said. */
const resources: fc.Arbitrary<Resources> = fc.record({
  cpu: maybe(fc.integer({ min: 1, max: 4000 })),
  cpuHeadroom: maybe(fc.integer({ min: 0, max: 1000 })),
  memory: maybe(fc.integer({ min: 4, max: 4096 })),
  memoryHeadroom: maybe(fc.integer({ min: 0, max: 1000 })),
}).map(({ cpu, cpuHeadroom, memory, memoryHeadroom }) => ({
  cpu: cpu === undefined ? undefined : Cpu.millis(cpu),
  cpuLimit: cpuHeadroom === undefined ? undefined : Cpu.millis((cpu ?? 100) + cpuHeadroom),
  memory: memory === undefined ? undefined : Size.mebibytes(memory),
  memoryLimit: memoryHeadroom === undefined ? undefined : Size.mebibytes((memory ?? 128) + memoryHeadroom),
}));

const userIds = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(1, 2_147_483_647));

const securities: fc.Arbitrary<Security> = fc.oneof(
  fc.constant(Security.unrestricted()),
  fc.record({
    user: maybe(userIds),
    group: maybe(userIds),
    writableRootFilesystem: maybe(fc.boolean()),
    addCapabilities: maybe(fc.constant<string[]>(['NET_BIND_SERVICE'])),
  }).map((options) => Security.restricted(options)),
);
