import type { WorkloadAssumptions } from '../../assumptions/assumptions';

/** One way in which the world may be where nobody has said: what is supposed of each thing that was left open. */
export type Supposition = ReadonlyMap<string, number | string>;

/** Something that nobody has said, and the values that bound what it can be. */
export interface OpenQuestion {
  readonly key: string;
  readonly values: readonly (number | string)[];
}

/**
 * Every combination of what is left open. A verdict that is the same in all of them needs no assumption; one that is not names
 * those that would settle it.
 */
export function suppositionsOf(open: readonly OpenQuestion[]): readonly Supposition[] {
  return open.reduce<Map<string, number | string>[]>(
    (combinations, { key, values }) => combinations.flatMap((combination) => values.map((value) => new Map([...combination, [key, value]]))),
    [new Map()],
  );
}

/** The value of a key: what was assumed, or else what is supposed. */
export function wordOf(assumptions: WorkloadAssumptions, supposed: Supposition, key: string): string | undefined {
  return assumptions.word(key) ?? supposed.get(key) as string | undefined;
}
