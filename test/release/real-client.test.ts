import { spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { buildSync } from 'esbuild';
import { CANARY, made } from './made-release';
import { HttpApiServer } from './server/http-server';
import { Situation } from './situation';
import { BadInput } from '../../src/cli/bad-input';
import { kubernetesClient, loadClientNode, type ClientNode } from '../../src/cli/promote-kubernetes';

const PROGRAM = join(__dirname, '../../bin/zero-downtime');
const TOKEN = 'a-token-that-nobody-may-see';
const OLD = made('1.0.0', { rollout: CANARY });
const NEW = made('2.0.0', { rollout: CANARY });

const folder = mkdtempSync(join(tmpdir(), 'real-client-'));
const kubeconfig = join(folder, 'kubeconfig');
let situation: Situation;
let http: HttpApiServer;
let library: ClientNode;

beforeAll(() => {
  // The library is an ES module, which jest does not load.
  const outfile = join(folder, 'client.cjs');
  buildSync({
    stdin: { contents: "export { KubeConfig, RequestContext, IsomorphicFetchHttpLibrary } from '@kubernetes/client-node';", resolveDir: __dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  library = jest.requireActual(outfile);
});

beforeEach(async () => {
  situation = new Situation(OLD, NEW);
  situation.server.token = TOKEN;
  http = await HttpApiServer.start(situation.server);
  writeFileSync(kubeconfig, http.kubeconfig(TOKEN));
  process.env.KUBECONFIG = kubeconfig;
});

afterEach(async () => {
  delete process.env.KUBECONFIG;
  await http.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(work: () => unknown): BadInput['problems'] {
  try {
    work();
    return [];
  } catch (error) {
    return (error as BadInput).problems;
  }
}

const STABLE = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'payments-stable' };

describe('the real client library', () => {
  const client = () => kubernetesClient(library, { context: 'test' });

  test('reads the context\'s namespace, objects, and that there is none', async () => {
    expect(client().namespace).toBe('shop');
    expect(await client().get(STABLE)).toMatchObject({ kind: 'Deployment', metadata: { name: 'payments-stable' } });
    expect(await client().get({ ...STABLE, name: 'none' })).toBe(undefined);
  });

  test('sends a JSON patch under the field manager\'s name, and learns of conflicts', async () => {
    const live = await client().get(STABLE) as any;
    const patch = (version: string) => client().patch(STABLE, [
      { op: 'add', path: '/metadata/labels/changed', value: 'yes' }, { op: 'add', path: '/metadata/resourceVersion', value: version },
    ]);
    expect(await patch(live.metadata.resourceVersion)).toMatchObject({ metadata: { labels: { changed: 'yes' } } });
    expect(http.requests.at(-1)).toBe('PATCH application/json-patch+json /apis/apps/v1/namespaces/shop/deployments/payments-stable?fieldManager=zero-downtime');
    await expect(patch(live.metadata.resourceVersion)).rejects.toMatchObject({ reason: 'conflict' });
  });

  test('creates by server-side apply', async () => {
    const [manifest] = NEW.step('01-canary-5-pods').filter(({ kind }) => kind === 'Deployment');
    expect(await client().apply({ ...STABLE, name: 'payments-canary' }, manifest)).toMatchObject({ metadata: { name: 'payments-canary', generation: 1 } });
    expect(http.requests.at(-1)).toContain('PATCH application/apply-patch+yaml ');
  });

  test('tells a broken connection from a refusal, and shows no token', async () => {
    writeFileSync(kubeconfig, http.kubeconfig('wrong'));
    await expect(client().get(STABLE)).rejects.toMatchObject({ reason: 'unidentified', message: expect.stringMatching(/^HTTP 401, "Unauthorized": .*; renew its credentials/) });
    const unreachable: Error = await kubernetesClient(library, {}).get(STABLE).then((): Error => new Error('answered'), (error: Error) => error);
    expect(unreachable).toMatchObject({ reason: 'unavailable', message: expect.stringContaining('http://127.0.0.1:9 did not answer: ECONNREFUSED') });
    expect(unreachable.message).not.toContain(TOKEN);
  });

  test('sends nothing to a server without TLS unless the kubeconfig says so, and says what to write there', async () => {
    writeFileSync(kubeconfig, http.kubeconfig(TOKEN).replaceAll(',"insecure-skip-tls-verify":true', ''));
    const failure: Error = await client().get(STABLE).then((): Error => new Error('answered'), (error: Error) => error);
    expect(failure).toMatchObject({
      reason: 'unidentified',
      message: `the server ${http.url} speaks HTTP without TLS, and @kubernetes/client-node sends nothing to it; give its cluster in the kubeconfig an https:// address, `
        + 'or insecure-skip-tls-verify: true where nobody else can listen, such as behind kubectl proxy',
    });
    expect(http.requests).toEqual([]);
  });

  test.each([
    ['a context that is not there', { context: 'none' }, (): void => undefined, '"none" is no context of the kubeconfig'],
    ['a kubeconfig that is not there', {}, (): void => { process.env.KUBECONFIG = join(folder, 'absent'); }, 'cannot be read: ENOENT'],
    ['a kubeconfig without a context', {}, (): void => writeFileSync(kubeconfig, '{}'), 'kubeconfig'],
  ])('refuses %s', (_, options, spoil, message) => {
    spoil();
    expect(() => kubernetesClient(library, options)).toThrow(BadInput);
    const [problem] = problemsOf(() => kubernetesClient(library, options));
    expect(`${problem.source} ${problem.message}`).toContain(message);
  });
});

test('where the library is absent the command says what to install', async () => {
  const absent = Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' });
  await expect(loadClientNode(() => Promise.reject(absent))).rejects.toMatchObject({
    problems: [{ source: '@kubernetes/client-node', message: expect.stringContaining('run npm install @kubernetes/client-node@^1.4') }],
  });
  await expect(loadClientNode(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

describe('as a process', () => {
  function program(...args: string[]): Promise<{ code: number | null; signal: string | null; out: string; error: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [PROGRAM, ...args, NEW.folder], { env: { ...process.env, KUBECONFIG: kubeconfig } });
      const texts = { out: '', error: '' };
      child.stdout.on('data', (text: Buffer) => { texts.out += text.toString(); });
      child.stderr.on('data', (text: Buffer) => {
        texts.error += text.toString();
        if (args.includes('rollback') && texts.error.includes('waiting 30 s')) {
          child.kill('SIGINT');
        }
      });
      child.on('close', (code, signal) => resolve({ code, signal, ...texts }));
    });
  }

  test('promotes to a share, and is interrupted in a rollback with the pods still there', async () => {
    const promoted = await program('promote', '--context', 'test', '--weight', '5');
    expect(promoted).toMatchObject({ code: 0, out: expect.stringContaining('done         VirtualService shop/payments: 5 % to canary, 95 % to stable\n') });
    const back = await program('rollback', '--context', 'test');
    expect(back.signal ?? back.code).toBe('SIGINT');
    expect(situation.server.find('VirtualService', 'payments').spec.http).toHaveLength(1);
    expect(situation.deployment('payments-canary').spec.replicas).toBe(2);
    expect(`${promoted.out}${promoted.error}${back.out}${back.error}`).not.toContain(TOKEN);
  }, 120_000);

  test('says what is missing, and ends with 2', async () => {
    writeFileSync(kubeconfig, http.kubeconfig('wrong'));
    const { code, out, error } = await program('promote', '--context', 'test', '--weight', '5');
    expect([code, out, error]).toEqual([2, '', expect.stringMatching(/^promote: Service shop\/payments cannot be asked for: HTTP 401, "Unauthorized": .*; renew its credentials/)]);
    expect(error).not.toContain('wrong');
    expect(error).not.toContain('permission');
  }, 60_000);
});
