import type { EngineName, ReleaseFacts } from './release-facts';
import { ABORT_ARGO_ROLLOUTS, PROMOTE_ARGO_ROLLOUTS, WAIT_ARGO_ROLLOUTS } from './scripts/argo-rollouts';
import { APPLY, scriptOf } from './scripts/common';
import { APPLY_FLAGGER, WAIT_FLAGGER } from './scripts/flagger';
import { ANALYZE_NATIVE, BEGIN_NATIVE, END_NATIVE, PREPARE_NATIVE, REST_NATIVE, ROLLBACK_NATIVE, STEP_NATIVE } from './scripts/native';
import { APPLY_ROLLING, UNDO_ROLLING, WAIT_ROLLING } from './scripts/rolling';
import type { NativeStep, Segment } from './segment';
import { artifactSteps, clusterJob, type Job, ownSteps, programSteps, scriptStep, SETUP_MINUTES, type Step } from './workflow-jobs';
import type { WorkflowSpec } from './workflow-spec';

const FAILED = '${{ failure() || cancelled() }}';
/** Whether any job that is needed failed or was cancelled. One that was never reached is neither. */
export const ANY_FAILED = "${{ always() && (contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')) }}";

/** The jobs of one service, by their ids: one for each part of its release, and the way back. */
export interface ServiceJobs {
  readonly parts: ReadonlyArray<readonly [id: string, job: Job]>;
  readonly rollback?: readonly [id: string, job: Job];
}

/** A part that had nothing to do was skipped, and so would be whatever needs it; what failed before ends all the same. */
const ALTHOUGH_SKIPPED = "${{ !failure() && !cancelled() && github.event_name == 'push' }}";

/** Makes the jobs of one service. What comes before it may have been skipped. */
export function serviceJobs(spec: WorkflowSpec, service: ReleaseFacts, after: string, mayBeSkipped: boolean): ServiceJobs {
  const ids = service.segments.map((_, index) => index === 0 ? `release-${service.name}` : `release-${service.name}_${index + 1}`);
  const parts = service.segments.map((segment, index) => {
    const approved = index === 0 ? undefined : service.segments[index - 1].pausesAt;
    const isNative = service.engine === 'native';
    const job = clusterJob(spec, {
      ...settingsOf(service),
      needs: index === 0 ? [after] : [ids[0], ...(index > 1 ? [ids[index - 1]] : [])],
      ...(approved === undefined ? {} : { environment: spec.approvalEnvironment }),
      ...(isNative && index === 0 ? { outputs: { over: '${{ steps.begin.outputs.over }}' } } : {}),
      ...(mayBeSkipped && index === 0 ? { if: ALTHOUGH_SKIPPED } : {}),
      ...(isNative && index > 0 ? { if: `needs.${ids[0]}.outputs.over != 'true'` } : {}),
    }, [...accessSteps(spec, isNative), ...partSteps(spec, service, segment, index, approved)]);
    return [ids[index], job] as const;
  });
  return { parts, rollback: rollbackJob(spec, service, ids) };
}

function settingsOf(service: ReleaseFacts): Job {
  return {
    // The longest release, and what comes before it.
    'timeout-minutes': Math.ceil(service.time.seconds / 60) + SETUP_MINUTES,
    'env': {
      SERVICE: service.name, SELECTOR: selectorOf(service), NAMESPACE: service.namespace ?? '', WAIT_SECONDS: String(service.time.seconds),
    },
  };
}

/** The objects of one service among all. What is for the copy that Flagger makes has the copy's name. */
function selectorOf({ name, engine }: ReleaseFacts): string {
  return engine === 'flagger' ? `app.kubernetes.io/name in (${name}, ${name}-primary)` : `app.kubernetes.io/name=${name}`;
}

function accessSteps(spec: WorkflowSpec, isNative: boolean): Step[] {
  return [...(isNative ? programSteps(spec) : []), ...artifactSteps(spec, isNative), ...ownSteps(spec.clusterAccess)];
}

function partSteps(spec: WorkflowSpec, service: ReleaseFacts, segment: Segment, index: number, approved?: string): Step[] {
  switch (service.engine) {
    case 'rolling': return rollingSteps();
    case 'argoRollouts': return argoRolloutsSteps(service, segment, approved);
    case 'flagger': return flaggerSteps(service);
    case 'native': return nativeSteps(spec, service, segment, index);
  }
}

