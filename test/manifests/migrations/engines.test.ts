import { Duration, Yaml } from 'cdk8s';
import fc from 'fast-check';
import '../../support/seed';
import type { Manifest } from '../../../src/manifests/manifest';
import { renderService } from '../../../src/manifests/render';
import { Env } from '../../../src/spec/env';
import type { CommandOptions } from '../../../src/spec/migration/engine-options';
import { Migration } from '../../../src/spec/migration/migration';
import type { PostgresOptions } from '../../../src/spec/migration/postgres-options';
import { planned, type Props } from '../../plan/declare';
import { DROP, migrating, RENAME } from '../../plan/migrations/migrating';
import { apiServerRules } from '../../support/api-server-rules';
import { checked } from '../../support/checked';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../../support/closed-schemas';

const FILE = '{"operations":[{"sql":{"up":"SELECT 1"}}]}';
const engine = (word: string, options: Partial<CommandOptions> = {}) => Migration.command({ image: 'engine:1', command: ['engine'], args: [word], ...options });
const PGROLL = Migration.pgroll({ image: 'pgroll:1', name: '02_state', migration: FILE });

/* eslint-disable @typescript-eslint/no-explicit-any */
const objectOf = (id: string, props: Props): any => renderService(planned(props).planned).find((each) => each.id === id)?.manifest;
const jobOf = (id: string, props: Props): any => {
  const { spec } = objectOf(id, props);
  return spec.jobTemplate?.spec ?? spec;
};
const podOf = (id: string, options: Partial<PostgresOptions>): any => jobOf(id, migrating(options)).template.spec;
/* eslint-enable @typescript-eslint/no-explicit-any */
const namesOf = (options: Partial<PostgresOptions>, field: 'migrations' | 'contracts') => planned(migrating(options)).planned.schema!.jobs![field].map(({ name }) => name);

describe('a Job that expands with a command in between', () => {
  const options = { migrations: [RENAME, engine('v2'), DROP] };
  const [rename, command, drop] = namesOf(options, 'migrations');
  const pod = podOf('expand', options);

  test('runs containers in the declared order', () => {
    expect([...pod.initContainers, ...pod.containers].map(({ name, args }) => [name, args])).toEqual([
      ['lend-shell', []],
      [`before-${command}`, ['expanded:0', rename, 'command:0', command]],
      [command, [command, 'engine', 'v2']],
      ['migration', ['expand-ended:0', command, 'expanded:0', command, drop, 'ready:60', rename, command, drop]],
    ]);
  });

  test('runs the command in its own image by the shell that is lent to it, where it is due', () => {
    expect(pod.initContainers[2]).toMatchObject({
      image: 'engine:1',
      command: ['/zero-downtime-shared/loader', '--library-path', '/zero-downtime-shared/lib', '/zero-downtime-shared/sh', '/zero-downtime/command.sh'],
      env: [
        { name: 'PGAPPNAME', value: command },
        { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'orders-database', key: 'url' } } },
        { name: 'ZD_SHARED', value: '/zero-downtime-shared' },
      ],
      securityContext: { runAsNonRoot: true, runAsUser: 1337, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    });
  });

  test('has one folder that all containers share, and a /tmp for each', () => {
    type Mounting = { readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[] };
    const containers: readonly Mounting[] = [...pod.initContainers, ...pod.containers];
    const mountsAt = (path: string) => containers.map(({ volumeMounts }) => volumeMounts.find(({ mountPath }) => mountPath === path)?.name);
    expect(new Set(mountsAt('/zero-downtime-shared'))).toEqual(new Set(['zero-downtime-shared']));
    expect(new Set(mountsAt('/tmp')).size).toBe(4);
    expect(pod.volumes).toContainEqual({ name: 'zero-downtime-shared', emptyDir: {} });
  });

  test('fails for good where a script says so, and not where the command ends as a script would', () => {
    expect(jobOf('expand', migrating(options)).podFailurePolicy.rules).toEqual([
      ...['lend-shell', `before-${command}`, 'migration'].map((containerName) => ({ action: 'FailJob', onExitCodes: { containerName, operator: 'In', values: [42] } })),
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ]);
  });

  test('is followed by a CronJob that runs no command, and waits where one has not ended', () => {
    const backfill = podOf('backfill', options);
    expect(backfill).not.toHaveProperty('initContainers');
    expect(backfill.containers[0].args).toEqual(['ready:580', rename, command, drop]);
    expect(backfill.containers[0].env.map(({ name }: { name: string }) => name)).not.toContain('ZD_SHARED');
  });

  test('has the variables of a command that says its own, and no others', () => {
    const env = { FLYWAY_URL: Env.secretKey('orders-database', 'url'), FLYWAY_TABLE: Env.value('history') };
    const container = podOf('expand', { migrations: [engine('v2', { env })] }).initContainers[2];
    expect(container.env).toEqual([
      { name: 'PGAPPNAME', value: container.name },
      { name: 'FLYWAY_URL', valueFrom: { secretKeyRef: { name: 'orders-database', key: 'url' } } },
      { name: 'FLYWAY_TABLE', value: 'history' },
      { name: 'ZD_SHARED', value: '/zero-downtime-shared' },
    ]);
  });

  test('is another Job where the command is another', () => {
    const name = (word: string) => objectOf('expand', migrating({ migrations: [engine(word)] })).metadata.name;
    expect(name('v3')).not.toBe(name('v2'));
  });
});

