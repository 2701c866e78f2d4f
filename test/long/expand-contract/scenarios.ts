import type { Version } from './program';
import type { Change } from '../../../src/expand-contract/phases/change';

/** A change of orders under two versions of a program: what they do with it, and what must come of it. */
export interface Scenario<S> {
  readonly change: Change;
  /** The columns of orders beside id and touched, and what rows begin with, as SQL over n and as a value. */
  readonly columns: string;
  readonly seed: string;
  readonly old: Version<S>;
  readonly fresh: Version<S>;
  /** What the row of a state holds at the end, and what it holds where the migration was aborted, as SQL and as values. */
  readonly end: { readonly sql: string; of(state: S, id: number): unknown };
  readonly aborted: { readonly sql: string; of(state: S, id: number): unknown };
  seeded(id: number): S;
}

const WORDS = ['new', 'paid', 'packed', 'sent', 'back'];

/** A version that knows a column by a name, and says what is in it. */
function versionOf(name: string, column: string): Version<string> {
  return {
    name,
    asksForAll: name === 'old',
    insert: async (query, id, random) => {
      const word = random.of(WORDS);
      await query(`INSERT INTO orders (id, ${column}) VALUES ($1, $2)`, [id, word]);
      return word;
    },
    update: async (query, id, _known, random) => {
      const word = random.of(WORDS);
      await query(`UPDATE orders SET ${column} = $2 WHERE id = $1`, [id, word]);
      return word;
    },
    read: async (query, id) => (await query(`SELECT ${column} AS value FROM orders WHERE id = $1`, [id]))[0].value,
    expected: (known) => [known],
  };
}

/** Whoever gives no status gets the default, before, between and after. */
function withDefault(version: Version<string>): Version<string> {
  return {
    ...version,
    insert: async (query, id, random) => {
      if (random.below(3) > 0) {
        return version.insert(query, id, random);
      }
      await query('INSERT INTO orders (id) VALUES ($1)', [id]);
      return 'new';
    },
  };
}

export const RENAME: Scenario<string> = {
  change: { kind: 'renameColumn', table: 'orders', from: 'status', to: 'state' },
  columns: 'status text NOT NULL DEFAULT \'new\'',
  seed: '\'seed\' || n % 3',
  seeded: (id) => `seed${id % 3}`,
  old: withDefault(versionOf('old', 'status')),
  fresh: withDefault(versionOf('new', 'state')),
  end: { sql: 'state', of: (state) => state },
  aborted: { sql: 'status', of: (state) => state },
};

/** Whole euros, which become cents: the way back loses some. */
interface Price {
  readonly euros: number;
  readonly cents: number;
}

export const RETYPE: Scenario<Price> = {
  change: { kind: 'changeColumnType', table: 'orders', from: 'euros', to: 'cents', type: 'bigint', up: 'euros::bigint * 100', down: '(cents / 100)::integer' },
  columns: 'euros integer NOT NULL',
  seed: 'n % 50',
  seeded: (id) => ({ euros: id % 50, cents: id % 50 * 100 }),
  old: {
    name: 'old',
    asksForAll: true,
    insert: async (query, id, random) => {
      const euros = random.below(50);
      await query('INSERT INTO orders (id, euros) VALUES ($1, $2)', [id, euros]);
      return { euros, cents: euros * 100 };
    },
    update: async (query, id, known, random) => {
      const euros = random.below(50);
      await query('UPDATE orders SET euros = $2 WHERE id = $1', [id, euros]);
      return euros === known.euros ? known : { euros, cents: euros * 100 };
    },
    read: async (query, id) => (await query('SELECT euros AS value FROM orders WHERE id = $1', [id]))[0].value,
    expected: ({ euros }) => [euros],
  },
  fresh: {
    name: 'new',
    asksForAll: false,
    insert: async (query, id, random) => {
      const cents = random.below(5000);
      await query('INSERT INTO orders (id, cents) VALUES ($1, $2)', [id, cents]);
      return { euros: Math.floor(cents / 100), cents };
    },
    update: async (query, id, _known, random) => {
      const cents = random.below(5000);
      await query('UPDATE orders SET cents = $2 WHERE id = $1', [id, cents]);
      return { euros: Math.floor(cents / 100), cents };
    },
    read: async (query, id) => Number((await query('SELECT cents AS value FROM orders WHERE id = $1', [id]))[0].value),
    expected: ({ cents }) => [cents],
  },
  end: { sql: 'cents::integer', of: ({ cents }) => cents },
  aborted: { sql: 'euros', of: ({ euros }) => euros },
};

/** A version that does not know a column of which rows get a value without being asked. */
const UNAWARE: Version<string | undefined> = {
  name: 'old',
  asksForAll: true,
  insert: async (query, id) => {
    await query('INSERT INTO orders (id) VALUES ($1)', [id]);
    return undefined;
  },
  update: async (query, id, known) => {
    await query('UPDATE orders SET id = id WHERE id = $1', [id]);
    return known;
  },
  read: async (query, id) => (await query('SELECT id AS value FROM orders WHERE id = $1', [id]))[0].value === undefined,
  expected: () => [false],
};

const valueOf = (state: string | undefined, id: number) => state ?? `number ${id}`;

export const ADD: Scenario<string | undefined> = {
  change: { kind: 'addColumn', table: 'orders', column: 'label', type: 'text', value: '\'number \' || id', notNull: true },
  columns: 'filler text',
  seed: 'NULL',
  seeded: () => undefined,
  old: UNAWARE,
  fresh: { ...versionOf('new', 'label') as Version<string | undefined>, read: async (query, id) => (await query('SELECT label IS NULL AS value FROM orders WHERE id = $1', [id]))[0].value, expected: () => [false] },
  end: { sql: 'label', of: valueOf },
  aborted: { sql: 'filler', of: () => null },
};

const named = versionOf('old', 'label');

/** The old version leaves the column out, or even empties it. */
export const GIVE: Scenario<string | undefined> = {
  change: { kind: 'setNotNull', table: 'orders', column: 'label', value: '\'number \' || id' },
  columns: 'label text',
  seed: 'CASE WHEN n % 2 = 0 THEN \'seed\' END',
  seeded: (id) => id % 2 === 0 ? 'seed' : undefined,
  old: {
    ...named as Version<string | undefined>,
    insert: async (query, id, random) => random.below(2) === 0 ? named.insert(query, id, random) : UNAWARE.insert(query, id, random),
    update: async (query, id, known, random) => {
      if (random.below(2) === 0) {
        return named.update(query, id, known ?? '', random);
      }
      await query('UPDATE orders SET label = NULL WHERE id = $1', [id]);
      return undefined;
    },
    read: async (query, id) => (await query('SELECT coalesce(label, \'number \' || id) = \'number \' || id AS value FROM orders WHERE id = $1', [id]))[0].value,
    expected: (known) => [known === undefined],
  },
  fresh: ADD.fresh,
  end: { sql: 'label', of: valueOf },
  aborted: { sql: 'coalesce(label, \'number \' || id)', of: valueOf },
};
