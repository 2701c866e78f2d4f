import { queryUrl } from './address';
import type { Answer } from './answer';
import { boundedText } from './bounded-text';
import { authorizationOf, withoutSecrets, type Credentials } from './credentials';
import { Deadline } from './deadline';
import { isWorthAnotherAttempt, prometheusAnswer, type Clean } from './prometheus-answer';
import { isBlockedPort, isCertificateFault, transportText } from './transport-text';
import { quoted } from '../reading/quoted';

/** A Prometheus, or whatever answers like one, and how it is asked. */
export interface Prometheus {
  readonly address: string;
  /** Read for each request, because tokens are replaced while an analysis runs. */
  readonly credentials: () => Credentials | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The longest that one measurement may take, with all its attempts. */
  readonly timeoutSeconds: number;
}

/** What is outside of an analysis: the network and the time. */
export interface Outside {
  readonly fetch: typeof fetch;
  /** Milliseconds of the clock on the wall. */
  readonly now: () => number;
  /** Resolves after some milliseconds, or as soon as the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * How long each further attempt waits. Two more within three seconds outlast a connection that was dropped and a server that
 * was replaced behind its Service; an outage that is longer is for consecutiveErrorLimit to judge, and more attempts would only
 * burden a server that is already overloaded.
 */
const WAITS_MILLISECONDS: readonly number[] = [1000, 2000];

/** One number takes less than a kilobyte. */
const MOST_BYTES = 1024 * 1024;

interface Attempt {
  readonly answer: Answer;
  /** Whether another attempt may bring another answer, and the least to wait before it. */
  readonly again?: { readonly afterMilliseconds: number };
}

/** Asks one instant query. An answer always comes: within the timeout, or at once when the signal is aborted. */
export async function askPrometheus(prometheus: Prometheus, query: string, outside: Outside, signal: AbortSignal): Promise<Answer> {
  const credentials = prometheus.credentials();
  const end = outside.now() + prometheus.timeoutSeconds * 1000;
  const deadline = new Deadline(signal);
  const expired = outside.sleep(prometheus.timeoutSeconds * 1000, deadline.ended).then(() => deadline.expire());
  try {
    for (let made = 1; ; made += 1) {
      const { answer, again } = await attempt(prometheus, query, credentials, outside, deadline);
      const wait = Math.max(WAITS_MILLISECONDS[made - 1] ?? Infinity, again?.afterMilliseconds ?? Infinity);
      if (again === undefined || signal.aborted || deadline.isExpired || outside.now() + wait >= end) {
        return told(answer, made);
      }
      await outside.sleep(wait, deadline.signal);
    }
  } finally {
    deadline.end();
    await expired;
  }
}

function told(answer: Answer, attempts: number): Answer {
  return 'message' in answer && attempts > 1 ? { ...answer, message: `${answer.message} (${attempts} attempts)` } : answer;
}

async function attempt(
  { address, headers, timeoutSeconds }: Prometheus, query: string, credentials: Credentials | undefined, { fetch, now }: Outside, deadline: Deadline,
): Promise<Attempt> {
  const clean = (text: string) => withoutSecrets(text, credentials);
  try {
    const response = await fetch(queryUrl(address), {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', ...credentials && { authorization: authorizationOf(credentials) } },
      // A form has no limit where an address has one. The server gives up with us: nobody would read what it finds later.
      body: new URLSearchParams({ query, timeout: `${Math.ceil(timeoutSeconds * 1000)}ms` }),
      // Whoever is redirected takes credentials to where nobody meant them to go.
      redirect: 'manual',
      signal: deadline.signal,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return { answer: redirected(response, address, clean) };
    }
    const body = await boundedText(response.body, MOST_BYTES);
    if (body === undefined) {
      return { answer: { kind: 'error', message: 'the answer has more than 1 MiB where one number was expected; aggregate the series of the query' } };
    }
    const answer = prometheusAnswer({ status: response.status, body }, clean);
    return isWorthAnotherAttempt(response.status) ? { answer, again: { afterMilliseconds: retryAfter(response.headers.get('retry-after'), now()) } } : { answer };
  } catch (error) {
    return failed(error, timeoutSeconds, deadline);
  }
}

function failed(error: unknown, timeoutSeconds: number, deadline: Deadline): Attempt {
  if (deadline.isExpired) {
    return { answer: { kind: 'error', message: `no answer within ${timeoutSeconds} s` } };
  }
  if (isCertificateFault(error)) {
    return { answer: { kind: 'refused', what: 'address', message: `has a certificate that is not trusted (${transportText(error)}); name the file of its CA in NODE_EXTRA_CA_CERTS` } };
  }
  if (isBlockedPort(error)) {
    return { answer: { kind: 'refused', what: 'address', message: 'has a port of another protocol, which fetch refuses; give Prometheus another port' } };
  }
  return { answer: { kind: 'error', message: `the server cannot be reached: ${transportText(error)}` }, again: { afterMilliseconds: 0 } };
}

/** Of the new address no more is told than who answers there: a query often holds a ticket of some login. */
function redirected({ status, headers }: Response, address: string, clean: Clean): Answer {
  const location = headers.get('location') ?? '';
  const to = URL.canParse(location, address) ? new URL(location, address) : undefined;
  const where = to === undefined ? 'elsewhere' : `to ${quoted(clean(`${to.origin}${to.pathname}`))}`;
  return { kind: 'refused', what: 'address', message: `redirects ${where} (${status}), which is not followed; give the address that answers itself` };
}

/** The milliseconds that a server asks for, in seconds or as a date. */
function retryAfter(header: string | null, now: number): number {
  if (header === null) {
    return 0;
  }
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds);
}
