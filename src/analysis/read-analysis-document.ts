import { addressProblem } from './address';
import type { AnalysisDocument, AnalysisMetric, Place } from './analysis-document';
import { Field, WrongField } from '../reading/field';
import type { InputProblem } from '../reading/input-problem';
import { didYouMean } from '../reading/nearest';
import { problemOf } from '../reading/wrong-field';

/** The version of the format that is read here. */
const VERSION = 1;

const DOCUMENT_KEYS = ['version', 'source', 'metrics', 'initialDelaySeconds', 'intervalSeconds', 'count', 'windowSeconds',
  'failureLimit', 'inconclusiveLimit', 'consecutiveErrorLimit'];
const SOURCE_KEYS = ['kind', 'address'];
const METRIC_KEYS = ['name', 'text', 'unit', 'max', 'min', 'query'];

/** A week: nobody waits longer for a measurement, and a timer of Node counts no more than 24 days. */
const MOST_SECONDS = 7 * 24 * 3600;
const MOST_MEASUREMENTS = 10_000;
/** All are asked at once, and a Prometheus answers 20 at once where nobody says otherwise (`--query.max-concurrency`). */
const MOST_METRICS = 50;
const LONGEST_NAME = 63;
const LONGEST_UNIT = 20;

/** A document, or everything that is wrong with it. */
export type DocumentReading = { readonly document: AnalysisDocument } | { readonly problems: readonly InputProblem[] };

/** Reads an analysis. What is not of this version of the format is refused, because a bound that is passed over is a bound that nobody keeps. */
export function readAnalysisDocument(root: Field): DocumentReading {
  return new DocumentReader(root).read();
}

class DocumentReader {
  private readonly problems: InputProblem[] = [];

  constructor(private readonly root: Field) {}

  read(): DocumentReading {
    // Of a format that is not known nothing else can be said.
    this.attempt(() => this.version());
    if (this.problems.length > 0) {
      return { problems: this.problems };
    }
    this.closed(this.root, DOCUMENT_KEYS, 'an analysis');
    const { root } = this;
    const document = {
      address: this.source(),
      addressPlace: placeOf(root.get('source', 'address')),
      metrics: this.metrics(),
      initialDelaySeconds: this.number(root.get('initialDelaySeconds'), 0, MOST_SECONDS),
      intervalSeconds: this.number(root.get('intervalSeconds'), 1, MOST_SECONDS),
      windowSeconds: this.number(root.get('windowSeconds'), 1, MOST_SECONDS),
      count: this.whole(root.get('count'), 1),
      failureLimit: this.whole(root.get('failureLimit'), 0),
      inconclusiveLimit: this.whole(root.get('inconclusiveLimit'), 0),
      consecutiveErrorLimit: this.whole(root.get('consecutiveErrorLimit'), 0),
    };
    return this.problems.length > 0 ? { problems: this.problems } : { document: document as AnalysisDocument };
  }

  private version(): void {
    const field = this.root.get('version');
    const version = this.given(field, field.integer());
    if (version !== VERSION) {
      field.refuse(`must be ${VERSION}, the version of the format that is known here${version > VERSION ? '; use a newer zero-downtime' : ''}`);
    }
  }

  private source(): string | undefined {
    const source = this.root.get('source');
    this.closed(source, SOURCE_KEYS, 'a source');
    this.attempt(() => {
      const kind = source.get('kind');
      return this.given(kind, kind.string()) === 'prometheus' || kind.refuse('must be prometheus, the only source that is known here');
    });
    return this.attempt(() => {
      const field = source.get('address');
      const address = this.given(field, field.string());
      // The problem tells the address itself, unless there is a password in it.
      return refuseIf(field, addressProblem(address)) ?? address;
    });
  }

  private metrics(): readonly (AnalysisMetric | undefined)[] {
    const field = this.root.get('metrics');
    const items = this.attempt(() => {
      const list = field.items();
      return list.length > 0 && list.length <= MOST_METRICS ? list : field.refuse(`must be a list of 1 to ${MOST_METRICS} metrics`);
    }) ?? [];
    const names = new Set<unknown>();
    return items.map((item) => {
      const metric = this.metric(item);
      this.attempt(() => metric.name !== undefined && names.has(metric.name) && item.get('name').refuse('is given twice; give one of them another name'));
      names.add(metric.name);
      return metric as AnalysisMetric;
    });
  }

  private metric(item: Field): Partial<AnalysisMetric> {
    this.closed(item, METRIC_KEYS, 'a metric');
    const query = item.get('query');
    const [max, min] = ['max', 'min'].map((key) => this.attempt(() => item.get(key).number()));
    this.attempt(() => !item.get('max').exists && !item.get('min').exists && item.refuse('must have a max, a min or both; without a bound every value is good'));
    this.attempt(() => max !== undefined && min !== undefined && min > max && item.get('min').refuse(`must be at most max ${max}`));
    return {
      name: this.attempt(() => nameOf(item.get('name'), this.given(item.get('name'), item.get('name').string()))),
      text: this.attempt(() => item.get('text').string()) ?? '',
      unit: this.attempt(() => unitOf(item.get('unit'))),
      ...max === undefined ? {} : { max },
      ...min === undefined ? {} : { min },
      query: this.attempt(() => this.given(query, query.string()?.trim() || undefined)),
      place: placeOf(query),
    };
  }

  private number(field: Field, least: number, most: number): number | undefined {
    return this.attempt(() => {
      const value = this.given(field, field.number());
      return value >= least && value <= most ? value : field.refuse(`must be a number of seconds from ${least} to ${most}`);
    });
  }

  private whole(field: Field, least: number): number | undefined {
    return this.attempt(() => {
      const value = this.given(field, field.integer());
      return value >= least && value <= MOST_MEASUREMENTS ? value : field.refuse(`must be a whole number from ${least} to ${MOST_MEASUREMENTS}`);
    });
  }

  private given<T>(field: Field, value: T | undefined): T {
    return value ?? field.refuse('must be given');
  }

  private closed(field: Field, keys: readonly string[], what: string): void {
    const entries = this.attempt(() => field.entries()) ?? [];
    entries.filter(([key]) => !keys.includes(key))
      .forEach(([key, entry]) => this.attempt(() => entry.refuse(`is no field of ${what}${didYouMean(key, keys)}`)));
  }

  private attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.problems.push(problemOf(error));
      return undefined;
    }
  }
}

function placeOf(field: Field): Place {
  return { source: field.object.source.name, position: field.position };
}

function nameOf(field: Field, name: string): string {
  const isName = name.length <= LONGEST_NAME && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
  return isName ? name : field.refuse(`must be at most ${LONGEST_NAME} lower-case letters, digits or '-', starting and ending with a letter or digit`);
}

function unitOf(field: Field): string {
  const unit = field.string() ?? '';
  return unit.length <= LONGEST_UNIT ? unit : field.refuse(`must be at most ${LONGEST_UNIT} characters`);
}

function refuseIf(field: Field, problem: string | undefined): undefined {
  if (problem !== undefined) {
    throw new WrongField({ source: field.object.source.name, position: field.position, message: `${field.text} ${problem}` });
  }
  return undefined;
}
