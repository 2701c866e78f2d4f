/** How much of one text is read; whatever exceeds a bound is refused with a problem, and never read in part. */
export interface Limits {
  /** Bytes of the text as UTF-8. */
  readonly bytes: number;
  /** Documents of the text. */
  readonly documents: number;
  /** Lists and maps within each other, counted after aliases are replaced. */
  readonly depth: number;
  /** Words, signs and spaces of one document as the YAML parser counts them: what its memory is proportional to. */
  readonly tokens: number;
  /** Values of one text that are there by an alias or a merge key alone. */
  readonly aliased: number;
}

/** Bounds that no release comes near: an API server takes three megabytes, and people write less than twenty levels. */
export const DEFAULT_LIMITS: Limits = {
  bytes: 64 * 1024 * 1024,
  documents: 100_000,
  depth: 200,
  tokens: 4_000_000,
  aliased: 100_000,
};

/** A number of bytes as people read it: `64 MiB`, `1.5 MiB`, `100 bytes`. */
export function bytesText(bytes: number): string {
  const mebibytes = bytes / (1024 * 1024);
  return mebibytes < 0.1 ? `${bytes} bytes` : `${Math.ceil(mebibytes * 10) / 10} MiB`;
}
