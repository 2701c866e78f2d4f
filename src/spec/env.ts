import type { EnvValue } from 'cdk8s-plus-27';
import { refuse, refuseIf } from './declaration-error';
import { envNameProblem, qualifiedNameProblem } from './names';
import { plainOf } from './plain';
import { nonEmpty, quoted } from './values';

/** Where the value of one environment variable comes from. */
export type EnvSource =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'secret-key'; readonly name: string; readonly key: string; readonly optional?: boolean }
  | { readonly kind: 'config-key'; readonly name: string; readonly key: string; readonly optional?: boolean }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'resource'; readonly resource: string; readonly divisor?: string; readonly container?: string }
  | { readonly kind: 'raw'; readonly value?: string; readonly valueFrom?: Record<string, unknown> };

// The fields and units that the API server's validation takes.
const FIELD_PATH = /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/;
const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage)$/;
const DIVISORS = { cpu: /^(1|1m)$/, bytes: /^(1|1[kMGTPE]|1[KMGTPE]i)$/ };

/** The value of one environment variable of a container. */
export class Env {
  /** A literal value. Not for secrets: everybody who reads the manifest reads it. */
  static value(value: string): Env {
    return new Env({ kind: 'value', value });
  }

  /**
   * The value of one key of a Secret.
   * @param secret the Secret's name: one of this app, or declared with `External.secret`
   * @param key the key in it
   */
  static secretKey(secret: string, key: string): Env {
    return new Env({ kind: 'secret-key', name: nonEmpty('Env.secretKey secret', secret), key: nonEmpty('Env.secretKey key', key) });
  }

  /**
   * The value of one key of a ConfigMap.
   * @param config a name of `configMaps`, or the name of a ConfigMap of this app or declared with `External.configMap`
   * @param key the key in it
   */
  static configKey(config: string, key: string): Env {
    return new Env({ kind: 'config-key', name: nonEmpty('Env.configKey config', config), key: nonEmpty('Env.configKey key', key) });
  }

  /**
   * A field of the pod, such as `metadata.name`, `spec.nodeName` or `status.podIP`.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
   */
  static field(path: string): Env {
    const key = /^metadata\.(?:labels|annotations)\['(.*)'\]$/s.exec(path)?.[1];
    refuseIf(key === undefined ? undefined : qualifiedNameProblem('Env.field key', key));
    if (!FIELD_PATH.test(path)) {
      refuse(`Env.field path ${quoted(path)} must be a field that the downward API offers, such as "metadata.name" or "status.podIP"`);
    }
    return new Env({ kind: 'field', path });
  }

  /**
   * A resource request or limit of the container, such as `limits.memory` or `requests.cpu`.
   * @param resource the field
   * @param divisor the unit in which it is given, such as `1Mi`; by default 1 (bytes, or whole CPUs rounded up)
   */
  static resource(resource: string, divisor?: string): Env {
    if (!RESOURCE.test(resource)) {
      refuse(`Env.resource ${quoted(resource)} must be limits or requests of cpu, memory or ephemeral-storage, such as "limits.memory"`);
    }
    if (divisor !== undefined && !DIVISORS[resource.endsWith('.cpu') ? 'cpu' : 'bytes'].test(divisor)) {
      refuse(`Env.resource divisor ${quoted(divisor)} must be "1" or "1m" for CPU, and "1" with a unit such as "1Mi" for others`);
    }
    return new Env({ kind: 'resource', resource, divisor });
  }

  /** A value made with cdk8s-plus. */
  static fromPlus(value: EnvValue): Env {
    return new Env({ kind: 'raw', value: value.value, valueFrom: plainOf(value.valueFrom) as Record<string, unknown> | undefined });
  }

  /** @internal */
  readonly _source: EnvSource;

  private constructor(source: EnvSource) {
    this._source = source;
  }
}

/** All keys of one object as environment variables. */
export interface EnvFromSource {
  readonly kind: 'config' | 'secret';
  readonly name: string;
  readonly prefix?: string;
}

/** A ConfigMap or Secret whose every key becomes an environment variable of a container. */
export class EnvFrom {
  /**
   * Every key of a ConfigMap.
   * @param config a name of `configMaps`, or the name of a ConfigMap of this app or declared with `External.configMap`
   * @param prefix put before each key
   */
  static config(config: string, prefix?: string): EnvFrom {
    return new EnvFrom({ kind: 'config', name: nonEmpty('EnvFrom.config config', config), prefix });
  }

  /**
   * Every key of a Secret.
   * @param secret the Secret's name: one of this app, or declared with `External.secret`
   * @param prefix put before each key
   */
  static secret(secret: string, prefix?: string): EnvFrom {
    return new EnvFrom({ kind: 'secret', name: nonEmpty('EnvFrom.secret secret', secret), prefix });
  }

  /** @internal */
  readonly _source: EnvFromSource;

  private constructor(source: EnvFromSource) {
    refuseIf(source.prefix ? envNameProblem('EnvFrom prefix', source.prefix) : undefined);
    this._source = source;
  }
}
