import type { Manifest } from '../manifests/manifest';

/**
 * Texts that cdk8s writes as YAML without the quotes or escapes that kubectl's parser needs.
 *
 * cdk8s writes YAML 1.1, where these are plain texts; Go's parser takes the numbers of its own language as well, and
 * refuses or folds the characters.
 */
const NUMBER = /^[-+]?(0[oO][0-7_]+|0X[\dA-Fa-f_]+|0B[01_]+|[\d._]+[eE][-+]?\d*_[\d_]*)$/;
const CHARACTER = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

/** Whether there is anything to look for: one look at the whole is far quicker than one at each text. */
const SUSPECT = /"[-+]?(?:0[oOXB]|[\d._]+[eE][-+]?\d*_)|[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

/** Says which texts would reach the cluster as something else, by their place; the text itself may be a secret. */
export function misreadTexts(manifests: readonly Manifest[]): string[] {
  return manifests.filter((manifest) => SUSPECT.test(JSON.stringify(manifest))).flatMap((manifest) => misreadWithin([], manifest)
    .map(({ path, what }) => `${manifest.kind} ${manifest.metadata.name}: ${path.join('.')} ${what}; give it another form`));
}

interface Misread {
  readonly path: readonly string[];
  readonly what: string;
}

function misreadWithin(path: readonly string[], value: unknown): Misread[] {
  if (typeof value === 'string') {
    const what = misreading(value);
    return what === undefined ? [] : [{ path, what }];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, field]) => {
    const what = Array.isArray(value) ? undefined : misreading(key);
    return [...(what === undefined ? [] : [{ path: [...path, key], what }]), ...misreadWithin([...path, key], field)];
  });
}

function misreading(text: string): string | undefined {
  if (NUMBER.test(text)) {
    return 'reads like a number such as 0o17, which cdk8s writes without quotes and kubectl takes for one';
  }
  return CHARACTER.test(text)
    ? 'holds a control character or line separator, which cdk8s writes as it is and kubectl refuses or changes'
    : undefined;
}
