import type { Release } from '../plan/monitoring/declared';

/** A series in the notation of promtool: its values every 15 seconds. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** Series, and which alerts fire of them at which second. */
export interface Case {
  readonly series: readonly Series[];
  readonly expected: readonly Expected[];
}

interface Expected {
  readonly alert: string;
  readonly at: number;
  readonly count: 0 | 1;
  /** When the expression has its first result. */
  readonly from: number;
}

/** Labels that an exporter gives to an object of the namespace shop, as a scrape keeps them. */
export type Labels = string;
export const HONOURED: Labels = 'namespace="shop"';
export const MOVED: Labels = 'namespace="engines",exported_namespace="shop"';

export const firing = (alert: string, at: number, count: 0 | 1, from = 0): Expected => ({ alert, at, count, from });

const SCRAPE = 15;
const LONGEST_STEP = 30;

/** The longest time between evaluations at which the rules are evaluated at every second that is asked about, but for those just before. */
export function stepOf(cases: readonly Case[]): number {
  const times = cases.flatMap(({ expected }) => expected.filter(({ count }) => count === 1).flatMap(({ at, from }) => [at, from]));
  const divides = (step: number) => times.every((at) => at % step === 0);
  return Array.from({ length: LONGEST_STEP }, (_, index) => LONGEST_STEP - index).find(divides)!;
}

/** A test file of promtool. */
export function testFileOf(rules: string, cases: readonly Case[]): object {
  return {
    rule_files: [rules],
    evaluation_interval: `${stepOf(cases)}s`,
    tests: cases.map(({ series, expected }) => ({
      interval: `${SCRAPE}s`,
      input_series: series,
      promql_expr_test: expected.map(({ alert, at, count }) => ({
        expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
        eval_time: `${at}s`,
        exp_samples: [{ labels: '{}', value: count }],
      })),
    })),
  };
}

/** Requests of one version at each scrape, and how many of them fail: all the time, or for so many scrapes. */
interface Behaviour {
  readonly requests: number;
  readonly failed: number;
  readonly until?: number;
}

/** How the requests of a release are counted. Each set of labels is another's view of the same requests. */
interface Counted {
  readonly metric: string;
  readonly ok: string;
  readonly bad: string;
  readonly stable: readonly string[];
  readonly canary: readonly string[];
}

/** A counter of each version's requests, from the start on. */
export function requestsOf(release: Release, behaviours: Readonly<Record<'stable' | 'canary', Behaviour>>): Series[] {
  const { metric, ok, bad, ...versions } = countedOf(release);
  return (['stable', 'canary'] as const).flatMap((role) => versions[role].flatMap((labels): Series[] => {
    const { requests, failed, until = 2000 } = behaviours[role];
    const rest = until < 2000 ? ` ${failed * until}+0x2000` : '';
    const good = { series: `${metric}{${labels},${ok}}`, values: `0+${requests - failed}x2000` };
    return failed === 0 ? [good] : [good, { series: `${metric}{${labels},${bad}}`, values: `0+${failed}x${until}${rest}` }];
  }));
}

const POD = { stable: 'payments-7c9f8b5d4-abcde', canary: 'payments-6d4cf56db-x2x4z' };
const ISTIO = { metric: 'istio_requests_total', ok: 'response_code="200"', bad: 'response_code="503"' };
const HTTP = { metric: 'http_requests_total', ok: 'code="200"', bad: 'code="500"' };
const NGINX = { metric: 'nginx_ingress_controller_requests', ok: 'status="200"', bad: 'status="502"' };

function countedOf(release: Release): Counted {
  const byPods = (stable: string, canary: string) => ({ ...HTTP, stable: [`namespace="shop",pod="${stable}"`], canary: [`namespace="shop",pod="${canary}"`] });
  switch (release) {
    case 'rolling':
    case 'argo canary by pods':
    case 'argo blue-green': return byPods(POD.stable, POD.canary);
    case 'flagger blue-green': return byPods('payments-primary-7c9f8b5d4-abcde', 'payments-6d4cf56db-x2x4z');
    case 'native blue-green': return byPods('payments-green-7c9f8b5d4-abcde', 'payments-blue-6d4cf56db-x2x4z');
    case 'rolling behind ingress-nginx': return nginx('');
    case 'argo canary behind ingress-nginx':
    case 'flagger canary behind ingress-nginx': return nginx('shop-payments-canary-http');
    case 'rolling in a mesh':
    case 'argo canary':
    case 'argo A/B': return inMesh('payments', 'payments');
    case 'argo canary by hosts': return inMesh('payments-stable', 'payments-canary');
    case 'flagger canary':
    case 'flagger A/B': return ofWorkloads('payments-primary', 'payments');
    case 'native canary': return ofWorkloads('payments-stable', 'payments-canary');
  }
}

function nginx(canary: string): Counted {
  const labels = (value: string, method: string) => [`exported_namespace="shop",ingress="payments-nginx",canary="${value}",method="${method}"`];
  return { ...NGINX, stable: labels('', 'GET'), canary: labels(canary, 'POST') };
}

/** The caller's proxy names the Service, and the proxy beside the pod is known by the pod. */
function inMesh(stable: string, canary: string): Counted {
  const labels = (service: string, pod: string) => [
    `reporter="source",destination_service_namespace="shop",destination_service_name="${service}",version="${pod}"`,
    `reporter="destination",destination_workload_namespace="shop",pod="${pod}"`,
  ];
  return { ...ISTIO, stable: labels(stable, POD.stable), canary: labels(canary, POD.canary) };
}

function ofWorkloads(stable: string, canary: string): Counted {
  const labels = (workload: string) => [`reporter="source",destination_workload_namespace="shop",destination_workload="${workload}"`];
  return { ...ISTIO, stable: labels(stable), canary: labels(canary) };
}