/** Undone in the same job, which knows the revision before. */
function rollingSteps(): Step[] {
  return [
    scriptStep('apply', APPLY_ROLLING, {}, { id: 'apply' }),
    scriptStep('wait', WAIT_ROLLING),
    scriptStep('undo', UNDO_ROLLING, { BEFORE: '${{ steps.apply.outputs.before }}' }, { if: FAILED }),
  ];
}

function argoRolloutsSteps(service: ReleaseFacts, { pausesAt = '' }: Segment, approved?: string): Step[] {
  return [
    approved === undefined ? scriptStep('apply', scriptOf(APPLY)) : scriptStep('promote', PROMOTE_ARGO_ROLLOUTS, { APPROVED: approved }),
    scriptStep('wait', WAIT_ARGO_ROLLOUTS, { PAUSES_AT: pausesAt, TEMPLATE_ELSEWHERE: String(service.hasTemplateElsewhere) }),
  ];
}

/** Two intervals and a minute to notice a new version: one may have begun just before. */
function flaggerSteps({ interval = 60 }: ReleaseFacts): Step[] {
  return [
    scriptStep('apply', APPLY_FLAGGER, {}, { id: 'apply' }),
    scriptStep('wait', WAIT_FLAGGER, {
      LAST: '${{ steps.apply.outputs.last }}', CHANGE: '${{ steps.apply.outputs.change }}', NOTICE_SECONDS: 2 * interval + 60,
    }),
  ];
}

function nativeSteps(spec: WorkflowSpec, service: ReleaseFacts, { steps = [], pausesAt }: Segment, index: number): Step[] {
  const RELEASE = `${spec.releases}/${service.name}`;
  // In the first part nothing is to be done where the service is new or as written; the others are not reached then.
  const further = index === 0 ? { if: "steps.begin.outputs.over != 'true'" } : {};
  return [
    ...(index === 0 ? [scriptStep('begin', BEGIN_NATIVE, { WORKLOAD: service.workload }, { id: 'begin' })] : []),
    ...steps.flatMap((step) => stepsOfOne(spec, step, RELEASE, further)),
    ...(pausesAt === undefined ? [scriptStep('what is between releases', END_NATIVE, { STEADY: service.steady }, further)] : []),
  ];
}

function stepsOfOne(spec: WorkflowSpec, { id, title, analysis, rest }: NativeStep, RELEASE: string, further: Step): Step[] {
  if (id === 'prepare') {
    return [scriptStep(title, PREPARE_NATIVE, { RELEASE, REST_SECONDS: rest }, further)];
  }
  return [
    scriptStep(title, STEP_NATIVE, { RELEASE, STEP: id }, further),
    ...(analysis === undefined ? [] : [scriptStep(`${id}: analysis`, ANALYZE_NATIVE, { ...spec.analysisEnv, RELEASE, ANALYSIS: analysis }, further)]),
    ...(rest === 0 ? [] : [scriptStep(`${id}: hold`, REST_NATIVE, { REST_SECONDS: rest }, further)]),
  ];
}

const WAYS_BACK: Readonly<Record<EngineName, string | undefined>> = {
  rolling: undefined,
  argoRollouts: ABORT_ARGO_ROLLOUTS,
  // It goes back by itself, and nothing else can make it.
  flagger: undefined,
  native: ROLLBACK_NATIVE,
};

/** A job of its own: it runs when an approval is refused, a job is cancelled or its runner is lost. */
function rollbackJob(spec: WorkflowSpec, service: ReleaseFacts, ids: readonly string[]): ServiceJobs['rollback'] {
  const script = WAYS_BACK[service.engine];
  if (script === undefined) {
    return undefined;
  }
  const isNative = service.engine === 'native';
  const env: Record<string, string> = isNative ? { RELEASE: `${spec.releases}/${service.name}` } : {};
  return [`rollback-${service.name}`, clusterJob(spec, { ...settingsOf(service), needs: ids, if: ANY_FAILED }, [
    ...(isNative ? accessSteps(spec, true) : ownSteps(spec.clusterAccess)),
    scriptStep('rollback', script, env),
  ])];
}
