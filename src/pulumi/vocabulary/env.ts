import type * as pulumi from '@pulumi/pulumi';
import { Env as PlainEnv, EnvFrom as PlainEnvFrom } from '../../spec/env';
import { dnsSubdomainProblem } from '../../spec/names';
import { textOf } from '../inputs/placeholder';

/** The value of one environment variable of a container. */
export type Env = PlainEnv;

/** Factories of the values of environment variables. Names of objects and literal values may be known later; keys are plain. */
export const Env = {
  /** A literal value. Not for secrets: everybody who reads the Deployment reads it. */
  value(value: pulumi.Input<string>): Env {
    return PlainEnv.value(textOf('Env.value', value));
  },

  /**
   * The value of one key of a Secret.
   * @param secret the Secret's name, plain and declared with `External.secret`, or an Output of the resource that makes it
   * @param key the key in it
   */
  secretKey(secret: pulumi.Input<string>, key: string): Env {
    return PlainEnv.secretKey(textOf('Env.secretKey secret', secret, dnsSubdomainProblem), key);
  },

  /**
   * The value of one key of a ConfigMap.
   * @param config a name of `configMaps`, or the name of another ConfigMap, plain and declared with `External.configMap`, or an Output of
   * the resource that makes it
   * @param key the key in it
   */
  configKey(config: pulumi.Input<string>, key: string): Env {
    return PlainEnv.configKey(textOf('Env.configKey config', config, dnsSubdomainProblem), key);
  },

  field: PlainEnv.field,
  resource: PlainEnv.resource,
  fromPlus: PlainEnv.fromPlus,
};

/** A ConfigMap or Secret whose every key becomes an environment variable of a container. */
export type EnvFrom = PlainEnvFrom;

/** Factories of whole ConfigMaps and Secrets as environment variables. */
export const EnvFrom = {
  /**
   * Every key of a ConfigMap.
   * @param config as for `Env.configKey`
   * @param prefix put before each key
   */
  config(config: pulumi.Input<string>, prefix?: string): EnvFrom {
    return PlainEnvFrom.config(textOf('EnvFrom.config config', config, dnsSubdomainProblem), prefix);
  },

  /**
   * Every key of a Secret.
   * @param secret as for `Env.secretKey`
   * @param prefix put before each key
   */
  secret(secret: pulumi.Input<string>, prefix?: string): EnvFrom {
    return PlainEnvFrom.secret(textOf('EnvFrom.secret secret', secret, dnsSubdomainProblem), prefix);
  },
};
