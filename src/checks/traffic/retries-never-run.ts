import type { Rule } from '../rule';
import { PAYMENTS_SERVICE } from './example-pods';
import { PAYMENTS_VIRTUAL_SERVICE } from './route-examples';

const RETRIED = (timeout: string) => `${PAYMENTS_SERVICE}---${PAYMENTS_VIRTUAL_SERVICE}      timeout: ${timeout}
      retries: { attempts: 2, perTryTimeout: 2s, retryOn: "connect-failure,refused-stream" }
`;

/** The timeout of a route leaves time for its retries. */
export const RETRIES_NEVER_RUN: Rule = {
  id: 'retries-never-run',
  severity: 'warning',
  title: 'The timeout of a route leaves time for every try.',
  why: 'The timeout of a route covers the first try and all retries together. Where tries are as long as perTryTimeout allows, the last of them '
    + 'are cut, or never made: the pod that is slow because it ends uses up the time that was meant for another.',
  inequality: '(1 + attempts) × perTryTimeout ≤ timeout',
  sources: ['https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry',
    'https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts'],
  failing: RETRIED('5s'),
  passing: RETRIED('6s'),
  check: ({ cluster }) => cluster.virtualServices.flatMap((virtualService) => virtualService.routes.flatMap(({ field }, index) => {
    const timeout = field.get('timeout').seconds() ?? 0;
    const attempts = field.get('retries', 'attempts').integer() ?? 0;
    const perTry = field.get('retries', 'perTryTimeout').seconds() ?? 0;
    // In milliseconds, because sums of tenths of seconds are not exact; and 0 stands for no timeout.
    const needed = (1 + attempts) * Math.round(perTry * 1000);
    return timeout === 0 || attempts <= 0 || needed <= Math.round(timeout * 1000) ? [] : [{
      object: virtualService,
      field: field.get('timeout'),
      message: `http[${index}] gives up after ${timeout} s, but 1 try and ${attempts} ${attempts === 1 ? 'retry' : 'retries'} of ${perTry} s `
        + `take up to ${needed / 1000} s, so the last are cut or never made`,
      actual: `${timeout} s`,
      required: `≥ ${needed / 1000} s`,
      fix: `set timeout to at least ${needed / 1000}s, or perTryTimeout or attempts lower`,
    }];
  })),
};
