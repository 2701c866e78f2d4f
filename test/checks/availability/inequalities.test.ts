import * as fc from 'fast-check';
import { changed, messages } from './found';
import { ANALYSIS_WINDOW } from '../../../src/checks/availability/analysis-window';
import { AUTOSCALER_MIN_ABOVE_MAX } from '../../../src/checks/availability/autoscaler-min-above-max';
import { BUDGET_ALLOWS_ALL } from '../../../src/checks/availability/budget-allows-all';
import { BUDGET_BLOCKS_DRAIN } from '../../../src/checks/availability/budget-blocks-drain';
import { CANARY_METRIC_WINDOW } from '../../../src/checks/availability/canary-metric-window';
import { CANARY_WEBHOOK_TIMEOUT } from '../../../src/checks/availability/canary-webhook-timeout';
import { AUTOSCALER, BUDGET, DEPLOYMENT, PODS, SERVICE } from '../../../src/checks/availability/example-manifests';
import { QUOTA_BLOCKS_SURGE } from '../../../src/checks/availability/quota-blocks-surge';
import { ROLLOUT_SCALE_DOWN_DELAY } from '../../../src/checks/availability/rollout-scale-down-delay';
import { SINGLE_REPLICA } from '../../../src/checks/availability/single-replica';
import { UNAVAILABLE_ROUNDS_TO_ZERO } from '../../../src/checks/availability/unavailable-rounds-to-zero';
import { UNAVAILABLE_TAKES_ALL } from '../../../src/checks/availability/unavailable-takes-all';

const RUNS = { numRuns: 200 };
const pods = fc.integer({ min: 1, max: 30 });
const count = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`));

/** Whole pods by counting them one by one, so that no division is shared with what is tested. */
function atMost(share: number | string, total: number): number {
  return typeof share === 'number' ? share : [...Array(total).keys()].filter((pod) => (pod + 1) * 100 <= Number.parseInt(share, 10) * total).length;
}

function atLeast(share: number | string, total: number): number {
  return typeof share === 'number' ? share : [...Array(total).keys()].filter((pod) => pod * 100 < Number.parseInt(share, 10) * total).length;
}

const rolling = (replicas: number, maxSurge: number | string, maxUnavailable: number | string) => `${SERVICE}${DEPLOYMENT}
  replicas: ${replicas}
  strategy: { rollingUpdate: { maxSurge: ${maxSurge}, maxUnavailable: ${maxUnavailable} } }
  ${PODS}
