import { App, Chart, Size } from 'cdk8s';
import {
  ConfigMap, EmptyDirMedium, EnvFieldPaths, EnvValue, Secret, Volume as PlusVolume,
} from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { Env, Volume } from 'zero-downtime';
import { EXTERNAL_CONFIG, EXTERNAL_SECRET } from './referable';
import { hostileTexts, maybe } from './text-arbitraries';

const scope = new Chart(new App(), 'plus');
const secret = Secret.fromSecretName(scope, 'secret', EXTERNAL_SECRET);
const config = ConfigMap.fromConfigMapName(scope, 'config', EXTERNAL_CONFIG);

/** Values made with cdk8s-plus. */
export const plusEnvs: fc.Arbitrary<Env> = fc.oneof(
  hostileTexts.map((text) => EnvValue.fromValue(text)),
  maybe(fc.boolean()).map((optional) => EnvValue.fromConfigMap(config, 'region', { optional })),
  maybe(fc.boolean()).map((optional) => EnvValue.fromSecretValue({ secret, key: 'password' }, { optional })),
  fc.constantFrom(EnvFieldPaths.POD_NAME, EnvFieldPaths.NODE_IP).map((path) => EnvValue.fromFieldRef(path)),
  fc.constant(EnvValue.fromFieldRef(EnvFieldPaths.POD_LABEL, { key: 'team' })),
).map((value) => Env.fromPlus(value));

/** A few volumes, two of the same name, so that containers share some and others only look alike. */
const plusVolumes: PlusVolume[] = [
  PlusVolume.fromEmptyDir(scope, 'scratch', 'scratch'),
  PlusVolume.fromEmptyDir(scope, 'other-scratch', 'scratch', { medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) }),
  PlusVolume.fromConfigMap(scope, 'settings', config, { items: { region: { path: 'region.txt' } }, optional: true, defaultMode: 0o440 }),
  PlusVolume.fromSecret(scope, 'credentials', secret),
  PlusVolume.fromHostPath(scope, 'host', 'tmp', { path: '/var/log' }),
  PlusVolume.fromNfs(scope, 'nfs', 'nfs', { server: 'nfs.example.com', path: '/exports' }),
];
// A construct holds its whole tree, which a counterexample is better shown without.
plusVolumes.forEach((volume, i) => Object.defineProperty(volume, fc.toStringMethod, { value: () => `plusVolumes[${i}]` }));

export const plusVolumeMounts: fc.Arbitrary<Volume> = fc.tuple(
  fc.constantFrom(...plusVolumes), fc.record({ readOnly: maybe(fc.boolean()), subPath: fc.constantFrom(undefined, 'a') }),
).map(([volume, options]) => Volume.fromPlus(volume, options));
