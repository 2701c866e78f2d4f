import type { Phases, Unit } from './phases';
import { NOTHING } from './units';

/** What another engine does, in an image of its own. The ledger knows that it is to be done, when, and that it has been. */
export interface CommandChange {
  readonly kind: 'command';
  readonly image: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** What its environment is made of, by name: never what a Secret holds. */
  readonly env?: Readonly<Record<string, unknown>>;
  /** Whether it is what lets the old shape go: the same command is another change then. */
  readonly contracts?: true;
}

/** A migration of pgroll, which expands and contracts by itself. */
export interface PgrollChange {
  readonly kind: 'pgroll';
  readonly image: string;
  /** What pgroll calls it. */
  readonly name: string;
  /** The schema that it changes. */
  readonly schema: string;
  /** Its file, as pgroll reads it. */
  readonly migration: string;
}

/** What somebody else does, who must be told when. */
export type OutsideChange = CommandChange | PgrollChange;

export const OUTSIDE_KINDS: ReadonlySet<string> = new Set<OutsideChange['kind']>(['command', 'pgroll']);

/** A command has one thing to do: before the new version starts, or when the old one is gone. */
export function command(name: string, change: CommandChange): Phases {
  const units = [outside(`the command ${name}`)];
  return { ...NOTHING, name, ...change.contracts ? { contract: units } : { expand: units } };
}

/** pgroll starts a migration beside the old version, and completes it when that one is gone. */
export function pgroll(name: string, change: PgrollChange): Phases {
  return { ...NOTHING, name, expand: [outside(`pgroll start ${change.name}`)], contract: [outside(`pgroll complete ${change.name}`)] };
}

function outside(title: string): Unit {
  return { title, tables: [], sql: '', isOutside: true };
}