`;

test('replicas − maxUnavailable ≥ required-ready', () => {
  fc.assert(fc.property(pods, count, count, pods, (replicas, surge, unavailable, required) => {
    const written = Math.min(replicas, atMost(unavailable, replicas));
    const taken = written === 0 && atLeast(surge, replicas) === 0 ? 1 : written;
    const isFound = messages(UNAVAILABLE_TAKES_ALL, rolling(replicas, surge, unavailable), { assume: { 'required-ready': required } }).length === 1;
    expect(isFound).toBe(taken > 0 && replicas - taken < required);
  }), RUNS);
});

test('maxSurge + ⌊maxUnavailable × replicas⌋ > 0', () => {
  fc.assert(fc.property(pods, fc.constantFrom<number | string>(0, '0%', '1%', 1), count, (replicas, surge, unavailable) => {
    const isZero = atLeast(surge, replicas) === 0 && atMost(unavailable, replicas) === 0;
    const isRefused = (surge === 0 || surge === '0%') && (unavailable === 0 || unavailable === '0%');
    expect(messages(UNAVAILABLE_ROUNDS_TO_ZERO, rolling(replicas, surge, unavailable)).length === 1).toBe(isZero && !isRefused && replicas > 1);
  }), RUNS);
});

test.each(['minAvailable', 'maxUnavailable'])('a budget by %s lets at least one pod go and keeps one', (field) => {
  fc.assert(fc.property(pods, count, (replicas, bound) => {
    const manifests = `${SERVICE}${DEPLOYMENT}\n  replicas: ${replicas}\n  ${PODS}\n${BUDGET}\n  ${field}: ${bound}\n  selector: { matchLabels: { app: payments } }\n`;
    const evictable = field === 'minAvailable' ? replicas - atLeast(bound, replicas) : atLeast(bound, replicas);
    expect(messages(BUDGET_BLOCKS_DRAIN, manifests).length === 1).toBe(evictable <= 0);
    expect(messages(BUDGET_ALLOWS_ALL, manifests).length === 1).toBe(replicas > 1 && evictable >= replicas);
  }), RUNS);
});

test('pods ≥ Σ replicas + maxSurge', () => {
  fc.assert(fc.property(pods, count, fc.integer({ min: 1, max: 70 }), (replicas, surge, hard) => {
    const quota = `---\n{ apiVersion: v1, kind: ResourceQuota, metadata: { name: payments }, spec: { hard: { pods: ${hard} } } }\n`;
    const added = atLeast(surge, replicas);
    expect(messages(QUOTA_BLOCKS_SURGE, rolling(replicas, surge, 0) + quota).length === 1).toBe(added > 0 && replicas + added > hard);
  }), RUNS);
});

test('scaleDownDelaySeconds + preStop ≥ max(30, propagation)', () => {
  const seconds = fc.integer({ min: 0, max: 120 });
  fc.assert(fc.property(seconds, seconds, seconds, (delay, preStop, propagation) => {
    const manifests = changed(ROLLOUT_SCALE_DOWN_DELAY.failing, ['scaleDownDelaySeconds: 5', `scaleDownDelaySeconds: ${delay}`], ['seconds: 10', `seconds: ${preStop}`]);
    const found = messages(ROLLOUT_SCALE_DOWN_DELAY, manifests, { assume: { 'propagation-seconds.clusterInternal': propagation } });
    expect(found.length === 1).toBe(delay + preStop < 30 || delay + preStop < propagation);
  }), RUNS);
});

test('minReplicas ≥ 2 and minReplicas ≤ maxReplicas', () => {
  fc.assert(fc.property(pods, pods, (min, max) => {
    const manifests = `${SERVICE}${DEPLOYMENT}\n  ${PODS}\n${AUTOSCALER}\n  minReplicas: ${min}\n  maxReplicas: ${max}\n`;
    expect(messages(SINGLE_REPLICA, manifests).length === 1).toBe(min === 1);
    expect(messages(AUTOSCALER_MIN_ABOVE_MAX, manifests).length === 1).toBe(min > max);
  }), RUNS);
});

test('Σ timeout < interval, metric interval ≤ analysis interval, and no interval is shorter than 10 s', () => {
  const seconds = fc.integer({ min: 1, max: 90 });
  fc.assert(fc.property(seconds, seconds, (interval, other) => {
    const hooks = changed(CANARY_WEBHOOK_TIMEOUT.failing, ['interval: 1m', `interval: ${interval}s`], ['timeout: 60s', `timeout: ${other}s`]);
    const metrics = changed(CANARY_METRIC_WINDOW.failing, ['interval: 15s', `interval: ${interval}s`], ['interval: 1m', `interval: ${other}s`]);
    expect(messages(CANARY_WEBHOOK_TIMEOUT, hooks).length === 1).toBe(other >= interval && other >= 10);
    expect(messages(CANARY_METRIC_WINDOW, metrics).length === 1).toBe(other > interval && other > 10);
  }), RUNS);
});

test('initialDelay ≥ range of the query', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 10 }), (delay, minutes) => {
    const manifests = changed(ANALYSIS_WINDOW.passing, ['initialDelay: 5m', `initialDelay: ${delay}s`], ['[5m]', `[${minutes}m]`]);
    expect(messages(ANALYSIS_WINDOW, manifests).length === 1).toBe(delay < minutes * 60);
  }), RUNS);
});
