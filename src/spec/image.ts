import { quoted } from './values';

// The grammar of the distribution specification, with the lengths that registries enforce.
const HOST = '[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?(:\\d{1,5})?';
const PATH = '[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*';
const REFERENCE = new RegExp(`^(${HOST}/)?${PATH}(:(?<tag>[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}))?(@(?<digest>sha256:[a-f0-9]{64}))?$`);

const MOVING_TAGS = new Set(['latest', 'main', 'master', 'edge', 'nightly', 'dev']);

/** Says why a text is not an image that names one version, or nothing. */
export function imageProblem(field: string, image: string): string | undefined {
  const match = image.length <= 1024 ? REFERENCE.exec(image) : null;
  if (!match) {
    return `${field} ${quoted(image)} must be an image reference such as "registry.example.com/payments:2.1.0"`;
  }
  if (!match.groups?.tag && !match.groups?.digest) {
    return `${field} ${quoted(image)} must have a tag or a digest: without one every restart may run another program`;
  }
  return undefined;
}

/** Whether the image may change under the same reference. */
export function hasMovingTag(image: string): boolean {
  const match = REFERENCE.exec(image);
  return match?.groups?.digest === undefined && MOVING_TAGS.has(match?.groups?.tag ?? '');
}
