import type { Rule } from '../rule';
import { ALB_ACTION_MISSING } from './alb-action-missing';
import { ALB_DEREGISTRATION_DELAY } from './alb-deregistration-delay';
import { ALB_DEREGISTRATION_DELAY_LONG } from './alb-deregistration-delay-long';
import { ALB_FORWARD_WEIGHTS } from './alb-forward-weights';
import { ALB_INSTANCE_TARGETS } from './alb-instance-targets';
import { ALB_READINESS_GATE_MISSING } from './alb-readiness-gate-missing';
import { ALB_READINESS_GATE_UNKNOWN } from './alb-readiness-gate-unknown';
import { ALB_STICKINESS_INSTANCE } from './alb-stickiness-instance';
import { DESTINATION_RULE_HOST_MISSING } from './destination-rule-host-missing';
import { DESTINATION_RULES_FOR_ONE_HOST } from './destination-rules-for-one-host';
import { EXTERNAL_TRAFFIC_LOCAL } from './external-traffic-local';
import { INGRESS_BACKEND_MISSING } from './ingress-backend-missing';
import { INGRESS_PORT_MISSING } from './ingress-port-missing';
import { INTERNAL_TRAFFIC_LOCAL } from './internal-traffic-local';
import { NGINX_CANARY_WITHOUT_MAIN } from './nginx-canary-without-main';
import { NGINX_RETRIES_UNSAFE } from './nginx-retries-unsafe';
import { NLB_DEREGISTRATION } from './nlb-deregistration';
import { NLB_INSTANCE_TARGETS } from './nlb-instance-targets';
import { OUTLIER_EJECTION } from './outlier-ejection';
import { PUBLISHES_NOT_READY } from './publishes-not-ready';
import { RETRIES_NEVER_RUN } from './retries-never-run';
import { RETRIES_UNSAFE } from './retries-unsafe';
import { ROUTE_BACKEND_MISSING } from './route-backend-missing';
import { ROUTE_BACKEND_NOT_GRANTED } from './route-backend-not-granted';
import { ROUTE_PORT_MISSING } from './route-port-missing';
import { ROUTE_UNREACHABLE } from './route-unreachable';
import { ROUTE_WEIGHTS } from './route-weights';
import { ROUTE_WEIGHTS_ZERO } from './route-weights-zero';
import { SERVICE_SELECTS_NOTHING } from './service-selects-nothing';
import { SERVICE_SELECTS_SEVERAL } from './service-selects-several';
import { SERVICE_TARGET_PORT_MISSING } from './service-target-port-missing';
import { SERVICE_TARGET_PORT_UNDECLARED } from './service-target-port-undeclared';
import { SESSION_AFFINITY } from './session-affinity';
import { SUBSET_SELECTS_NOTHING } from './subset-selects-nothing';
import { SUBSET_UNDEFINED } from './subset-undefined';
import { TIMEOUT_SHORTER_THAN_REQUEST } from './timeout-shorter-than-request';
import { VIRTUAL_SERVICE_HOST_MISSING } from './virtual-service-host-missing';
import { VIRTUAL_SERVICE_PORT_MISSING } from './virtual-service-port-missing';

/** The rules of this folder. */
export const TRAFFIC_RULES: readonly Rule[] = [
  ALB_ACTION_MISSING,
  ALB_DEREGISTRATION_DELAY_LONG,
  ALB_DEREGISTRATION_DELAY,
  ALB_FORWARD_WEIGHTS,
  ALB_INSTANCE_TARGETS,
  ALB_READINESS_GATE_MISSING,
  ALB_READINESS_GATE_UNKNOWN,
  ALB_STICKINESS_INSTANCE,
  DESTINATION_RULE_HOST_MISSING,
  DESTINATION_RULES_FOR_ONE_HOST,
  EXTERNAL_TRAFFIC_LOCAL,
  INGRESS_BACKEND_MISSING,
  INGRESS_PORT_MISSING,
  INTERNAL_TRAFFIC_LOCAL,
  NGINX_CANARY_WITHOUT_MAIN,
  NGINX_RETRIES_UNSAFE,
  NLB_DEREGISTRATION,
  NLB_INSTANCE_TARGETS,
  OUTLIER_EJECTION,
  PUBLISHES_NOT_READY,
  RETRIES_NEVER_RUN,
  RETRIES_UNSAFE,
  ROUTE_BACKEND_MISSING,
  ROUTE_BACKEND_NOT_GRANTED,
  ROUTE_PORT_MISSING,
  ROUTE_UNREACHABLE,
  ROUTE_WEIGHTS_ZERO,
  ROUTE_WEIGHTS,
  SERVICE_SELECTS_NOTHING,
  SERVICE_SELECTS_SEVERAL,
  SERVICE_TARGET_PORT_MISSING,
  SERVICE_TARGET_PORT_UNDECLARED,
  SESSION_AFFINITY,
  SUBSET_SELECTS_NOTHING,
  SUBSET_UNDEFINED,
  TIMEOUT_SHORTER_THAN_REQUEST,
  VIRTUAL_SERVICE_HOST_MISSING,
  VIRTUAL_SERVICE_PORT_MISSING,
];
