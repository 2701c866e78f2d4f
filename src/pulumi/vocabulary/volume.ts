import type * as pulumi from '@pulumi/pulumi';
import { dnsSubdomainProblem } from '../../spec/names';
import { type MountOptions, Volume as PlainVolume } from '../../spec/volume';
import { textOf } from '../inputs/placeholder';

/** What is mounted at one path of a container. */
export type Volume = PlainVolume;

/** Factories of what is mounted. Names of objects may be known later. */
export const Volume = {
  emptyDir: PlainVolume.emptyDir,
  memory: PlainVolume.memory,

  /**
   * The keys of a ConfigMap as files.
   * @param config as for `Env.configKey`
   * @param options how it is mounted; read-only unless told otherwise
   */
  config(config: pulumi.Input<string>, options?: MountOptions): Volume {
    return PlainVolume.config(textOf('Volume.config config', config, dnsSubdomainProblem), options);
  },

  /**
   * The keys of a Secret as files.
   * @param secret as for `Env.secretKey`
   * @param options how it is mounted; read-only unless told otherwise
   */
  secret(secret: pulumi.Input<string>, options?: MountOptions): Volume {
    return PlainVolume.secret(textOf('Volume.secret secret', secret, dnsSubdomainProblem), options);
  },

  /**
   * A PersistentVolumeClaim. During a release old and new pods hold it together, so it must be one that many pods may hold.
   * @param claim its name
   * @param options how it is mounted; writable unless told otherwise
   */
  claim(claim: pulumi.Input<string>, options?: MountOptions): Volume {
    return PlainVolume.claim(textOf('Volume.claim claim', claim, dnsSubdomainProblem), options);
  },

  fromPlus: PlainVolume.fromPlus,
};
