import type { Rule } from '../rule';
import { ANNOTATION_UNKNOWN } from './annotation-unknown';
import { CONFIG_ABSENT } from './config-absent';
import { CONFIG_MISSING } from './config-missing';
import { CONNECT_ONLY_READINESS } from './connect-only-readiness';
import { CONNECTION_BUDGET } from './connection-budget';
import { GRACE_TOO_SHORT } from './grace-too-short';
import { HOST_PORT_BLOCKS_SURGE } from './host-port-blocks-surge';
import { ISTIO_DRAIN_DURATION } from './istio-drain-duration';
import { ISTIO_DRAIN_EXCEEDS_GRACE } from './istio-drain-exceeds-grace';
import { ISTIO_DRAIN_TOO_SHORT } from './istio-drain-too-short';
import { KEEP_ALIVE_TOO_SHORT } from './keep-alive-too-short';
import { LITERAL_SECRET } from './literal-secret';
import { LIVENESS_BEFORE_READINESS } from './liveness-before-readiness';
import { LIVENESS_KILLS_START } from './liveness-kills-start';
import { MIN_READY_ZERO } from './min-ready-zero';
import { MISSING_PRE_STOP } from './missing-pre-stop';
import { MISSING_READINESS_PROBE } from './missing-readiness-probe';
import { MISSING_REQUESTS } from './missing-requests';
import { MOVING_IMAGE_TAG } from './moving-image-tag';
import { NO_ROLLBACK_HISTORY } from './no-rollback-history';
import { PAUSED } from './paused';
import { PRE_STOP_FILLS_GRACE } from './pre-stop-fills-grace';
import { PRE_STOP_NEEDS_SHELL } from './pre-stop-needs-shell';
import { PRE_STOP_ON_WRONG_CONTAINER } from './pre-stop-on-wrong-container';
import { PRE_STOP_TOO_SHORT } from './pre-stop-too-short';
import { PRE_STOP_UNREADABLE } from './pre-stop-unreadable';
import { PRE_STOP_UNSUPPORTED } from './pre-stop-unsupported';
import { PROBE_PORT_MISSING } from './probe-port-missing';
import { PROGRESS_DEADLINE_TOO_SHORT } from './progress-deadline-too-short';
import { READINESS_ON_WRONG_CONTAINER } from './readiness-on-wrong-container';
import { READINESS_ONLY_AT_START } from './readiness-only-at-start';
import { SAME_PROBE } from './same-probe';
import { SIDECAR_ENDS_FIRST } from './sidecar-ends-first';
import { SINGLE_WRITER_VOLUME } from './single-writer-volume';
import { STARTUP_BUDGET_TOO_SHORT } from './startup-budget-too-short';

/** The rules of this folder. */
export const POD_RULES: readonly Rule[] = [
  ANNOTATION_UNKNOWN,
  CONFIG_ABSENT,
  CONFIG_MISSING,
  CONNECT_ONLY_READINESS,
  CONNECTION_BUDGET,
  GRACE_TOO_SHORT,
  HOST_PORT_BLOCKS_SURGE,
  ISTIO_DRAIN_DURATION,
  ISTIO_DRAIN_EXCEEDS_GRACE,
  ISTIO_DRAIN_TOO_SHORT,
  KEEP_ALIVE_TOO_SHORT,
  LITERAL_SECRET,
  LIVENESS_BEFORE_READINESS,
  LIVENESS_KILLS_START,
  MIN_READY_ZERO,
  MISSING_PRE_STOP,
  MISSING_READINESS_PROBE,
  MISSING_REQUESTS,
  MOVING_IMAGE_TAG,
  NO_ROLLBACK_HISTORY,
  PAUSED,
  PRE_STOP_FILLS_GRACE,
  PRE_STOP_NEEDS_SHELL,
  PRE_STOP_ON_WRONG_CONTAINER,
  PRE_STOP_TOO_SHORT,
  PRE_STOP_UNREADABLE,
  PRE_STOP_UNSUPPORTED,
  PROBE_PORT_MISSING,
  PROGRESS_DEADLINE_TOO_SHORT,
  READINESS_ON_WRONG_CONTAINER,
  READINESS_ONLY_AT_START,
  SAME_PROBE,
  SIDECAR_ENDS_FIRST,
  SINGLE_WRITER_VOLUME,
  STARTUP_BUDGET_TOO_SHORT,
];
