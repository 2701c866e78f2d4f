import * as fc from 'fast-check';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

function textOf(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
}

/** A DNS label that starts with a letter, which is legal wherever Kubernetes wants a name. */
export function dnsLabels(maxLength: number): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...LETTERS), textOf(`${LETTERS}${DIGITS}-`, 0, maxLength - 2), fc.constantFrom(...LETTERS, ...DIGITS))
    .map((parts) => parts.join(''));
}

/** Words that YAML 1.1, YAML 1.2, templates or shells would take for something else. */
const HOSTILE = [
  'yes', 'no', 'on', 'off', 'y', 'n', 'true', 'null', '~', '', ' ', '0x1F', '017', '1e3', '1_000', '.inf', '.nan', '12:30:45', '2026-01-01',
  '<<: *a', '*a', '&a b', '!!binary aGk=', '!tag', '{{ }}', '{{ .Values.x }}', '$(HOME)', '$$(HOME)', '${HOME}', '`id`', '%YAML 1.1', '---', '...',
  '- a', '? a', ': ', '# no comment', 'a #b', 'a: b', '[a, b]', '{a: b}', '|', '>', '@at', '\'', '"', '\'"\'', '\\', '\\n', '\t', ' lead', 'trail ',
  'a\nb', 'a\n', '\na', 'a\n\n', 'a\n  b\n c', 'a\r\nb', '\u00a0', '\ufeff', 'é', 'ü', '日本語', '🚀', 'x'.repeat(2000), 'w '.repeat(100),
];

/** What no declaration may hold: the NUL character, and what cdk8s writes so that kubectl reads something else. */
const UNWRITABLE = /[\0\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/** One of each kind of them. */
export const UNWRITABLE_TEXTS = ['0o17', '-0O7', '0X1F', '0B11', '1e1_0', 'a\u0085b', '\u2028', 'a\u2029', '\u007f', '\uffff'];

/** Text that a value may be: everything but what no declaration may hold, and halves of characters. */
export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(UNWRITABLE, '')),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(UNWRITABLE, '')),
).filter((text) => !(/^[-+.\d]/.test(text) && /^[-+]?0[oxb]|_/i.test(text)));

export const programArguments: fc.Arbitrary<string[]> = fc.array(hostileTexts, { minLength: 1, maxLength: 4 });

/** Neither the library's own prefix nor a name that hints at a secret. */
export const envNames: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('LOG_LEVEL', 'PATH', '_', 'a', 'y', 'NULL', 'TRUE', 'no', 'toString', 'length'),
  fc.tuple(textOf(`${LETTERS.toUpperCase()}_`, 1, 1), textOf(`${LETTERS}${DIGITS}_`, 0, 20)).map((parts) => parts.join('')),
);

export const configKeys: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('rules.yaml', '1', '.hidden', '-', 'yes', 'A.b_c-d', 'a'.repeat(253), 'toString'),
  // Refused are two names that random texts are fond of, and what kubectl might take for a number.
  textOf(`${LETTERS}${DIGITS}-_`, 1, 20).filter((key) => key !== '__proto__' && key !== 'constructor' && !/^[-+_.\d]+[\d_.a-fxo]*$/i.test(key)),
);

/** The last ones cover each other, which only Istio minds. */
export const hosts: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: dnsLabels(20).map((label) => `${label}.example.com`) },
  { weight: 1, arbitrary: dnsLabels(20).map((label) => `*.${label}.example.com`) },
  { weight: 2, arbitrary: fc.constantFrom('*.example.com', 'shop.example.com', '*.shop.example.com', 'api.shop.example.com', '1.a-b.example') },
);

export const paths: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('/', '/ready', '/healthz?full=1', '/a/b', '/~', '/%20', '/yes:no'),
  textOf(`${LETTERS}${DIGITS}/-_.`, 0, 20).map((text) => `/${text}`),
);

/** A prefix of a route, which is an Ingress' too: neither a query, nor an empty or dotted part. */
export const pathPrefixes: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('/', '/api', '/api/', '/~', '/%20', '/yes:no', '/a.b/..c'),
  fc.array(textOf(`${LETTERS}${DIGITS}-_`, 1, 8), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
);

export const images: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('registry.example.com/shop/payments:2.1.0', 'a:1', 'localhost:5000/a/b_c:v1', 'busybox:latest'),
  fc.constant(`registry.example.com/payments@sha256:${'0a'.repeat(32)}`),
  fc.constant(`registry.example.com/payments:1@sha256:${'f'.repeat(64)}`),
);

/** Keys under a prefix of the team's own, so that they are nobody else's. */
export const labelKeys: fc.Arbitrary<string> = fc.oneof(
  dnsLabels(40).map((name) => `example.com/${name}`),
  fc.constantFrom('team', 'app.kubernetes.io/version', 'A_b.C', 'yes'),
);

export const labelValues: fc.Arbitrary<string> = fc.oneof(dnsLabels(63), fc.constantFrom('', 'yes', '1', '1.0', '0x1F', 'A_b.C', 'true'));

/** A dictionary with own keys only: `__proto__` as a key would not be one. */
export function dictionary<T>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<T>, maxKeys = 4): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(keys, values, { maxKeys, noNullPrototype: true });
}

export const labels: fc.Arbitrary<Record<string, string>> = dictionary(labelKeys, labelValues, 3);

export const annotations: fc.Arbitrary<Record<string, string>> = dictionary(labelKeys, hostileTexts, 3);

/** Absent as often as not, so that defaults meet every other value. */
export function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}
