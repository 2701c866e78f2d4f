import { HOSTILE, expectReadable } from './hostile';
import {
  configKeyProblem, dnsLabelProblem, dnsSubdomainProblem, envNameProblem, hostProblem, labelValueProblem, pathProblem, qualifiedNameProblem,
  routePathProblem, serviceNameProblem,
} from '../../src/spec/names';

interface Rule {
  readonly check: (field: string, value: string) => string | undefined;
  readonly must: string;
  readonly taken: string[];
  readonly refused: string[];
}

const RULES: Record<string, Rule> = {
  'a service name': {
    check: serviceNameProblem,
    must: "must be at most 52 lower-case letters, digits or '-', start with a letter and end with a letter or digit",
    taken: ['a', 'a1', 'a-b', 'a--b', 'a'.repeat(52)],
    refused: ['', '1a', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'a\n', 'a'.repeat(53)],
  },
  'a DNS label': {
    check: dnsLabelProblem,
    must: "must be at most 63 lower-case letters, digits or '-', starting and ending with a letter or digit",
    taken: ['a', '1', '1a', 'a-b', 'a'.repeat(63)],
    refused: ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a\n', 'a'.repeat(64)],
  },
  'a DNS subdomain': {
    check: dnsSubdomainProblem,
    must: "must be at most 253 lower-case letters, digits, '-' or '.', each part starting and ending with a letter or digit",
    taken: ['a', '1.2', 'a-b.c', 'a'.repeat(253)],
    refused: ['', '.', 'a.', '.a', 'a..b', 'a.-b', 'A', 'a_b', 'a/b', 'a\n', 'a'.repeat(254)],
  },
  'a host': {
    check: hostProblem,
    must: "must be a DNS name in lower case, without scheme, port or path ('*.' may lead it)",
    taken: ['a', 'a.example', '*.a.example', '*.a'],
    refused: ['', '*', '*.', '*a.example', 'a.*.example', 'a.example.', 'A.example', 'http://a', 'a:80', 'a/b', `${'a.'.repeat(127)}`],
  },
  'a path': {
    check: pathProblem,
    must: "must start with '/' and hold no white space or control characters",
    taken: ['/', '/a', '/a?b=c#d', '/~', '/a//b', '/%C3%A4'],
    refused: ['', 'a', ' /', '/a b', '/a\n', '/\u0000', '/\u007f', '/ä'],
  },
  'a path of a route': {
    check: routePathProblem,
    must: "must start with '/' and be a plain prefix of at most 1024 characters, without '//', '/./', '/../', '%2F', a lone '%', query or white space",
    taken: ['/', '/a', '/a/', '/a/b', '/~', '/%C3%A4', '/%c3%a4', '/100%25', '/a.b', '/.a', '/..a', '/a..', '/...', '/a,b;c=d:e@f', "/-._~!$&'()*+,;=:@"],
    refused: [
      '', 'a', ' /', '/a b', '/a\n', '/\u0000', '/ä', '//', '/a//b', '/.', '/..', '/a/.', '/a/..', '/./a', '/../a', '/a/./b', '/a/../b', '/a%2Fb', '/a%2fb',
      '/a%5Cb', '/a%5cb', '/a%', '/100%/a', '/a%z1', '/a%1z', '/a%1', '/a"b', '/<b>', '/a?b', '/a#b', '/a\\b', '/{a}', '/a|b', '/a^b', '/a`b', '/[a]',
    ],
  },
  'an environment variable': {
    check: envNameProblem,
    must: "must be letters, digits or '_', not starting with a digit",
    taken: ['A', '_', 'a_1', '_1'],
    refused: ['', '1', 'A-B', 'A.B', 'A B', 'Ä', 'A\n', 'A=B'],
  },
  'a key of a ConfigMap': {
    check: configKeyProblem,
    must: "must be at most 253 letters, digits, '-', '_' or '.', and not start with '..'",
    taken: ['a', '.a', '-', '_', 'a..b', 'A.b', 'a'.repeat(253)],
    refused: ['', '.', '..', '..a', 'a b', 'a/b', 'ä', 'a\n', 'a'.repeat(254)],
  },
  'a qualified name': {
    check: qualifiedNameProblem,
    must: "must be at most 63 letters, digits, '-', '_' or '.', with an optional DNS prefix and '/'",
    taken: ['a', 'A.b_c-d', 'a.example/B', 'a'.repeat(63), `${'a'.repeat(253)}/a`],
    refused: ['', '/', '/a', 'a/', 'a/b/c', 'A/b', '-a', 'a-', 'a b', 'ä', 'a\n', 'a'.repeat(64), `${'a'.repeat(254)}/a`],
  },
  'a label value': {
    check: labelValueProblem,
    must: "must be at most 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit",
    taken: ['', 'a', 'A.b_c-d', '1', 'a'.repeat(63)],
    refused: ['-a', 'a-', ' ', 'a b', 'a/b', 'ä', 'a\n', 'a'.repeat(64)],
  },
};

describe.each(Object.entries(RULES))('%s', (_, { check, must, taken, refused }) => {
  test.each(taken)('may be %j', (value) => {
    expect(check('field', value)).toBeUndefined();
  });

  test.each(refused)('may not be %j', (value) => {
    const message = check('field', value)!;
    expect(message).toMatch(/^field "/);
    expect(message.endsWith(`" ${must}`)).toBe(true);
  });

  test.each(HOSTILE)('of %s is refused in one readable line', (__, value) => {
    expectReadable(check('field', value));
  });
});

test('a refused name is shown as it was given', () => {
  expect(dnsLabelProblem('name', 'A"b')).toBe(
    'name "A\\"b" must be at most 63 lower-case letters, digits or \'-\', starting and ending with a letter or digit');
});
