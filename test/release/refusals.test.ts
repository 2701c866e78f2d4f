import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CANARY, made } from './made-release';
import { PROMOTE, ROLLBACK, share, Situation, step } from './situation';
import { run, runOn } from '../cli/run';

const OLD = made('1.0.0', { rollout: CANARY });
const NEW = made('2.0.0', { rollout: CANARY });

/** What a command says that is refused. */
async function refusal(situation: Situation, order = share('5')): Promise<string> {
  return situation.run(order).then((ended) => `ended with ${ended?.code}`, ({ problems }) => problems[0].message);
}

describe('without a permission', () => {
  test.each([
    ['get deployments', share('5'), 'get deployments.apps in namespace shop is not allowed: HTTP 403, '],
    ['patch deployments', share('5'), 'patch deployments.apps in namespace shop is not allowed'],
    ['create deployments', share('5'), 'create deployments.apps in namespace shop is not allowed'],
    ['patch virtualservices', ROLLBACK, 'patch virtualservices.networking.istio.io in namespace shop is not allowed'],
    ['get services', PROMOTE, 'get services in namespace shop is not allowed'],
  ])('%s the command says which is missing, and ends with 2', async (verb, order, message) => {
    const situation = new Situation(OLD, NEW);
    situation.server.forbidden.add(verb);
    expect(await refusal(situation, order)).toContain(message);
    expect(await refusal(situation, order)).toContain('give the user of the kubeconfig this permission');
  });

  test('an unknown user is told so', async () => {
    const situation = new Situation(OLD, NEW);
    situation.server.token = 'another';
    const message = await refusal(situation);
    expect(message).toContain('cannot be asked for: HTTP 401, "Unauthorized": the cluster does not know the user of the kubeconfig');
    expect(message).not.toContain('permission');
  });
});

describe('where something is not there', () => {
  const without = (kind: string, name: string) => {
    const situation = new Situation(OLD, NEW);
    const { objects } = situation.server;
    objects.forEach((object, path) => object.kind === kind && object.metadata.name === name && objects.delete(path));
    return situation;
  };

  test.each([
    ['Service', 'payments-canary', 'apply the release\'s step prepare with kubectl'],
    ['DestinationRule', 'payments', 'apply the release\'s step prepare with kubectl'],
    ['VirtualService', 'payments', 'apply the manifests of the service before those of a release'],
  ])('%s %s is asked for', async (kind, name, remedy) => {
    expect(await refusal(without(kind, name))).toBe(`${kind} shop/${name} is not in the cluster; ${remedy}${remedy.includes('prepare') ? ', and wait as its index says' : ''}`);
  });

  test('a stable version to promote is asked for', async () => {
    expect(await refusal(without('Deployment', 'payments-stable'), PROMOTE)).toContain('Deployment shop/payments-stable is not in the cluster');
  });

  test('a DestinationRule without the canary\'s subset is not enough', async () => {
    const situation = new Situation(OLD, NEW);
    situation.server.find('DestinationRule', 'payments').spec.subsets.pop();
    expect(await refusal(situation)).toContain('DestinationRule shop/payments lacks subsets of the release');
  });
});

describe('an API server that', () => {
  const answer = (status: number, message: string, headers?: Record<string, string>) => ({ status, headers, body: { kind: 'Status', code: status, message } });

  test('refuses an object is quoted', async () => {
    const situation = new Situation(OLD, NEW);
    await expect(situation.run(share('5'), { fateOf: (number) => number === 9 ? answer(422, 'spec is invalid') : undefined }))
      .rejects.toMatchObject({ problems: [{ message: expect.stringContaining('is refused by the cluster: HTTP 422, "spec is invalid"') }] });
  });

  test('asks to be left alone is left alone for as long as it says', async () => {
    const situation = new Situation(OLD, NEW);
    const ended = await situation.runWith(share('5'), 3, answer(429, 'too many requests', { 'retry-after': '120' }));
    expect([ended?.code, situation.time.now > 120, ended?.error]).toEqual([0, true, expect.stringContaining('HTTP 429, "too many requests"; asking again in 120 s')]);
  });

  test('gives no answer at all leaves everything undecided', async () => {
    const situation = new Situation(OLD, NEW);
    const ended = await situation.run(share('5'), { fateOf: (number) => number > 4 ? 'reset-before' : undefined });
    expect(ended).toMatchObject({ code: 3, out: expect.stringMatching(/the cluster gave no answer 6 times in a row: .*ECONNRESET; what was done stays, run this again/) });
  });

  test('always says that something has changed is not asked for ever', async () => {
    const situation = new Situation(OLD, NEW);
    const handle = situation.server.handle.bind(situation.server);
    jest.spyOn(situation.server, 'handle').mockImplementation((request) => request.method === 'GET' ? handle(request) : answer(409, 'modified'));
    expect(await situation.run(ROLLBACK)).toMatchObject({ code: 3, out: expect.stringContaining('VirtualService shop/payments was changed by something else 20 times in a row') });
  });

  test('holds an object of another shape is no failure of the program', async () => {
    const situation = new Situation(OLD, NEW);
    situation.server.find('VirtualService', 'payments').spec.http = 'none';
    expect(await refusal(situation)).toBe('VirtualService shop/payments in the cluster: spec.http "none" must be a list, not a text');
  });
});

