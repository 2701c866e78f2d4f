import { readFileSync } from 'fs';
import { join } from 'path';
import fc from 'fast-check';
import type { Log } from 'sarif';
import type { Finding } from '../../src/checks/finding';
import { RULES } from '../../src/checks/rules';
import { findingsText, totalsText } from '../../src/report/findings-text';
import { githubAnnotations } from '../../src/report/github';
import { renderFindings } from '../../src/report/render-findings';
import { reported, type Report } from '../../src/report/reported';
import { ruleIndex, rulePage } from '../../src/report/rule-page';
import { sarifLog, type SarifResult } from '../../src/report/sarif';
import { clusterIn } from '../cluster/read';

const FINDING: Finding = {
  ruleId: 'pre-stop-too-short',
  severity: 'error',
  object: 'Deployment shop/payments',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'payments',
  path: 'spec.template.spec.containers[0].lifecycle.preStop',
  source: 'k8s/payments.yaml',
  position: { line: 7, column: 3 },
  message: 'preStop of 5 s is over before kube-proxy has let go',
  actual: '5 s',
  required: '≥ 10 s',
  fix: 'set seconds to 10',
};
const JUDGED = { files: 2, objects: 5, unknown: 0, passedOver: 0 };
const IGNORED: Finding = { ...FINDING, ruleId: 'no-spread', ignored: { reason: 'one zone', by: 'ignore' } };

const report = (findings: readonly Finding[], ignored: readonly Finding[] = [], judged = JUDGED): Report => ({ findings, ignored, judged });

describe('as text', () => {
  test('a finding is its place, what is so, the field with both numbers, and the fix', () => {
    expect(findingsText(report([FINDING], [IGNORED]), false)).toBe(`k8s/payments.yaml:7:3 error pre-stop-too-short
  Deployment shop/payments: preStop of 5 s is over before kube-proxy has let go
  spec.template.spec.containers[0].lifecycle.preStop: 5 s, required ≥ 10 s
  fix: set seconds to 10

ignored k8s/payments.yaml:7:3 no-spread: one zone (ignore)

1 error in 5 objects of 2 files
`);
  });

  test.each([
    [{ actual: undefined, required: undefined }, 'preStop\n'], [{ actual: '5 s', required: undefined }, 'preStop: 5 s\n'], [{ actual: undefined, required: '≥ 1' }, 'preStop: required ≥ 1\n'],
  ])('a finding with %j has no more than that', (changes, line) => {
    expect(findingsText(report([{ ...FINDING, ...changes }]), false)).toContain(line);
  });

  test('a finding without a position is told by its source', () => {
    expect(findingsText(report([{ ...FINDING, position: undefined }]), false)).toMatch(/^k8s\/payments\.yaml error /);
  });

  test('nothing is said so, with all that was looked at', () => {
    expect(findingsText(report([], [], { files: 1, objects: 1, unknown: 2, passedOver: 1 }), false)).toBe('nothing found in 1 object of 1 file, 2 of kinds that no rule reads; 1 document passed over\n');
  });

  test.each([
    [[], 'nothing found'], [['error'], '1 error'], [['error', 'error', 'warning', 'info', 'info'], '2 errors, 1 warning, 2 info'], [['info'], '1 info'],
  ] as const)('%j is %j', (severities, text) => {
    expect(totalsText(severities.map((severity) => ({ ...FINDING, severity })))).toBe(text);
  });
});

test('as JSON a finding has its fields flat, and no position beside line and column', () => {
  const { position, ...fields } = FINDING;
  expect(JSON.parse(renderFindings(report([FINDING], [IGNORED]), 'json', false))).toEqual({
    command: 'check', findings: [{ ...fields, ...position }], ignored: [{ ...fields, ...position, ruleId: 'no-spread', ignored: IGNORED.ignored }], judged: JUDGED,
  });
});

describe('what is reported', () => {
  const all = (['error', 'warning', 'info'] as const).map((severity) => ({ ...FINDING, severity }));
  const input = { cluster: clusterIn('apiVersion: v1\nkind: Widget\nmetadata: { name: a }'), files: 3, passedOver: 4 };

  test.each([['error', 1], ['warning', 2], ['info', 3]] as const)('is %s and worse: %i', (severity, count) => {
    expect(reported(all, severity, input).findings).toHaveLength(count);
  });

  test('sets the ignored apart, and counts what was looked at', () => {
    expect(reported([FINDING, IGNORED], 'info', input)).toEqual({ findings: [FINDING], ignored: [IGNORED], judged: { files: 3, objects: 1, unknown: 1, passedOver: 4 } });
  });
});

describe('for GitHub', () => {
  const annotation = { level: 'error', file: 'a.yaml', title: 'rule', message: 'what' } as const;
  test.each([
    ['a place', { position: { line: 1, column: 2 } }, '::error file=a.yaml,line=1,col=2,title=rule::what\n'], ['none', {}, '::error file=a.yaml,title=rule::what\n'],
    ['lines', { message: 'one\ntwo\r\n' }, '::error file=a.yaml,title=rule::one%0Atwo%0D%0A\n'], ['percent signs', { message: '25%, %0A' }, '::error file=a.yaml,title=rule::25%25, %250A\n'],
    ['colons and commas in a message', { message: 'a: b, c::d' }, '::error file=a.yaml,title=rule::a: b, c::d\n'],
    ['colons and commas in properties', { file: 'c:\\a,b.yaml', title: 'x: y, 5%\n' }, '::error file=c%3A\\a%2Cb.yaml,title=x%3A y%2C 5%25%0A::what\n'],
  ])('a message has %s', (_, changes, line) => {
    expect(githubAnnotations([{ ...annotation, ...changes }])).toBe(line);
  });

  test('whatever it tells, an annotation is one command, from which its texts can be read back', () => {
    const back = (text: string) => text.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%0A/g, '\n').replace(/%0D/g, '\r').replace(/%25/g, '%');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (message, file, title) => {
      const line = githubAnnotations([{ level: 'notice', file, title, message }]);
      const [, readFile, readTitle, readMessage] = /^::notice file=([^:,\n\r]*),title=([^:,\n\r]*)::([^\n\r]*)\n$/.exec(line) ?? [];
      expect([readFile, readTitle, readMessage].map((text) => text === undefined ? undefined : back(text))).toEqual([file, title, message]);
    }));
  });

  test('a finding has its severity as GitHub calls it', () => {
    const lines = renderFindings(report((['error', 'warning', 'info'] as const).map((severity) => ({ ...FINDING, severity }))), 'github', false).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning', '::notice']);
    expect(lines[0]).toBe('::error file=k8s/payments.yaml,line=7,col=3,title=pre-stop-too-short::Deployment shop/payments: preStop of 5 s is over before kube-proxy has let go; set seconds to 10');
  });
});

