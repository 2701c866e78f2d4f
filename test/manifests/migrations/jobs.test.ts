import { Duration, Yaml } from 'cdk8s';
import { nameOf } from '../../../src/expand-contract/phases/name';
import type { Manifest } from '../../../src/manifests/manifest';
import { renderService } from '../../../src/manifests/render';
import { Env } from '../../../src/spec/env';
import { Traffic } from '../../../src/spec/traffic/traffic';
import { planned, type Props } from '../../plan/declare';
import { DROP, migrating, RENAME } from '../../plan/migrations/migrating';
import { apiServerRules } from '../../support/api-server-rules';
import { checked } from '../../support/checked';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../../support/closed-schemas';

const NAME = nameOf(RENAME._spec);
/* eslint-disable @typescript-eslint/no-explicit-any */
const rendered = (props: Props): [string, any][] => renderService(planned(props).planned).map(({ id, manifest }) => [id, manifest]);
const objectOf = (id: string, props: Props = migrating({ contracts: [DROP] })): any => rendered(props).find(([each]) => each === id)?.[1];
/* eslint-enable @typescript-eslint/no-explicit-any */
const podOf = (props?: Props) => objectOf('deployment', props).spec.template.spec;

test('what changes the schema stands before whatever needs it', () => {
  const ids = rendered(migrating({ contracts: [DROP] })).map(([id]) => id);
  expect(ids).toEqual([
    'service-account', 'schema-wait', 'migrations', 'expand', 'backfill', 'contract', 'service', 'disruption-budget', 'deployment',
  ]);
});

test('there is no more than is needed', () => {
  const of = (props: Props) => rendered(props).map(([id]) => id).filter((id) => /schema|migrations|expand|backfill|contract/.test(id));
  expect(of({})).toEqual([]);
  expect(of(migrating({ migrations: [], url: undefined }))).toEqual([]);
  expect(of(migrating({ migrations: [] }))).toEqual(['schema-wait']);
  expect(of(migrating())).toEqual(['schema-wait', 'migrations', 'expand', 'backfill']);
  expect(of(migrating({ migrations: [], contracts: [DROP] }))).toEqual(['schema-wait', 'migrations', 'contract']);
});

describe('the scripts', () => {
  test.each(['schema-wait', 'migrations'])('of %s never change, come first under Argo CD, and are left as they are by Flux', (id) => {
    expect(objectOf(id)).toMatchObject({
      immutable: true,
      metadata: {
        name: expect.stringMatching(new RegExp(`^payments-${id}-[0-9a-f]{10}$`)),
        annotations: {
          'argocd.argoproj.io/sync-wave': '-2', 'argocd.argoproj.io/sync-options': 'PruneLast=true', 'kustomize.toolkit.fluxcd.io/substitute': 'disabled',
        },
      },
    });
  });
});

describe('the Job that expands', () => {
  const job = objectOf('expand');

  test('is called by all that is in it', () => {
    expect(job.metadata.name).toMatch(/^payments-expand-[0-9a-f]{8}$/);
    const names = [{}, { schemaEpoch: 3 }, { migrations: [DROP] }, { url: Env.secretKey('orders-database', 'other') }, { migrationImage: 'postgres:17.7' },
      { migratesWithin: Duration.hours(2) }].map((options) => objectOf('expand', { ...migrating(options), externals: [] }).metadata.name);
    expect(new Set(names).size).toBe(names.length);
    expect(objectOf('expand', migrating({}, { labels: { team: 'a' } })).metadata.name).not.toBe(objectOf('expand', migrating()).metadata.name);
    expect(objectOf('expand', migrating({}, { image: 'registry.example.com/payments:3.0.0' })).metadata.name).toBe(objectOf('expand', migrating()).metadata.name);
  });

  test('is awaited by Argo CD before the pods are made, and by nothing else', () => {
    expect(job.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-1' });
    expect(objectOf('backfill').metadata).not.toHaveProperty('annotations');
    expect(objectOf('deployment').metadata.annotations).not.toHaveProperty('argocd.argoproj.io/sync-wave');
  });

  test('is tried again unless nobody but a person can help, and ends within its deadline', () => {
    expect(job.spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 3600 });
    expect(job.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(job.spec.podFailurePolicy.rules).toEqual([
      { action: 'FailJob', onExitCodes: { containerName: 'migration', operator: 'In', values: [42] } },
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ]);
    expect(job.spec.template.spec.restartPolicy).toBe('Never');
  });

  test('expands, and goes on with rows for a minute', () => {
    expect(job.spec.template.spec.containers[0]).toMatchObject({ command: ['sh', '/zero-downtime/run.sh'], args: ['expanded:0 ready:60', NAME] });
  });

  test('has the URL from the Secret, and sessions that are none of the service\'s', () => {
    expect(job.spec.template.spec.containers[0].env).toEqual([
      { name: 'PGAPPNAME', value: 'payments-migration' },
      { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'orders-database', key: 'url' } } },
    ]);
  });

  test('is restricted, has no token, no proxy, and keeps its node', () => {
    const { metadata, spec } = job.spec.template;
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.containers[0].securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1337,
      runAsGroup: 1337,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers[0].resources).toEqual({ requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } });
    expect(metadata.labels['sidecar.istio.io/inject']).toBe('false');
    expect(metadata.annotations).toEqual({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' });
  });

  test('runs where the service may, with its pull secrets', () => {
    const placed = { nodeSelector: { a: 'b' }, tolerations: [{ key: 'spot' }], priorityClassName: 'high', imagePullSecrets: ['orders-database'] };
    expect(objectOf('expand', migrating({}, placed)).spec.template.spec).toMatchObject({
      nodeSelector: { a: 'b' }, tolerations: [{ key: 'spot', operator: 'Exists' }], priorityClassName: 'high', imagePullSecrets: [{ name: 'orders-database' }],
    });
  });

  test.each<[string, Props]>([
    ['the default labels', {}],
    ['labels of the team\'s', { labels: { app: 'payments', team: 'pay' }, selector: { app: 'payments' } }],
  ])('is selected by nothing that selects the service\'s pods by %s', (_, props) => {
    const labels = objectOf('expand', migrating({}, props)).spec.template.metadata.labels;
    const selector: Record<string, string> = objectOf('service', migrating({}, props)).spec.selector;
    expect(Object.entries(selector).every(([key, value]) => labels[key] === value)).toBe(false);
  });
});

