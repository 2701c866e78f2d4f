import { searchCapacity } from '../src/verify/capacity/search-capacity';
import { answersFor } from '../src/verify/verify-way';
import type { WorkloadModel } from '../src/verify/workload-model';

/** What is verified: so many replicas, with such a strategy. */
export interface VerifierRequest {
  readonly replicas: number;
  readonly strategy: keyof typeof STRATEGIES;
}

/** What it cost. */
export interface VerifierSample {
  /** The first run of the process, which is what a command line pays. */
  readonly firstMilliseconds: number;
  /** The median of the runs after it. */
  readonly milliseconds: number;
  readonly states: number;
  readonly exact: boolean;
  readonly peakMegabytes: number;
}

/** Releases that differ in how many states they reach. */
export const STRATEGIES = {
  'surge 1, unavailable 0': { maxSurge: 1, maxUnavailable: 0 },
  'surge 25 %, unavailable 25 %': { maxSurge: '25%', maxUnavailable: '25%' },
} as const;

const RUNS = 7;

function modelOf({ replicas, strategy }: VerifierRequest): WorkloadModel {
  return {
    workload: 'Deployment shop/payments',
    replicas: { min: replicas, max: replicas },
    strategy: { kind: 'rollingUpdate', ...STRATEGIES[strategy] },
    minReadySeconds: 10,
    progressDeadlineSeconds: 600,
    start: { accepts: { atLeast: 0, atMost: 360 }, gated: true, noticedWithinSeconds: 5 },
    termination: { gracePeriodSeconds: 40, preStop: { atLeast: 10, atMost: 10 }, kubeletSeconds: 1, shutdown: 'drains', drainSeconds: 20 },
    longestRequestSeconds: 20,
    keptConnections: 'announced',
    budget: { maxUnavailable: 1 },
    evictions: 1,
    requiredReady: 1,
    waysIn: [{
      path: 'clusterInternal',
      through: 'Service shop/payments',
      detach: { atLeast: 0, atMost: 10 },
      attach: { atLeast: 0, atMost: 10 },
      inOrder: true,
      fallsBackToTerminating: true,
      routesUnready: false,
      readinessGate: false,
      keptBy: 'client',
    }],
  };
}

function measure(request: VerifierRequest): VerifierSample {
  const model = modelOf(request);
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    answersFor(model, model.waysIn[0], searchCapacity(model));
    return performance.now() - start;
  });
  const { states, exact } = searchCapacity(model);
  const [firstMilliseconds, ...others] = times;
  const milliseconds = others.sort((one, other) => one - other)[Math.floor(others.length / 2)];
  return { firstMilliseconds, milliseconds, states, exact, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

if (require.main === module) {
  process.stdout.write(JSON.stringify(measure(JSON.parse(process.argv[2]) as VerifierRequest)));
}