describe('as SARIF', () => {
  const RESULT: SarifResult = { ruleId: 'a', level: 'error', message: 'what', source: 'a.yaml', subject: 'Deployment shop/payments spec' };
  const RULE = { id: 'a', title: 'T.', why: 'W.', help: 'H', level: 'error' } as const;
  const log = (...results: readonly Partial<SarifResult>[]) => JSON.parse(sarifLog([RULE, { ...RULE, id: 'b' }], results.map((result) => ({ ...RESULT, ...result })), '1.2.3')) as Log;
  const uriOf = (source: string) => log({ source }).runs[0].results?.[0].locations?.[0].physicalLocation?.artifactLocation?.uri;

  test('a result has its rule, place, object, and an identity that outlives a move', () => {
    expect(log({ position: { line: 7, column: 3 } })).toEqual({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [{
        tool: {
          driver: {
            name: 'zero-downtime',
            semanticVersion: '1.2.3',
            rules: [{ id: 'a', shortDescription: { text: 'T.' }, fullDescription: { text: 'W.' }, help: { text: 'H' }, defaultConfiguration: { level: 'error' } }],
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [{
          ruleId: 'a',
          ruleIndex: 0,
          level: 'error',
          message: { text: 'what' },
          locations: [{
            physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 7, startColumn: 3 } }, logicalLocations: [{ fullyQualifiedName: 'Deployment shop/payments spec' }],
          }],
          partialFingerprints: { 'subject/v1': 'a Deployment shop/payments spec' },
        }],
      }],
    } satisfies Log);
  });

  test('a rule is described once, and only where it has a result', () => {
    const { runs: [{ tool, results }] } = log({ ruleId: 'b' }, { ruleId: 'b' });
    expect([tool.driver.rules?.map(({ id }) => id), results?.map((result) => result.ruleIndex)]).toEqual([['b'], [0, 0]]);
  });

  test('a result that is accepted is suppressed, with the reason', () => {
    expect(log({ suppressed: 'why not' }).runs[0].results?.[0].suppressions).toEqual([{ kind: 'external', justification: 'why not' }]);
    expect(log({}).runs[0].results?.[0]).not.toHaveProperty('suppressions');
  });

  test.each([
    ['k8s/a.yaml', 'k8s/a.yaml'], ['a b.yaml', 'a%20b.yaml'], ['a#b?.yaml', 'a%23b%3F.yaml'], ['größe.yaml', 'gr%C3%B6%C3%9Fe.yaml'], ['50%.yaml', '50%25.yaml'],
    ['/srv/k8s/a b#c.yaml', 'file:///srv/k8s/a%20b%23c.yaml'], ['../a.yaml', '../a.yaml'], ['a:b:c.yaml', 'a%3Ab%3Ac.yaml'], ['k8s/a:b.yaml', 'k8s/a:b.yaml'],
    ['k8s\\a.yaml', 'k8s/a.yaml'], ['<stdin>', '%3Cstdin%3E'], ['c:\\a.yaml', 'c%3A/a.yaml'], ['a\ud800.yaml', 'a%EF%BF%BD.yaml'],
  ])('the source %j is the URI %s', (source, uri) => {
    expect(uriOf(source)).toBe(uri);
  });

  test('whatever a file is called, its URI leads back to it', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^[/]|[\\\u0000]/.test(name) && name !== '.' && name !== '..'), (name) => {
      const uri = uriOf(name) ?? '';
      expect(uri).toMatch(/^[\w\-./~!$&'()*+,;=:@%]*$/);
      expect(decodeURIComponent(uri)).toBe(name);
      expect(uri.split('/')[0]).not.toContain(':');
    }));
  });

  test('findings that are ignored are results that are suppressed', () => {
    const { runs: [{ results }] } = JSON.parse(renderFindings(report([FINDING], [IGNORED]), 'sarif', false)) as Log;
    expect(results?.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0].justification])).toEqual([['pre-stop-too-short', undefined], ['no-spread', 'one zone']]);
  });

  test('carries the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
    expect((JSON.parse(renderFindings(report([]), 'sarif', false)) as Log).runs[0].tool.driver.semanticVersion).toBe(version);
  });
});

describe('as documentation', () => {
  test('every rule has a page, and the index leads to it', () => {
    const index = ruleIndex(RULES);
    RULES.forEach((rule) => {
      expect(index).toContain(`| [${rule.id}](rules/${rule.id}.md) | ${rule.severity} | `);
      expect(rulePage(rule).split('\n').filter((line) => line === '```yaml')).toHaveLength(2);
    });
  });

  test('a bar in a title ends no cell', () => {
    expect(ruleIndex([{ ...RULES[0], title: 'a | b' }])).toContain('| a \\| b |');
  });
});
