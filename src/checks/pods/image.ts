/** The parts of an image's name. */
export interface ImageName {
  /** For example `registry.example.com/payments`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes an image's name apart. A colon before the last slash belongs to the registry's port. */
export function imageOf(image: string): ImageName {
  const [named, digest] = image.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon < 0 ? { repository: named, digest } : { repository: named.slice(0, colon), tag: named.slice(colon + 1), digest };
}
