import { pathToFileURL } from 'url';
import type { Position } from '../reading/source';

/** A rule as SARIF describes it. */
export interface SarifRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly help: string;
  readonly level: SarifLevel;
}

/** A result as SARIF has it. */
export interface SarifResult {
  readonly ruleId: string;
  readonly level: SarifLevel;
  readonly message: string;
  readonly source: string;
  readonly position?: Position;
  /** The object, with its field: what the result is about beside its place. */
  readonly subject: string;
  /** Why the result is accepted, where it is. */
  readonly suppressed?: string;
}

export type SarifLevel = 'error' | 'warning' | 'note';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Results as a SARIF 2.1.0 log. */
export function sarifLog(rules: readonly SarifRule[], results: readonly SarifResult[], version: string): string {
  const used = rules.filter(({ id }) => results.some(({ ruleId }) => ruleId === id));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'zero-downtime', semanticVersion: version, rules: used.map(descriptorOf) } },
      columnKind: 'utf16CodeUnits',
      results: results.map((result) => resultOf(result, used)),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf({ id, title, why, help, level }: SarifRule): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: help },
    defaultConfiguration: { level },
  };
}

function resultOf({ ruleId, level, message, source, position, subject, suppressed }: SarifResult, rules: readonly SarifRule[]): object {
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    level,
    message: { text: message },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: uriOf(source) },
        ...position ? { region: { startLine: position.line, startColumn: position.column } } : {},
      },
      logicalLocations: [{ fullyQualifiedName: subject }],
    }],
    // A result keeps its identity when lines above it move.
    partialFingerprints: { 'subject/v1': `${ruleId} ${subject}` },
    ...suppressed === undefined ? {} : { suppressions: [{ kind: 'external', justification: suppressed }] },
  };
}

/** Relative paths stay so, because a viewer resolves them against the checkout; characters that no URI has are escaped. */
function uriOf(source: string): string {
  if (source.startsWith('/')) {
    return pathToFileURL(source).href;
  }
  const [first, ...rest] = encodeURI(Buffer.from(source).toString().replace(/\\/g, '/')).replace(/[?#]/g, encodeURIComponent).split('/');
  // Before the first slash a colon would end a scheme.
  return [first.replace(/:/g, '%3A'), ...rest].join('/');
}
