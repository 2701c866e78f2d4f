import type { Manifest } from '../manifests/manifest';

/** The numbers of Go's parser, which kubectl has, once underscores are taken out. */
const GO_NUMBER = /^[-+]?(0[oO][0-7]+|0[xX][\da-fA-F]+|0[bB][01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/;

/** The numbers of YAML 1.1, which cdk8s writes: a text that looks like one of these is put in quotes, others are not. */
const YAML_NUMBER = /^[-+]?(\d[\d_]*|0x[\da-fA-F_]+|0b[01_]+|(\d[\d_]*)?\.[\d_]*|\d[\d_]*(\.[\d_]*)?[eE][-+]?\d+)$/;

/** Characters that cdk8s writes as they are, and Go's parser refuses or folds. */
const CHARACTER = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

/** Whether there is anything to look for: one look at the whole is far quicker than one at each text. */
const SUSPECT = /"[-+]_|"[-+]?(?:0[_oOXB]|[\d.][\d._]*[eE][-+\d_]*_)|[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;

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
  if (/^[-+.\d]/.test(text) && GO_NUMBER.test(text.replace(/_/g, '')) && !YAML_NUMBER.test(text)) {
    return 'reads like a number such as 0o17, which cdk8s writes without quotes and kubectl takes for one';
  }
  return CHARACTER.test(text)
    ? 'holds a control character or line separator, which cdk8s writes as it is and kubectl refuses or changes'
    : undefined;
}
