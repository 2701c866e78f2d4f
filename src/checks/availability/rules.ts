import type { Rule } from '../rule';
import { ANALYSIS_GUARDS } from './analysis-guards';
import { ANALYSIS_INTERVAL_MISSING } from './analysis-interval-missing';
import { ANALYSIS_NEVER_ENDS } from './analysis-never-ends';
import { ANALYSIS_WINDOW } from './analysis-window';
import { ANTI_AFFINITY_BLOCKS_SURGE } from './anti-affinity-blocks-surge';
import { AUTOSCALER_FIXED } from './autoscaler-fixed';
import { AUTOSCALER_MIN_ABOVE_MAX } from './autoscaler-min-above-max';
import { AUTOSCALER_ON_DAEMONSET } from './autoscaler-on-daemonset';
import { AUTOSCALER_SCALES_TO_ZERO } from './autoscaler-scales-to-zero';
import { AUTOSCALER_TARGET_MISSING } from './autoscaler-target-missing';
import { AUTOSCALER_WITH_REPLICAS } from './autoscaler-with-replicas';
import { AUTOSCALER_WITHOUT_REQUESTS } from './autoscaler-without-requests';
import { BUDGET_ALLOWS_ALL } from './budget-allows-all';
import { BUDGET_BLOCKS_DRAIN } from './budget-blocks-drain';
import { BUDGET_ON_DAEMONSET } from './budget-on-daemonset';
import { BUDGET_ON_UNHEALTHY } from './budget-on-unhealthy';
import { BUDGET_SELECTS_NOTHING } from './budget-selects-nothing';
import { BUDGET_WITHOUT_POLICY } from './budget-without-policy';
import { CANARY_ANALYSIS } from './canary-analysis';
import { CANARY_AUTOSCALER } from './canary-autoscaler';
import { CANARY_AUTOSCALER_MISSING } from './canary-autoscaler-missing';
import { CANARY_BUDGET } from './canary-budget';
import { CANARY_METRIC_MISSING } from './canary-metric-missing';
import { CANARY_METRIC_WINDOW } from './canary-metric-window';
import { CANARY_SERVICE_CONFLICT } from './canary-service-conflict';
import { CANARY_SESSION_AFFINITY } from './canary-session-affinity';
import { CANARY_TARGET_MISSING } from './canary-target-missing';
import { CANARY_WEBHOOK_TIMEOUT } from './canary-webhook-timeout';
import { CANARY_WITHOUT_CHECKS } from './canary-without-checks';
import { NO_DISRUPTION_BUDGET } from './no-disruption-budget';
import { NO_SPREAD } from './no-spread';
import { ON_DELETE_STRATEGY } from './on-delete-strategy';
import { OVERLAPPING_SELECTORS } from './overlapping-selectors';
import { PODS_WITHOUT_RELEASE } from './pods-without-release';
import { QUOTA_BLOCKS_SURGE } from './quota-blocks-surge';
import { RECREATE_STRATEGY } from './recreate-strategy';
import { ROLLOUT_ABORT } from './rollout-abort';
import { ROLLOUT_ALB } from './rollout-alb';
import { ROLLOUT_ALB_PING_PONG } from './rollout-alb-ping-pong';
import { ROLLOUT_ANALYSIS_MISSING } from './rollout-analysis-missing';
import { ROLLOUT_DYNAMIC_STABLE_SCALE } from './rollout-dynamic-stable-scale';
import { ROLLOUT_SCALE_DOWN_DELAY } from './rollout-scale-down-delay';
import { ROLLOUT_SERVICE_MISSING } from './rollout-service-missing';
import { ROLLOUT_STEPS } from './rollout-steps';
import { ROLLOUT_SURGE_IGNORED } from './rollout-surge-ignored';
import { SELECTOR_MISMATCH } from './selector-mismatch';
import { SEVERAL_AUTOSCALERS } from './several-autoscalers';
import { SEVERAL_BUDGETS } from './several-budgets';
import { SINGLE_REPLICA } from './single-replica';
import { SPREAD_SELECTS_NOTHING } from './spread-selects-nothing';
import { STATEFUL_SET_PARTITION } from './stateful-set-partition';
import { STATEFUL_SET_SERVICE_MISSING } from './stateful-set-service-missing';
import { SURGE_AND_UNAVAILABLE_ZERO } from './surge-and-unavailable-zero';
import { UNAVAILABLE_LOWERS_CAPACITY } from './unavailable-lowers-capacity';
import { UNAVAILABLE_ROUNDS_TO_ZERO } from './unavailable-rounds-to-zero';
import { UNAVAILABLE_TAKES_ALL } from './unavailable-takes-all';

/** The rules of this folder. */
export const AVAILABILITY_RULES: readonly Rule[] = [
  ANALYSIS_GUARDS,
  ANALYSIS_INTERVAL_MISSING,
  ANALYSIS_NEVER_ENDS,
  ANALYSIS_WINDOW,
  ANTI_AFFINITY_BLOCKS_SURGE,
  AUTOSCALER_FIXED,
  AUTOSCALER_MIN_ABOVE_MAX,
  AUTOSCALER_ON_DAEMONSET,
  AUTOSCALER_SCALES_TO_ZERO,
  AUTOSCALER_TARGET_MISSING,
  AUTOSCALER_WITH_REPLICAS,
  AUTOSCALER_WITHOUT_REQUESTS,
  BUDGET_ALLOWS_ALL,
  BUDGET_BLOCKS_DRAIN,
  BUDGET_ON_DAEMONSET,
  BUDGET_ON_UNHEALTHY,
  BUDGET_SELECTS_NOTHING,
  BUDGET_WITHOUT_POLICY,
  CANARY_ANALYSIS,
  CANARY_AUTOSCALER_MISSING,
  CANARY_AUTOSCALER,
  CANARY_BUDGET,
  CANARY_METRIC_MISSING,
  CANARY_METRIC_WINDOW,
  CANARY_SERVICE_CONFLICT,
  CANARY_SESSION_AFFINITY,
  CANARY_TARGET_MISSING,
  CANARY_WEBHOOK_TIMEOUT,
  CANARY_WITHOUT_CHECKS,
  NO_DISRUPTION_BUDGET,
  NO_SPREAD,
  ON_DELETE_STRATEGY,
  OVERLAPPING_SELECTORS,
  PODS_WITHOUT_RELEASE,
  QUOTA_BLOCKS_SURGE,
  RECREATE_STRATEGY,
  ROLLOUT_ABORT,
  ROLLOUT_ALB_PING_PONG,
  ROLLOUT_ALB,
  ROLLOUT_ANALYSIS_MISSING,
  ROLLOUT_DYNAMIC_STABLE_SCALE,
  ROLLOUT_SCALE_DOWN_DELAY,
  ROLLOUT_SERVICE_MISSING,
  ROLLOUT_STEPS,
  ROLLOUT_SURGE_IGNORED,
  SELECTOR_MISMATCH,
  SEVERAL_AUTOSCALERS,
  SEVERAL_BUDGETS,
  SINGLE_REPLICA,
  SPREAD_SELECTS_NOTHING,
  STATEFUL_SET_PARTITION,
  STATEFUL_SET_SERVICE_MISSING,
  SURGE_AND_UNAVAILABLE_ZERO,
  UNAVAILABLE_LOWERS_CAPACITY,
  UNAVAILABLE_ROUNDS_TO_ZERO,
  UNAVAILABLE_TAKES_ALL,
];
