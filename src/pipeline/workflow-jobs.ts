import type { WorkflowSpec, WorkflowStep } from './workflow-spec';
import { withoutAbsent } from '../manifests/manifest';

/** A step as GitHub reads it. */
export type Step = Readonly<Record<string, unknown>>;

/** A job as GitHub reads it. */
export type Job = Readonly<Record<string, unknown>>;

/** How often a script looks at the cluster, in seconds. */
const POLL_SECONDS = 5;
/** For a checkout, packages and artifacts, in minutes. Engineering judgement. */
export const SETUP_MINUTES = 10;

/** A step that runs a script with its names and numbers in the environment. */
export function scriptStep(name: string, run: string, env: Readonly<Record<string, string | number>> = {}, further: Step = {}): Step {
  const texts = Object.entries(env).map(([key, value]) => [key, String(value)]);
  return withoutAbsent({ name, ...further, env: texts.length === 0 ? undefined : Object.fromEntries(texts), run });
}

/** Where the program and its packages are. */
export function programSteps(spec: WorkflowSpec): Step[] {
  return [
    { uses: 'actions/checkout@v5', with: { 'persist-credentials': false } },
    { uses: 'actions/setup-node@v5', with: { 'node-version': spec.nodeVersion, 'cache': 'npm' } },
    { name: 'install', run: spec.install },
  ];
}

/** What was synthesized once, so that every job applies the same bytes. */
export function artifactSteps(spec: WorkflowSpec, hasReleases = false): Step[] {
  const download = (name: string, path: string): Step => ({ uses: 'actions/download-artifact@v7', with: { name, path } });
  return [download('manifests', spec.manifests), ...(hasReleases ? [download('releases', spec.releases)] : [])];
}

/** The author's own steps. */
export function ownSteps(steps: readonly WorkflowStep[]): Step[] {
  return steps.map(({ name, uses, inputs, run, env }) => withoutAbsent({ name, uses, with: inputs && { ...inputs }, env: env && { ...env }, run }));
}

/** A job that reaches the cluster. */
export function clusterJob(spec: WorkflowSpec, settings: Job, steps: readonly Step[]): Job {
  return {
    'runs-on': spec.runsOn,
    'permissions': { contents: 'read', ...spec.permissions },
    ...settings,
    'env': { MANIFESTS: spec.manifests, POLL_SECONDS: String(POLL_SECONDS), ...settings.env as object },
    'steps': steps,
  };
}