describe('a CronJob that contracts with commands', () => {
  const options = { migrations: [], contracts: [RENAME, engine('drop'), DROP] };
  const [rename, command, drop] = namesOf(options, 'contracts');

  test('asks for the evidence in front of the command, and tells behind it that it has ended', () => {
    const { initContainers, containers } = podOf('contract', options);
    expect([...initContainers, ...containers].map(({ name, args }) => [name, args])).toEqual([
      ['lend-shell', []],
      [`before-${command}`, ['contract:580', rename, 'contract:580', command]],
      [command, [command, 'engine', 'drop']],
      ['migration', ['contract-ended:0', command, 'contract:580', command, drop]],
    ]);
  });

  test('is as it was where no other engine has a part', () => {
    const pod = podOf('contract', { migrations: [engine('v2')], contracts: [DROP] });
    expect(pod).not.toHaveProperty('initContainers');
    expect(pod.containers[0].args).toEqual(['contract:580', drop]);
  });
});

describe('pgroll', () => {
  const [name] = namesOf({ migrations: [PGROLL] }, 'migrations');

  test.each(['start', 'complete'])('is told to %s', (what) => {
    const options: Partial<PostgresOptions> = what === 'start' ? { migrations: [PGROLL] } : { migrations: [], contracts: [PGROLL] };
    expect(podOf(what === 'start' ? 'expand' : 'contract', options).initContainers[2]).toMatchObject({
      name,
      image: 'pgroll:1',
      command: expect.arrayContaining(['/zero-downtime/pgroll.sh']),
      args: [name, what, '02_state'],
      env: [
        { name: 'PGAPPNAME', value: name },
        { name: 'PGROLL_PG_URL', valueFrom: { secretKeyRef: { name: 'orders-database', key: 'url' } } },
        { name: 'PGROLL_SCHEMA', value: 'public' },
        { name: 'ZD_SHARED', value: '/zero-downtime-shared' },
      ],
    });
    expect(objectOf('migrations', migrating(options)).data['02_state.json']).toBe(FILE);
  });

  test('has time to end what it drops, and its script says where nobody but a person can help', () => {
    expect(podOf('contract', { migrations: [], contracts: [PGROLL] }).terminationGracePeriodSeconds).toBe(300);
    expect(podOf('expand', { migrations: [PGROLL] })).not.toHaveProperty('terminationGracePeriodSeconds');
    expect(podOf('contract', { migrations: [], contracts: [engine('drop')] })).not.toHaveProperty('terminationGracePeriodSeconds');
    expect(jobOf('expand', migrating({ migrations: [PGROLL] })).podFailurePolicy.rules.map(({ onExitCodes }: { onExitCodes?: { containerName: string } }) => onExitCodes?.containerName))
      .toEqual(['lend-shell', `before-${name}`, name, 'migration', undefined]);
  });

  test('shows the program its tables by the search path, unless the team says one', () => {
    const pathOf = (props: Props) => objectOf('deployment', props).spec.template.spec.containers[0].env.filter((each: { name: string }) => each.name === 'PGOPTIONS');
    const both = [migrating({ migrations: [PGROLL] }), migrating({ migrations: [], contracts: [PGROLL] })];
    expect(both.map(pathOf)).toEqual(Array(2).fill([{ name: 'PGOPTIONS', value: '-c search_path=public_02_state' }]));
    expect(pathOf({ ...both[0], env: { PGOPTIONS: Env.value('mine') } })).toEqual([{ name: 'PGOPTIONS', value: 'mine' }]);
    expect(pathOf({ ...both[0], config: { PGOPTIONS: 'mine' } })).toEqual([]);
    expect(pathOf(migrating())).toEqual([]);
  });
});

