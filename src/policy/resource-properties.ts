import { types } from 'util';
import { HiddenValue } from './hidden-value';
import { DEFAULT_LIMITS } from '../reading/limits';
import type { FieldPath } from '../reading/source';

type Values = Record<string, unknown>;

/** Properties that are not read: no API server takes so much. */
export class TooLarge extends Error {
  constructor() {
    super(`its properties must have at most ${DEFAULT_LIMITS.depth} levels and ${MOST_VALUES} values; it is not judged`);
  }
}

const MOST_VALUES = 1_000_000;

/**
 * The properties of a resource as plain data, with a `HiddenValue` for everything that is unknown or secret.
 *
 * The SDK gives properties as proxies which throw where a value is not known, and from which a secret cannot be told; both are
 * told here from what stands behind the proxies.
 *
 * @throws TooLarge
 */
export function propertiesOf(props: object): Values {
  const properties = new Walk().valueOf(props, [], false) as Values;
  // The engine's own, for example `__defaults`.
  Object.keys(properties).filter((key) => key.startsWith('__')).forEach((key) => delete properties[key]);
  return properties;
}

class Walk {
  private left = MOST_VALUES;

  valueOf(value: unknown, path: FieldPath, isSecret: boolean): unknown {
    this.left -= 1;
    if (path.length > DEFAULT_LIMITS.depth || this.left < 0) {
      throw new TooLarge();
    }
    if (typeof value !== 'object' || value === null) {
      return isSecret && value !== null && value !== undefined ? new HiddenValue(path, 'secret', value) : value;
    }
    const target = behind(value);
    if (Array.isArray(target)) {
      return target.map((_, index) => this.fieldOf(value, target, index, path, isSecret));
    }
    return isPlain(target) ? this.mapOf(value, target, path, isSecret) : undefined;
  }

  private mapOf(value: object, target: object, path: FieldPath, isSecret: boolean): Values {
    // Without a prototype `__proto__` and `constructor` are keys like others.
    const values = Object.create(null) as Values;
    for (const key of Object.keys(target)) {
      const content = this.fieldOf(value, target, key, path, isSecret);
      if (content !== undefined) {
        values[key] = content;
      }
    }
    return values;
  }

  private fieldOf(proxy: object, target: object, key: string | number, path: FieldPath, isWithinSecret: boolean): unknown {
    const here = [...path, key];
    const isSecret = isWithinSecret || isSecretMark((target as Values)[key]);
    let content: unknown;
    try {
      content = (proxy as Values)[key];
    } catch {
      // Plain data has nothing else that could throw: the value is not known.
      return new HiddenValue(here, 'unknown', here);
    }
    return this.valueOf(isSecretMark(content) ? content.value : content, here, isSecret);
  }
}

/** What the SDK has wrapped, in one proxy or in several. */
function behind(value: object): object {
  let target = value;
  while (types.isProxy(target)) {
    target = (target as { __getSpecialProxyTarget?: object }).__getSpecialProxyTarget ?? {};
  }
  return target;
}

/** The SDK's mark, by its shape: a pack may well have another copy of the SDK than this package. */
function isSecretMark(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && !isPlain(value) && !Array.isArray(value)
    && value.constructor?.name === 'Secret' && Object.hasOwn(value, 'value');
}

/** Assets and archives are of classes, and hold nothing of a manifest. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
