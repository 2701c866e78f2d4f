import { createHash } from 'crypto';
import { renderScriptConfigMap } from './script-config-map';
import { scriptContainer } from './script-container';
import { FIRST_ROWS_SECONDS, type PlannedJobs } from '../../plan/migrations/planned-schema';
import type { Planned } from '../../plan/planned-service';
import { NAME_LABEL } from '../../spec/service-spec';
import { renderContainer } from '../container';
import { labelsOf, type Manifest, metadataOf, type Rendered, withoutAbsent } from '../manifest';
import { renderScheduling } from '../scheduling';
import { Volumes } from '../volumes';

/** The exit status after which another try comes to the same. */
const PERMANENT = 42;
/** A slice ends before the second time that another is due since it began; the first one is then made up for at once. */
const SLICE_SECONDS = 580;

/** Renders what changes the schema: the scripts, the Job that expands, and the CronJobs that fill in rows and contract. */
export function renderMigrations(planned: Planned): Rendered[] {
  const { schema } = planned;
  const wait = schema?.wait ? [{ id: 'schema-wait', manifest: renderScriptConfigMap(planned, schema.wait.configMap) }] : [];
  const jobs = schema?.jobs;
  if (jobs === undefined) {
    return wait;
  }
  const { migrations, contracts } = jobs;
  return [
    ...wait,
    { id: 'migrations', manifest: renderScriptConfigMap(planned, jobs.configMap) },
    ...migrations.length === 0 ? [] : [
      { id: 'expand', manifest: renderExpand(planned, jobs) },
      { id: 'backfill', manifest: renderCronJob(planned, jobs, 'backfill', [`ready:${SLICE_SECONDS}`, ...migrations]) },
    ],
    ...contracts.length === 0 ? [] : [
      { id: 'contract', manifest: renderCronJob(planned, jobs, 'contract', [`contract:${SLICE_SECONDS}`, ...contracts]) },
    ],
  ];
}

/** The name of the Job that expands, from its spec as JSON. Its template cannot be changed, so that another template is another Job. */
export function expandNameOf(service: string, spec: string): string {
  return `${service}-expand-${createHash('sha256').update(spec).digest('hex').slice(0, 8)}`;
}

/** The Job's spec without its name, which follows from it. */
export function expandSpecOf(planned: Planned, jobs: PlannedJobs) {
  const args = [`expanded:0 ready:${FIRST_ROWS_SECONDS}`, ...jobs.migrations];
  return { ...renderJobSpec(planned, jobs, args), activeDeadlineSeconds: jobs.expandDeadline.value };
}

/** Expands, and fills in what is done in a minute. Argo CD applies the rest when it is complete. */
function renderExpand(planned: Planned, jobs: PlannedJobs): Manifest {
  const spec = expandSpecOf(planned, jobs);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(planned, { 'argocd.argoproj.io/sync-wave': '-1' }, { name: expandNameOf(planned.spec.name, JSON.stringify(spec)) }),
    spec,
  };
}

/** Goes on a slice at a time, so that no tool waits for all of it; where nothing is to be done, it does nothing. */
function renderCronJob(planned: Planned, jobs: PlannedJobs, word: string, args: readonly string[]): Manifest {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(planned, {}, { name: `${planned.spec.name}-${word}` }),
    spec: {
      schedule: '*/5 * * * *',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: renderJobSpec(planned, jobs, args) },
    },
  };
}

function renderJobSpec(planned: Planned, { url, image, configMap }: PlannedJobs, args: readonly string[]) {
  const { spec } = planned;
  const volumes = new Volumes([]);
  const container = scriptContainer({ name: 'migration', service: spec.name, image, url, configMap, script: 'run.sh', args });
  const rendered = renderContainer(container, volumes.add(container), []);
  return {
    backoffLimit: 3,
    podFailurePolicy: {
      rules: [
        withoutAbsent({
          action: 'FailJob',
          onExitCodes: { containerName: 'migration', operator: 'In', values: [PERMANENT] },
          // Schemas of older versions say that it must be there.
          onPodConditions: spec.kubernetes.minor < 30 ? [] : undefined,
        }),
        // A node that is drained says nothing of the migration.
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      ],
    },
    template: {
      metadata: { labels: podLabelsOf(planned), annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } },
      spec: withoutAbsent({
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        ...renderScheduling(spec.pod),
        containers: [rendered],
        volumes: volumes.render(),
      }),
    },
  };
}

/** None by which the service's pods are selected: requests would be sent to these, and evictions counted. */
function podLabelsOf(planned: Planned): Record<string, string> {
  const { spec } = planned;
  const labels = Object.entries(labelsOf(planned)).filter(([key]) => !Object.hasOwn(spec.selector, key));
  // The proxy of a mesh would go on after the migration has ended, and the Job with it.
  return { ...Object.fromEntries(labels), [NAME_LABEL]: `${spec.name}-migration`, 'sidecar.istio.io/inject': 'false' };
}
