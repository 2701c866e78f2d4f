import type * as pulumi from '@pulumi/pulumi';

/** A text, texts, or texts by name, each of which may be known later. */
type InputOf<V> =
  V extends string ? pulumi.Input<string>
    : V extends readonly string[] ? pulumi.Input<string>[]
      : V extends Readonly<Record<string, string>> ? { readonly [key: string]: pulumi.Input<string> }
        : V;

/** Settings of which the named ones may be known later. */
export type WithInputs<T, K extends keyof T> = Omit<T, K> & { readonly [P in keyof Pick<T, K>]: InputOf<T[P]> };