describe('manifests that are no release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-release-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function copyWith(change: (folder: string, files: readonly string[]) => void): string {
    const copy = mkdtempSync(join(folder, 'copy-'));
    cpSync(NEW.folder, copy, { recursive: true });
    change(copy, readdirSync(copy));
    return copy;
  }

  test.each([
    ['Argo Rollouts', 'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: a }\n', 'Rollout default/a is released by Argo Rollouts'],
    ['Flagger', 'apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: a }\n', 'Canary default/a is released by Flagger'],
    ['nobody', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\n', 'there is no release among the objects'],
  ])('those of %s are refused', async (_, yaml, message) => {
    expect(await runOn(yaml, ['promote', '--dry-run'])).toMatchObject({ code: 2, out: '', error: expect.stringContaining(`promote: ${message}`) });
    expect(await runOn(yaml, ['rollback', '--dry-run'])).toMatchObject({ code: 2, out: '', error: expect.stringContaining(`rollback: ${message}`) });
  });

  test('a step that is missing is named', async () => {
    const copy = copyWith((at) => rmSync(join(at, 'payments-06-promote-2-weights.k8s.yaml')));
    expect((await run(['promote', copy, '--dry-run'])).error).toContain('names the file "payments-06-promote-2-weights.k8s.yaml", which is not among those read');
  });

  test('two releases are refused', async () => {
    const copy = copyWith((at) => {
      const file = join(at, 'payments-index.k8s.yaml');
      writeFileSync(join(at, 'other.yaml'), readFileSync(file, 'utf8').replace('payments-release', 'orders-release'));
    });
    expect((await run(['promote', copy, '--dry-run'])).error).toContain('there are 2 releases among the objects');
  });

  test('an index of another version is refused', async () => {
    const copy = copyWith((at, files) => {
      const file = join(at, files.find((name) => name.includes('index'))!);
      writeFileSync(file, readFileSync(file, 'utf8').replace('"version": 1', '"version": 2'));
    });
    expect(await run(['promote', copy, '--dry-run'])).toMatchObject({ code: 2, error: expect.stringContaining('version 2 must be 1') });
  });

  test('a release that says nothing of its ways in is refused', async () => {
    const copy = copyWith((at, files) => files.forEach((name) => {
      writeFileSync(join(at, name), readFileSync(join(at, name), 'utf8').replaceAll('propagation-seconds.', 'nothing.'));
    }));
    expect((await run(['rollback', copy, '--dry-run'])).error).toContain('so it is unknown how long a change of weights takes');
  });
});

describe('options', () => {
  test.each([
    [['--weight', '7'], '--weight 7 must be a share of the release, 5, 50'],
    [['--weight', 'all'], '--weight: "all" must be a number of percent, such as 25'],
    [['--weight', '5', '--step', 'x'], '--weight: must not be given beside --step'],
    [['--step', '02-canary-5-weight'], '--step "02-canary-5-weight" must be a step of the release, 01-canary-5-pods, 02-canary-5-weights, '],
  ])('%j are refused', async (options, message) => {
    expect(await run(['promote', NEW.folder, '--dry-run', ...options])).toMatchObject({ code: 2, out: '', error: expect.stringContaining(message) });
  });

  test('--dry-run says what would be done, in order', async () => {
    const { out, code } = await run(['promote', NEW.folder, '--dry-run']);
    expect([code, out.split('\n').slice(-3, -1)]).toEqual([0, [
      '6. VirtualService shop/payments: 100 % to stable',
      '7. Deployment shop/payments-canary: once no route has sent to it for 30 s, 0 pods',
    ]]);
    expect(JSON.parse((await run(['rollback', NEW.folder, '--dry-run', '--format', 'json'])).out)).toMatchObject({ command: 'rollback', service: 'shop/payments', dryRun: true });
  });

  test('a step is also found without its number', async () => {
    expect((await new Situation(OLD, NEW).run(step('canary-5-pods')))?.code).toBe(0);
  });
});
