import { Field } from './field';
import { atMostHundredPercent, intOrPercent, isZero } from './int-or-percent';
import { selectorOfTemplate } from './label-selectors';
import { podTemplate, PodTemplateOptions } from './pod-template';

const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;
const ALWAYS_RESTART: PodTemplateOptions = { restartPolicies: ['Always'] };
const JOB_RESTART: PodTemplateOptions = { restartPolicies: ['OnFailure', 'Never'] };

export function deployment(manifest: Field): void {
  const spec = manifest.get('spec');
  replicatedWorkload(spec);
  progressDeadline(spec);
  const [type, rollingUpdate] = [spec.get('strategy', 'type'), spec.get('strategy', 'rollingUpdate')];
  type.oneOf(['Recreate', 'RollingUpdate']);
  rollingUpdate.refuseIf(type.text === 'Recreate' && rollingUpdate.isSet, "may not be specified when strategy type is 'Recreate'");
  surgeAndUnavailable(rollingUpdate);
}

/** Argo's controller runs these checks rather than the API server, and stops the rollout on them just the same. */
export function argoRollout(manifest: Field): void {
  const spec = manifest.get('spec');
  if (spec.get('template').isSet) {
    replicatedWorkload(spec);
  }
  progressDeadline(spec);
  spec.get('strategy').exactlyOneOf(['canary', 'blueGreen']);
  surgeAndUnavailable(spec.get('strategy', 'canary'));
}

export function replicaSet(manifest: Field): void {
  replicatedWorkload(manifest.get('spec'));
}

export function statefulSet(manifest: Field): void {
  const spec = manifest.get('spec');
  const claims = spec.get('volumeClaimTemplates').items.map((claim) => claim.get('metadata', 'name').text ?? '');
  replicatedWorkload(spec, { ...ALWAYS_RESTART, otherVolumes: claims });
  spec.get('podManagementPolicy').oneOf(['OrderedReady', 'Parallel']);
  const [type, rollingUpdate] = [spec.get('updateStrategy', 'type'), spec.get('updateStrategy', 'rollingUpdate')];
  type.oneOf(['RollingUpdate', 'OnDelete']);
  rollingUpdate.refuseIf(type.text === 'OnDelete' && rollingUpdate.isSet, "only allowed for updateStrategy 'RollingUpdate'");
  rollingUpdate.get('partition').atLeast(0);
  const maxUnavailable = rollingUpdate.get('maxUnavailable');
  intOrPercent(maxUnavailable);
  atMostHundredPercent(maxUnavailable);
  maxUnavailable.refuseIf(isZero(maxUnavailable), 'cannot be 0');
}

export function daemonSet(manifest: Field): void {
  const spec = manifest.get('spec');
  replicatedWorkload(spec);
  const rollingUpdate = spec.get('updateStrategy', 'rollingUpdate');
  const [surge, unavailable] = [rollingUpdate.get('maxSurge'), rollingUpdate.get('maxUnavailable')];
  for (const field of [surge, unavailable]) {
    intOrPercent(field);
    atMostHundredPercent(field);
  }
  // Surge is 0 and unavailable 1 by default, so setting a surge means setting unavailable to 0 as well.
  const [noSurge, noUnavailable] = [isZero(surge, true), isZero(unavailable)];
  surge.refuseIf(rollingUpdate.isSet && !noSurge && !noUnavailable, 'may not be set when maxUnavailable is non-zero');
  unavailable.refuseIf(rollingUpdate.isSet && noSurge && noUnavailable, 'cannot be 0 when maxSurge is 0');
}

export function job(manifest: Field): void {
  jobSpec(manifest.get('spec'));
}

export function cronJob(manifest: Field): void {
  const spec = manifest.get('spec');
  spec.get('schedule').require();
  spec.get('concurrencyPolicy').oneOf(['Allow', 'Forbid', 'Replace']);
  for (const name of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    spec.get(name).atLeast(0);
  }
  jobSpec(spec.get('jobTemplate', 'spec'));
}

function jobSpec(spec: Field): void {
  for (const name of ['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished']) {
    spec.get(name).atLeast(0);
  }
  podTemplate(spec.get('template'), JOB_RESTART);
}

function replicatedWorkload(spec: Field, options: PodTemplateOptions = ALWAYS_RESTART): void {
  for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit']) {
    spec.get(name).atLeast(0);
  }
  const [selector, template] = [spec.get('selector'), spec.get('template')];
  selector.require();
  selectorOfTemplate(selector, template);
  podTemplate(template, options);
  template.get('spec', 'activeDeadlineSeconds')
    .refuseIf(template.get('spec', 'activeDeadlineSeconds').isSet, 'not supported in the template of a workload');
}

function progressDeadline(spec: Field): void {
  const [deadline, minReady] = [spec.get('progressDeadlineSeconds'), spec.get('minReadySeconds').number ?? 0];
  deadline.atLeast(0);
  deadline.refuseIf((deadline.number ?? DEFAULT_PROGRESS_DEADLINE_SECONDS) <= minReady, 'must be greater than minReadySeconds');
}

function surgeAndUnavailable(rollingUpdate: Field): void {
  const [surge, unavailable] = [rollingUpdate.get('maxSurge'), rollingUpdate.get('maxUnavailable')];
  intOrPercent(surge);
  intOrPercent(unavailable);
  atMostHundredPercent(unavailable);
  unavailable.refuseIf(isZero(surge) && isZero(unavailable), 'may not be 0 when maxSurge is 0');
}
