import { Chart, Testing, Yaml } from 'cdk8s';
import { Env, Health, ZeroDowntimeService, ZeroDowntimeServiceProps } from '../../src';
import { misreadTexts } from '../../src/cdk8s/written-texts';

const SOUND: ZeroDowntimeServiceProps = { image: 'a:1', port: 3000, health: Health.http({ readiness: '/ready', liveness: '/live' }) };

function declare(props: Partial<ZeroDowntimeServiceProps>): void {
  new ZeroDowntimeService(new Chart(Testing.app(), 'shop'), 'payments', { ...SOUND, ...props });
}

const AS_NUMBER = 'reads like a number such as 0o17, which cdk8s writes without quotes and kubectl takes for one; give it another form';
const AS_CHARACTER = 'holds a control character or line separator, which cdk8s writes as it is and kubectl refuses or changes; give it another form';

describe('a text that kubectl would read as something else is refused', () => {
  test.each(['0o17', '-0O17', '+0o1_7', '0X1F', '0B11', '1e1_0', '+_0', '0_x1', '.5e1_'])('%s, a number to Go alone', (text) => {
    expect(() => declare({ args: ['umask', text] })).toThrow(`[shop/payments] Deployment payments: spec.template.spec.containers.0.args.1 ${AS_NUMBER}`);
  });

  test.each(['a\u0085b', '\u2028', 'a\u2029', '\u007f', '\u009f', '\ufffe', '\uffff'])('%j', (text) => {
    expect(() => declare({ podAnnotations: { note: text } }))
      .toThrow(`[shop/payments] Deployment payments: spec.template.metadata.annotations.note ${AS_CHARACTER}`);
  });

  test('as a key too', () => {
    expect(() => declare({ configMaps: { rules: { '0o17': 'x' } } })).toThrow(/ConfigMap payments-rules-\w+: data\.0o17 reads like a number/);
  });

  test('all of them at once, and by their place alone, for one may be a secret', () => {
    const secret = 'hunter2\u0085';
    expect(() => declare({ env: { PASSWORD: Env.value(secret), UMASK: Env.value('0o22') } })).toThrow(/2 problems/);
    expect(() => declare({ env: { PASSWORD: Env.value(secret), UMASK: Env.value('0o22') } })).not.toThrow(/hunter2|0o22/);
  });
});

test.each(['0x1f', '0b11', '017', '1e10', '0o18', '0o', '1_000', '_e_', '_1', 'e1_0', '1e_', '0x_1', 'yes', '12:30', '\u00a0', '\u200b', 'é', '\n', '\t'])(
  '%j is written so that every reader takes it for text', (text) => {
    expect(() => declare({ args: [text] })).not.toThrow();
  });

test('of all short texts that look like numbers, exactly those are refused that cdk8s writes without quotes and Go reads as numbers', () => {
  const texts = textsOf('017_.eE+-oxXbB', 4);
  const refused = texts.filter((text) => misreadTexts([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { text } }]).length > 0);
  expect(refused).toEqual(texts.filter((text) => isGoNumber(text) && !/^text: ["']/.test(Yaml.stringify({ text }))));
  expect(refused.length).toBeGreaterThan(100);
});

function textsOf(alphabet: string, longest: number): string[] {
  const shorter = longest === 0 ? [] : textsOf(alphabet, longest - 1);
  const longestOfThem = shorter.filter(({ length }) => length === longest - 1);
  return longest === 0 ? [''] : [...shorter, ...longestOfThem.flatMap((text) => [...alphabet].map((letter) => text + letter))];
}

/** As the resolver of gopkg.in/yaml.v2 goes about it: by the first character, then ParseInt with base 0, then its own pattern of floats. */
function isGoNumber(text: string): boolean {
  const plain = text.replace(/_/g, '');
  const isInteger = /^[-+]?(0|[1-9]\d*|0[0-7]+|0[oO][0-7]+|0[xX][\da-fA-F]+|0[bB][01]+)$/.test(plain);
  return /^[-+.\d]/.test(text) && (isInteger || /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain));
}
