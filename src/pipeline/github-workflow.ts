import { stringify } from 'yaml';
import type { ReleaseFacts } from './release-facts';
import { ANY_FAILED, serviceJobs } from './release-jobs';
import { scriptOf } from './scripts/common';
import { APPLY_SHARED, CHECK, DIFF, VERIFY } from './scripts/judge';
import { artifactSteps, clusterJob, type Job, ownSteps, programSteps, scriptStep, SETUP_MINUTES } from './workflow-jobs';
import type { WorkflowSpec } from './workflow-spec';

const COMMAND_MINUTES = 60;
const IS_PUSH = "github.event_name == 'push'";

/** Renders the workflow that releases services one after another. */
export function renderGitHubWorkflow(services: readonly ReleaseFacts[], spec: WorkflowSpec): string {
  const header = [
    'What zero-downtime derives of the plans of the services; edit the program instead.',
    ...services.map(({ name, time }) => `${name}: ${time.inequality}; a job waits that long and ${SETUP_MINUTES} minutes`),
  ].map((line) => `# ${line}\n`).join('');
  return header + stringify({
    name: 'release',
    on: { push: { branches: [spec.branch] }, ...(spec.contract.length > 0 ? { workflow_dispatch: null } : {}) },
    permissions: { contents: 'read' },
    // One release at a time; one that goes on is never cancelled by the next.
    concurrency: { 'group': 'release', 'cancel-in-progress': false },
    defaults: { run: { shell: 'bash' } },
    jobs: jobsOf(services, spec),
  }, { lineWidth: 0, aliasDuplicateObjects: false, nullStr: '' });
}

function jobsOf(services: readonly ReleaseFacts[], spec: WorkflowSpec): Record<string, Job> {
  const jobs: Record<string, Job> = { synth: synthJob(services, spec), diff: diffJob(spec), expand: expandJob(spec) };
  const released: string[] = [];
  for (const [index, service] of services.entries()) {
    const mayBeSkipped = services.slice(0, index).some(({ engine, segments }) => engine === 'native' && segments.length > 1);
    const { parts, rollback } = serviceJobs(spec, service, released[released.length - 1] ?? 'expand', mayBeSkipped);
    for (const [id, job] of [...parts, ...(rollback ? [rollback] : [])]) {
      jobs[id] = job;
    }
    released.push(...parts.map(([id]) => id));
  }
  jobs.summary = summaryJob(spec, released);
  if (spec.alert.length > 0) {
    jobs.alert = { 'runs-on': spec.runsOn, 'needs': released, 'if': ANY_FAILED, 'timeout-minutes': SETUP_MINUTES, 'steps': ownSteps(spec.alert) };
  }
  if (spec.contract.length > 0) {
    jobs.contract = contractJob(spec);
  }
  return jobs;
}

function synthJob(services: readonly ReleaseFacts[], spec: WorkflowSpec): Job {
  const upload = (name: string, path: string) => ({ uses: 'actions/upload-artifact@v6', with: { name, path, 'if-no-files-found': 'error' } });
  return {
    'runs-on': spec.runsOn,
    'if': IS_PUSH,
    'timeout-minutes': 3 * SETUP_MINUTES,
    'env': { MANIFESTS: spec.manifests },
    'steps': [
      ...programSteps(spec),
      { name: 'synth', run: spec.synth },
      scriptStep('check', CHECK),
      scriptStep('verify', VERIFY),
      upload('manifests', spec.manifests),
      ...(services.some(({ engine }) => engine === 'native') ? [upload('releases', spec.releases)] : []),
    ],
  };
}

function diffJob(spec: WorkflowSpec): Job {
  return clusterJob(spec, { 'needs': ['synth'], 'timeout-minutes': 2 * SETUP_MINUTES }, [
    ...artifactSteps(spec), ...ownSteps(spec.clusterAccess), scriptStep('diff', DIFF),
  ]);
}

/** Before any pod of a new version: what it reads must be there. */
function expandJob(spec: WorkflowSpec): Job {
  const hasCommands = spec.expand.length > 0;
  return clusterJob(spec, { 'needs': ['diff'], 'timeout-minutes': hasCommands ? COMMAND_MINUTES : 2 * SETUP_MINUTES }, [
    ...(hasCommands ? programSteps(spec) : []),
    ...artifactSteps(spec),
    ...ownSteps(spec.clusterAccess),
    scriptStep('what belongs to no service', APPLY_SHARED),
    ...spec.expand.map((command, index) => scriptStep(`expand ${index + 1}`, scriptOf(command))),
  ]);
}

/** By hand, and in a later release: while the version before may return, it needs the old schema. */
function contractJob(spec: WorkflowSpec): Job {
  return clusterJob(spec, {
    'if': "github.event_name == 'workflow_dispatch'", 'environment': spec.approvalEnvironment, 'timeout-minutes': COMMAND_MINUTES,
  }, [
    ...programSteps(spec), ...ownSteps(spec.clusterAccess), ...spec.contract.map((command, index) => scriptStep(`contract ${index + 1}`, scriptOf(command))),
  ]);
}

function summaryJob(spec: WorkflowSpec, released: readonly string[]): Job {
  return {
    'runs-on': spec.runsOn,
    'needs': released,
    'if': `\${{ always() && ${IS_PUSH} }}`,
    'timeout-minutes': SETUP_MINUTES,
    'steps': released.map((id) => scriptStep(id, scriptOf('printf "%s: %s\\n" "$JOB" "$RESULT" | tee -a "$GITHUB_STEP_SUMMARY"'), {
      JOB: id, RESULT: `\${{ needs.${id}.result }}`,
    })),
  };
}
