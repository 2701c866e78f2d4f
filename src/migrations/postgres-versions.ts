/** The versions whose locks are known. */
export const POSTGRES_VERSIONS = [11, 12, 13, 14, 15, 16, 17, 18] as const;
