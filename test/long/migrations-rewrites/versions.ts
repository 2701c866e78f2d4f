/** The versions whose rewrites differ: a CHECK stays where NOT NULL was; it proves NOT NULL and goes; NOT NULL is validated itself. */
export const VERSIONS: readonly number[] = [11, 15, 18];
