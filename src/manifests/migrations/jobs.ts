import { createHash } from 'crypto';
import { jobContainersOf, type Purpose } from './job-containers';
import { renderScriptConfigMap } from './script-config-map';
import { FIRST_ROWS_SECONDS, type PlannedJobs, type PlannedMigration } from '../../plan/migrations/planned-schema';
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

/** How long pgroll may go on when its pod is told to stop. */
const PGROLL_GRACE_SECONDS = 300;

const EXPAND: Purpose = { upTo: 'expanded:0', due: 'command:0', ended: 'expand-ended:0', last: `ready:${FIRST_ROWS_SECONDS}` };
const BACKFILL: Purpose = { ...EXPAND, upTo: `ready:${SLICE_SECONDS}`, last: undefined };
const CONTRACT: Purpose = { upTo: `contract:${SLICE_SECONDS}`, due: `contract:${SLICE_SECONDS}`, ended: 'contract-ended:0' };

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
      // It runs no commands: without its engines it waits where one has not ended.
      { id: 'backfill', manifest: renderCronJob(planned, 'backfill', renderJobSpec(planned, jobs, migrations.map(({ name }) => ({ name })), BACKFILL)) },
    ],
    ...contracts.length === 0 ? [] : [
      { id: 'contract', manifest: renderCronJob(planned, 'contract', renderJobSpec(planned, jobs, contracts, CONTRACT)) },
    ],
  ];
}

/** The name of the Job that expands, from its spec as JSON. Its template cannot be changed, so that another template is another Job. */
export function expandNameOf(service: string, spec: string): string {
  return `${service}-expand-${createHash('sha256').update(spec).digest('hex').slice(0, 8)}`;
}

/** The Job's spec without its name, which follows from it. */
export function expandSpecOf(planned: Planned, jobs: PlannedJobs) {
  return { ...renderJobSpec(planned, jobs, jobs.migrations, EXPAND), activeDeadlineSeconds: jobs.expandDeadline.value };
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
function renderCronJob(planned: Planned, word: string, spec: ReturnType<typeof renderJobSpec>): Manifest {
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
      jobTemplate: { spec },
    },
  };
}

function renderJobSpec(planned: Planned, jobs: PlannedJobs, migrations: readonly PlannedMigration[], purpose: Purpose) {
  const { spec, configMaps } = planned;
  const volumes = new Volumes(configMaps);
  const { inits, main, scripts } = jobContainersOf(spec.name, jobs, migrations, purpose);
  const rendered = [...inits, main].map((container) => renderContainer(container, volumes.add(container), configMaps));
  return {
    backoffLimit: 3,
    podFailurePolicy: {
      rules: [
        ...scripts.map((containerName) => withoutAbsent({
          action: 'FailJob',
          onExitCodes: { containerName, operator: 'In', values: [PERMANENT] },
          // Schemas of older versions say that it must be there.
          onPodConditions: spec.kubernetes.minor < 30 ? [] : undefined,
        })),
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
        terminationGracePeriodSeconds: isLeftInPeace(migrations, purpose) ? PGROLL_GRACE_SECONDS : undefined,
        ...renderScheduling(spec.pod),
        initContainers: inits.length === 0 ? undefined : rendered.slice(0, -1),
        containers: rendered.slice(-1),
        volumes: volumes.render(),
      }),
    },
  };
}

/** What pgroll has done half of when it drops the old shape it may not be able to go on with. */
function isLeftInPeace(migrations: readonly PlannedMigration[], purpose: Purpose): boolean {
  return purpose === CONTRACT && migrations.some(({ engine }) => engine?.script === 'pgroll.sh');
}

/** None by which the service's pods are selected: requests would be sent to these, and evictions counted. */
function podLabelsOf(planned: Planned): Record<string, string> {
  const { spec } = planned;
  const labels = Object.entries(labelsOf(planned)).filter(([key]) => !Object.hasOwn(spec.selector, key));
  // The proxy of a mesh would go on after the migration has ended, and the Job with it.
  return { ...Object.fromEntries(labels), [NAME_LABEL]: `${spec.name}-migration`, 'sidecar.istio.io/inject': 'false' };
}
