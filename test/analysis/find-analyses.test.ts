import { configMap, documentText } from './documents';
import { findAnalysis } from '../../src/analysis/find-analyses';
import { problemText } from '../../src/reading/input-problem';
import { readText } from '../../src/reading/read-text';

function found(yaml: string, name?: string, namespace = 'default'): string | readonly string[] {
  const analysis = findAnalysis(readText('k8s.yaml', yaml).objects, namespace, name);
  return 'problems' in analysis ? analysis.problems.map(problemText) : analysis.name;
}

const ONE = configMap(documentText());
const OTHER = configMap(documentText(), 'name: cart-analysis, namespace: shop');
const ELSEWHERE = configMap(documentText(), 'name: payments-analysis, namespace: stage');
const NO_ANALYSIS = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { analysis.json: "{" }\n';

test('the only one is found among other objects', () => {
  expect(found(`${NO_ANALYSIS}---\n${ONE}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: payments }\nspec: 7\n`)).toBe('shop/payments-analysis');
});

test('one without a namespace is in the one that is said', () => {
  expect(found(configMap(documentText(), 'name: a'), undefined, 'pay')).toBe('pay/a');
});

test.each(['cart-analysis', 'shop/cart-analysis'])('one of several is chosen by the name %s', (name) => {
  expect(found(`${ONE}---\n${OTHER}`, name)).toBe('shop/cart-analysis');
});

test.each([
  ['none', NO_ANALYSIS, undefined, 'analyze: there is no ConfigMap with the label zero-downtime/analysis: "true" among the objects; name the manifests that hold one, or the document itself'],
  ['several', `${ONE}---\n${OTHER}`, undefined, 'analyze: there are 2 analyses; choose one by --name: shop/payments-analysis, shop/cart-analysis'],
  ['none of the name', ONE, 'cart', '--name: "cart" is no analysis among the objects; there are shop/payments-analysis'],
  ['several of the name', `${ONE}---\n${ELSEWHERE}`, 'payments-analysis', '--name: there are 2 analyses; choose one by --name: shop/payments-analysis, stage/payments-analysis'],
  ['the same twice', `${ONE}---\n${ONE}`, undefined, 'analyze: ConfigMap shop/payments-analysis is given 2 times; remove all but one'],
  ['a wrong document', configMap(documentText({ count: 0 })), undefined, 'k8s.yaml:5:3 analysis.json:25:3: count 0 must be a whole number from 1 to 10000'],
  ['no document', ONE.replace('analysis.json: |', 'other: |'), undefined, 'k8s.yaml:4:1: data["analysis.json"] must be given, because the label says that this ConfigMap holds an analysis'],
  ['a document that is no text', ONE.replace(/analysis\.json: [^]*/, 'analysis.json: { version: 1 }\n'), undefined, 'k8s.yaml:5:3: data["analysis.json"] must be a text, not a map'],
  ['labels that are none', ONE.replace('"true"', 'true'), undefined, expect.stringContaining('"zero-downtime/analysis"')],
])('%s is refused', (_, yaml, name, problem) => {
  expect(found(yaml, name)).toEqual([problem]);
});

test('many are listed in part', () => {
  const [problem] = found(Array.from({ length: 12 }, (_, index) => configMap(documentText(), `name: a${index}`)).join('---\n')) as string[];
  expect(problem).toMatch(/: default\/a0, .*default\/a9 and 2 more$/);
});
