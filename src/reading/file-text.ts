/** A text that bytes stand for, or why they stand for none. */
export type Decoded = { readonly text: string } | { readonly message: string };

/** Decodes the bytes of a file, which must be UTF-8 as in YAML and JSON everywhere. */
export function decoded(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { message: 'the file is encoded as UTF-16; save it as UTF-8' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { message: 'the file is not UTF-8, so it is binary or in another encoding; name manifests alone, saved as UTF-8' };
  }
}
