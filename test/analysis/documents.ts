import type { AnalysisDocument, AnalysisMetric } from '../../src/analysis/analysis-document';
import { readAnalysis } from '../../src/analysis/find-analyses';
import { problemText } from '../../src/reading/input-problem';

/** The plain data of an analysis. */
export interface PlainAnalysis {
  readonly [key: string]: unknown;
  readonly metrics: readonly Record<string, unknown>[];
}

/** An analysis that holds everything. */
export const ANALYSIS: PlainAnalysis = {
  version: 1,
  source: { kind: 'prometheus', address: 'http://127.0.0.1:9090' },
  metrics: [
    { name: 'error-rate', text: 'requests that fail', unit: '', max: 0.01, query: 'errors' },
    { name: 'p99', text: 'the slowest of a hundred', unit: 's', max: 0.5, query: 'latency' },
  ],
  initialDelaySeconds: 90,
  intervalSeconds: 60,
  count: 5,
  windowSeconds: 60,
  failureLimit: 1,
  inconclusiveLimit: 2,
  consecutiveErrorLimit: 3,
};

/** A metric that is asked with one query. */
export const METRIC: AnalysisMetric = { name: 'error-rate', text: '', unit: '', max: 0.01, query: 'errors', place: { source: 'a.json' } };

/** An analysis as a text, with some of its fields changed; undefined takes one away. */
export function documentText(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...ANALYSIS, ...changes }, undefined, 2);
}

/** The same within its ConfigMap, as YAML. */
export function configMap(text: string, metadata = 'name: payments-analysis, namespace: shop'): string {
  const data = text.split('\n').map((line) => `    ${line}`).join('\n');
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { ${metadata}, labels: { zero-downtime/analysis: "true" } }\ndata:\n  analysis.json: |\n${data}\n`;
}

/** The analysis of a text, or the problems of it as people read them. */
export function read(text: string): AnalysisDocument | readonly string[] {
  const found = readAnalysis('a', 'a.json', text);
  return 'problems' in found ? found.problems.map(problemText) : found.document;
}

/** The analysis of the data above, with some of its fields changed. */
export function documentWith(changes: Record<string, unknown> = {}): AnalysisDocument {
  const document = read(documentText(changes));
  if (Array.isArray(document)) {
    throw new Error(document.join('\n'));
  }
  return document as AnalysisDocument;
}
