import type { Answer, NoAnswer, Refusal } from './answer';
import { quoted } from '../reading/quoted';

/** What an HTTP response of a Prometheus holds. */
export interface PrometheusResponse {
  readonly status: number;
  readonly body: string;
}

interface Envelope {
  readonly status?: unknown;
  readonly data?: { readonly resultType?: unknown; readonly result?: unknown } | null;
  readonly errorType?: unknown;
  readonly error?: unknown;
  readonly warnings?: unknown;
}

/** Takes out of a text what nobody may be told. */
export type Clean = (text: string) => string;

/**
 * Reads a response of the instant query API of Prometheus. Whatever is told of its texts is cleaned first, before any is shortened:
 * a server may repeat what it was sent.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
export function prometheusAnswer({ status, body }: PrometheusResponse, clean: Clean): Answer {
  const envelope = envelopeOf(body);
  if (status === 400 && envelope?.errorType === 'bad_data') {
    return refused('query', `is refused by Prometheus: ${errorText(envelope, clean)}`);
  }
  if (status < 200 || status > 299) {
    return withoutSuccess(status, envelope, clean);
  }
  if (envelope === undefined) {
    return noAnswer(`the answer is no JSON of Prometheus but ${looksLike(clean(body))}`);
  }
  if (envelope.status !== 'success') {
    return noAnswer(`Prometheus answers with an error: ${errorText(envelope, clean)}`);
  }
  return resultOf(envelope, warningsOf(envelope).map(clean), clean);
}

/** Whether another attempt soon may bring another answer. */
export function isWorthAnotherAttempt(status: number): boolean {
  return status === 429 || status >= 500;
}

function withoutSuccess(status: number, envelope: Envelope | undefined, clean: Clean): NoAnswer | Refusal {
  const why = envelope === undefined ? '' : `: ${errorText(envelope, clean)}`;
  switch (status) {
    case 401: return refused('credentials', `are not accepted (401)${why}`);
    case 403: return refused('credentials', `do not give the right to query (403)${why}`);
    case 400: case 404: case 405: return refused('address', `has no instant queries of Prometheus (${status})${why}; correct it, with the path such as /prometheus that the API is below`);
    default: return noAnswer(`the server answers ${status}${why}`);
  }
}

function resultOf({ data }: Envelope, warnings: readonly string[], clean: Clean): Answer {
  const { resultType, result } = data ?? {};
  switch (resultType) {
    case 'scalar': return valueOf(result, warnings, clean);
    case 'vector': return Array.isArray(result) ? vectorOf(result, warnings, clean) : noAnswer('the answer holds no list of series');
    case 'matrix': return refused('query', 'gives ranges of values where one value is judged; put a function such as rate() around them');
    case 'string': return refused('query', 'gives a text where a number is judged; correct it');
    default: return noAnswer('the answer holds no result that is known here');
  }
}

function vectorOf(series: readonly unknown[], warnings: readonly string[], clean: Clean): Answer {
  if (series.length === 0) {
    return { kind: 'no data', warnings };
  }
  if (series.length > 1) {
    return refused('query', `gives ${series.length} series where one value is judged; aggregate them, for example with sum()`);
  }
  const [only] = series as readonly ({ readonly value?: unknown; readonly histogram?: unknown } | null)[];
  return only?.histogram !== undefined
    ? refused('query', 'gives a histogram where a number is judged; take a number of it, for example with histogram_quantile()')
    : valueOf(only?.value, warnings, clean);
}

/** Numbers as Go writes them. */
const NUMBER = /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i;
const OTHERS: ReadonlyMap<string, number> = new Map([['NaN', Number.NaN], ['+Inf', Number.POSITIVE_INFINITY], ['-Inf', Number.NEGATIVE_INFINITY]]);

/** A sample is a pair of its time and, as a text, its value. */
function valueOf(sample: unknown, warnings: readonly string[], clean: Clean): Answer {
  const written: unknown = Array.isArray(sample) ? sample[1] : undefined;
  if (typeof written !== 'string') {
    return noAnswer('the answer holds no value');
  }
  const value = OTHERS.get(written) ?? (NUMBER.test(written) ? Number(written) : undefined);
  return value === undefined ? noAnswer(`the answer holds ${quoted(clean(written))} where a number was expected`) : { kind: 'value', value, written, warnings };
}

/** Releases from 2.48 to 2.52 put among the warnings what is no more than a hint, as is that a counter is not named `_total`. */
const HINT = 'PromQL info:';

function warningsOf({ warnings }: Envelope): readonly string[] {
  return Array.isArray(warnings) ? warnings.map(String).filter((warning) => !warning.startsWith(HINT)) : [];
}

function envelopeOf(body: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isEnvelope = typeof value === 'object' && value !== null && typeof (value as Envelope).status === 'string';
    return isEnvelope ? value as Envelope : undefined;
  } catch {
    return undefined;
  }
}

function errorText({ error }: Envelope, clean: Clean): string {
  return typeof error === 'string' && error !== '' ? quoted(clean(error)) : 'without a reason';
}

function looksLike(body: string): string {
  if (body.trim() === '') {
    return 'empty';
  }
  return /^\s*</.test(body) ? 'a page of HTML, as of a proxy or a login' : `begins ${quoted(body.slice(0, 40))}`;
}

function noAnswer(message: string): NoAnswer {
  return { kind: 'error', message };
}

function refused(what: Refusal['what'], message: string): Refusal {
  return { kind: 'refused', what, message };
}
