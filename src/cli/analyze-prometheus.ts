import { BadInput } from './bad-input';
import { isPrivateWay } from '../analysis/address';
import type { AnalysisDocument } from '../analysis/analysis-document';
import type { Prometheus } from '../analysis/ask-prometheus';
import { quoted } from '../reading/quoted';

/** The options that say how a Prometheus is asked. */
export interface PrometheusOptions {
  readonly address?: string;
  readonly timeout: string;
  readonly header: readonly string[];
  readonly allowPlainHttp: boolean;
}

const LONGEST_TIMEOUT = 600;

/** Headers that say something about the connection or its body, or that another option is for. */
const TAKEN = new Set(['accept', 'authorization', 'connection', 'content-length', 'content-type', 'cookie', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** The Prometheus that an analysis asks, or `BadInput` with everything that is wrong with the options. */
export function prometheusOf({ address }: Pick<AnalysisDocument, 'address'>, options: PrometheusOptions, credentials: Prometheus['credentials']): Prometheus {
  const problems = [...timeoutProblems(options.timeout), ...options.header.flatMap(headerProblems), ...wayProblems(address, options, credentials)];
  if (problems.length > 0) {
    throw new BadInput(problems);
  }
  return { address, credentials, timeoutSeconds: Number(options.timeout), headers: Object.fromEntries(options.header.map(pairOf)) };
}

function timeoutProblems(timeout: string): BadInput['problems'] {
  const isSeconds = /^\d+(\.\d+)?$/.test(timeout) && Number(timeout) > 0 && Number(timeout) <= LONGEST_TIMEOUT;
  return isSeconds ? [] : [{ source: '--timeout', message: `${quoted(timeout)} must be a number of seconds, more than 0 and at most ${LONGEST_TIMEOUT}` }];
}

/** A value may be secret, so that no message tells it. */
function headerProblems(header: string): BadInput['problems'] {
  const [name, value] = pairOf(header);
  if (!header.includes('=') || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    return [{ source: '--header', message: 'must be name=value, with the name of an HTTP header, such as X-Scope-OrgID=shop' }];
  }
  if (TAKEN.has(name.toLowerCase())) {
    return [{ source: '--header', message: `${quoted(name)} is not for an option to set${name.toLowerCase() === 'authorization' ? '; see --bearer-token-file and --username' : ''}` }];
  }
  return /^[\x20-\x7e]+$/.test(value) ? [] : [{ source: '--header', message: `${quoted(name)} must have a value of ASCII, in one line` }];
}

function pairOf(header: string): readonly [string, string] {
  const at = header.indexOf('=');
  return [header.slice(0, Math.max(0, at)), header.slice(at + 1)];
}

function wayProblems(address: string, { allowPlainHttp }: PrometheusOptions, credentials: Prometheus['credentials']): BadInput['problems'] {
  if (credentials() === undefined || isPrivateWay(address) || allowPlainHttp) {
    return [];
  }
  return [{
    source: 'credentials',
    message: `would go to ${quoted(address)} unencrypted, for everybody on the way to read; give an https:// address, or --allow-plain-http where all of the way is trusted`,
  }];
}