/** What one container asks the scripts for, and what another engine does, one after another. */
function stepsOf(pod: { readonly initContainers?: readonly object[]; readonly containers: readonly object[] }): string[] {
  return [...pod.initContainers ?? [], ...pod.containers].flatMap((container) => {
    const { command, args } = container as { readonly command: readonly string[]; readonly args: readonly string[] };
    if (command.at(-1)!.endsWith('/command.sh')) {
      return [`run ${args[0]}`];
    }
    const groups: { readonly goals: readonly string[]; readonly names: string[] }[] = [];
    for (const word of args) {
      if (word.includes(':')) {
        groups.push({ goals: word.split(' ').map((each) => each.split(':')[0]), names: [] });
      } else {
        groups.at(-1)!.names.push(word);
      }
    }
    return groups.flatMap(({ goals, names }) => goals.flatMap((goal) => names.map((name) => `${goal} ${name}`)));
  });
}

const kinds = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 });
const listed = (isEngine: readonly boolean[]) => isEngine.map((is, index) => is ? engine(`v${index}`) : Migration.dropColumn({ table: 'orders', column: `c${index}` }));

test('in any list each migration is expanded after those before it, and each command runs between the question and the answer', () => {
  fc.assert(fc.property(kinds, (isEngine) => {
    const options = { migrations: listed(isEngine) };
    const names = namesOf(options, 'migrations');
    const steps = stepsOf(podOf('expand', options));
    const placeOf = (step: string) => steps.indexOf(step);
    names.forEach((name, index) => {
      expect(placeOf(`expanded ${name}`)).toBeGreaterThan(index === 0 ? -1 : placeOf(`expanded ${names[index - 1]}`));
      expect(placeOf(`ready ${name}`)).toBeGreaterThan(placeOf(`expanded ${names.at(-1)}`));
      if (isEngine[index]) {
        const [asked, run, told] = ['command', 'run', 'expand-ended'].map((word) => placeOf(`${word} ${name}`));
        expect([run, told]).toEqual([asked + 1, asked + 2]);
        names.slice(0, index).forEach((before) => expect(placeOf(`expanded ${before}`)).toBeLessThan(asked));
        names.slice(index).forEach((after) => expect(placeOf(`expanded ${after}`)).toBeGreaterThan(told));
      }
    });
    expect(steps.filter((step) => step.startsWith('run ')).length).toBe(isEngine.filter((is) => is).length);
  }), { numRuns: 60 });
});

test('in any list of contracts nothing is dropped before what was declared in front of it', () => {
  fc.assert(fc.property(kinds, (isEngine) => {
    const options = { migrations: [], contracts: listed(isEngine) };
    const names = namesOf(options, 'contracts');
    const steps = stepsOf(podOf('contract', options));
    names.forEach((name, index) => {
      const first = steps.indexOf(`contract ${name}`);
      names.slice(0, index).forEach((before) => expect(steps.lastIndexOf(`contract ${before}`)).toBeLessThan(first));
      if (isEngine[index]) {
        expect(steps.slice(first, first + 4)).toEqual([`contract ${name}`, `run ${name}`, `contract-ended ${name}`, `contract ${name}`]);
      }
    });
  }), { numRuns: 60 });
});

const MANY = Array.from({ length: 10 }, (_, index) => engine(`v${index}`));
const ALL: readonly [string, Props][] = [
  ['commands', migrating({ migrations: [RENAME, engine('v2'), PGROLL], contracts: [DROP, engine('drop')], quiet: Duration.seconds(0) })],
  ['as many commands as a Job holds', migrating({ migrations: MANY, contracts: MANY.map((_, index) => engine(`drop${index}`)) })],
  ['pgroll completing', migrating({ migrations: [], contracts: [PGROLL] })],
];

describe.each(ALL)('with %s', (_, props) => {
  const manifests: Manifest[] = renderService(planned(props).planned).map(({ manifest }) => manifest);

  test('the API server takes all objects', () => {
    expect(manifests.flatMap(apiServerRules)).toEqual([]);
  });

  test('check finds nothing', () => {
    expect(checked(Yaml.stringify(...manifests)).filter(({ object, path }) => /Job|schema-wait|migrations/.test(`${object} ${path}`))).toEqual([]);
  });
});

describeWithSchemas('by the schemas', () => {
  test.each(ALL)('with %s', (_, props) => {
    const manifests = renderService(planned(props).planned).map(({ manifest }): Manifest => manifest);
    expect(KUBERNETES_VERSIONS.filter((version) => version !== '1.27').flatMap((version) => manifests.flatMap((manifest) => ClosedSchemas.load(version).validate(manifest)))).toEqual([]);
  });
});