describe.each([['backfill', 'ready:580', NAME], ['contract', 'contract:580', nameOf(DROP._spec)]])('the CronJob %s', (id, stage, name) => {
  const cronJob = objectOf(id);

  test('goes on a slice at a time, one at a time', () => {
    expect(cronJob).toMatchObject({
      metadata: { name: `payments-${id}` },
      spec: { schedule: '*/5 * * * *', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 3 },
    });
    expect(cronJob.spec.jobTemplate.spec.template.spec.containers[0].args).toEqual([stage, name]);
  });

  test('is ended by no deadline, because an index that is being built would be begun again', () => {
    expect(cronJob.spec.jobTemplate.spec).not.toHaveProperty('activeDeadlineSeconds');
  });
});

describe('the pods', () => {
  test('wait behind sidecars and in front of what needs the schema', () => {
    const image = 'registry.example.com/proxy:1.0.0';
    const { initContainers, containers } = podOf(migrating({}, { sidecars: [{ name: 'proxy', image }], initContainers: [{ name: 'seed', image }] }));
    expect(initContainers.map(({ name }: { name: string }) => name)).toEqual(['proxy', 'schema-wait', 'seed']);
    expect(initContainers[1]).toMatchObject({
      image: 'postgres:18.1-alpine', command: ['sh', '/zero-downtime/wait.sh'], args: ['payments', '2', `{${NAME}}`, 'false'], securityContext: { runAsUser: 1337 },
    });
    expect(containers).toHaveLength(1);
  });

  test('are told how their sessions are called, unless the team says it', () => {
    const named = (props?: Props) => podOf(props).containers[0].env?.filter(({ name }: { name: string }) => name === 'PGAPPNAME');
    expect(named()).toEqual([{ name: 'PGAPPNAME', value: 'payments@2' }]);
    expect(named(migrating({}, { env: { PGAPPNAME: Env.value('mine') } }))).toEqual([{ name: 'PGAPPNAME', value: 'mine' }]);
    expect(named(migrating({}, { config: { PGAPPNAME: 'mine' } }))).toEqual([]);
    expect(named({})).toEqual([]);
  });

  test('wait for nothing where no address is known', () => {
    expect(podOf(migrating({ migrations: [], url: undefined }))).not.toHaveProperty('initContainers');
  });
});

const ALL: readonly [string, Props][] = [
  ['migrations', migrating()],
  ['contracts', migrating({ migrations: [], contracts: [DROP] })],
  ['both, behind a mesh', migrating({ contracts: [DROP] }, { traffic: [Traffic.istio()] })],
];

describe.each(ALL)('with %s', (_, props) => {
  const manifests: Manifest[] = rendered(props).map(([, manifest]) => manifest);

  test('the API server takes all objects', () => {
    expect(manifests.flatMap(apiServerRules)).toEqual([]);
  });

  test('check finds nothing', () => {
    // A mesh's other objects are not here.
    expect(checked(Yaml.stringify(...manifests)).filter(({ object, path }) => /Job|schema-wait|migrations/.test(`${object} ${path}`))).toEqual([]);
    const before = checked(Yaml.stringify(...renderService(planned({ traffic: props.traffic }).planned).map(({ manifest }) => manifest)));
    expect(checked(Yaml.stringify(...manifests)).map(({ ruleId }) => ruleId)).toEqual(before.map(({ ruleId }) => ruleId));
  });
});

describeWithSchemas('by the schemas', () => {
  test.each(ALL)('with %s', (_, props) => {
    const manifests = rendered(props).map(([, manifest]): Manifest => manifest);
    expect(KUBERNETES_VERSIONS.filter((version) => version !== '1.27').flatMap((version) => manifests.flatMap((manifest) => ClosedSchemas.load(version).validate(manifest)))).toEqual([]);
  });
});
