import { BadInput } from './bad-input';
import type { Identity } from '../cluster/identity';
import { quoted } from '../reading/quoted';
import { addressOf, ClusterFailure, type ClusterClient, type LiveValue } from '../release/cluster-client';
import type { PatchOperation } from '../release/patch-operation';

/** The field manager under which an API server notes what `promote` and `rollback` have set. */
export const FIELD_MANAGER = 'zero-downtime';
const REQUEST_MILLISECONDS = 30_000;
const PACKAGE = '@kubernetes/client-node';

/** What of the client library is used: its kubeconfig, its credentials and its way to send; objects go through it unchanged. */
export interface ClientNode {
  readonly KubeConfig: new () => KubeConfig;
  readonly RequestContext: new (url: string, method: never) => RequestContext;
  readonly IsomorphicFetchHttpLibrary: new () => { send(request: never): { toPromise(): Promise<Response> } };
}

interface KubeConfig {
  loadFromDefault(): void;
  setCurrentContext(context: string): void;
  getCurrentContext(): string;
  getContextObject(name: string): { readonly namespace?: string } | null;
  getCurrentCluster(): { readonly server: string } | null;
  applySecurityAuthentication(request: never): Promise<void>;
}

interface RequestContext {
  setHeaderParam(key: string, value: string): void;
  setBody(body: string): void;
  setSignal(signal: AbortSignal): void;
}

interface Response {
  readonly httpStatusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { text(): Promise<string> };
}

/** Which cluster is meant. */
export interface ClusterOptions {
  /** A context of the kubeconfig; the current one where nothing is said. */
  readonly context?: string;
}

// Of the package's users only those of these commands install it: it is an optional peer, which jsii refuses to have listed as a dependency.
// eslint-disable-next-line import/no-extraneous-dependencies
const LOAD: () => Promise<unknown> = () => import('@kubernetes/client-node');

/** The client library, which only these commands need, and which is therefore not installed with the package. */
export async function loadClientNode(load = LOAD): Promise<ClientNode> {
  try {
    return await load() as ClientNode;
  } catch (error) {
    if (['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw BadInput.of(PACKAGE, `must be installed to reach a cluster, and is not; run npm install ${PACKAGE}@^1.4`);
    }
    throw error;
  }
}

/** A client for the cluster of the kubeconfig: `KUBECONFIG`, `~/.kube/config`, or the service account of a pod. */
export function kubernetesClient(library: ClientNode, { context }: ClusterOptions): ClusterClient {
  const config = new library.KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    throw BadInput.of('kubeconfig', `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'it is no kubeconfig'}; check KUBECONFIG`);
  }
  if (context !== undefined && config.getContextObject(context) === null) {
    throw BadInput.of('--context', `${quoted(context)} is no context of the kubeconfig; list them with kubectl config get-contexts`);
  }
  if (context !== undefined) {
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw BadInput.of('kubeconfig', 'has no current context with a cluster; give --context');
  }
  return new KubernetesClient(library, config, cluster.server.replace(/\/+$/, ''));
}

class KubernetesClient implements ClusterClient {
  readonly namespace: string;

  constructor(private readonly library: ClientNode, private readonly config: KubeConfig, private readonly server: string) {
    this.namespace = config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
  }

  async get(object: Identity): Promise<LiveValue | undefined> {
    const { status, answer, failure } = await this.send(object, 'GET', '');
    return status === 404 ? undefined : failure ? this.fail(failure) : answer;
  }

  async patch(object: Identity, operations: readonly PatchOperation[]): Promise<LiveValue> {
    return this.write(object, 'application/json-patch+json', operations);
  }

  async apply(object: Identity, manifest: LiveValue): Promise<LiveValue> {
    return this.write(object, 'application/apply-patch+yaml', manifest);
  }

  private async write(object: Identity, type: string, body: unknown): Promise<LiveValue> {
    const { answer, failure } = await this.send(object, 'PATCH', `?fieldManager=${FIELD_MANAGER}`, { type, text: JSON.stringify(body) });
    return failure ? this.fail(failure) : answer;
  }

  private fail(failure: ClusterFailure): never {
    throw failure;
  }

  private async send(object: Identity, method: string, query: string, body?: { readonly type: string; readonly text: string }) {
    const request = new this.library.RequestContext(`${this.server}${addressOf(object)}${query}`, method as never);
    request.setHeaderParam('Accept', 'application/json');
    request.setSignal(AbortSignal.timeout(REQUEST_MILLISECONDS));
    if (body) {
      request.setHeaderParam('Content-Type', body.type);
      request.setBody(body.text);
    }
    await this.authenticate(request);
    try {
      const response = await new this.library.IsomorphicFetchHttpLibrary().send(request as never).toPromise();
      const answer = objectIn(await response.body.text());
      return { status: response.httpStatusCode, answer: answer ?? {}, failure: failureOf(response, answer) };
    } catch (error) {
      throw new ClusterFailure('unavailable', `the cluster at ${this.server} did not answer: ${transportText(error)}`);
    }
  }

  /** What credential plugins say may hold secrets, so nothing of it is shown. */
  private async authenticate(request: RequestContext): Promise<void> {
    try {
      await this.config.applySecurityAuthentication(request as never);
    } catch (error) {
      const isPlain = this.server.startsWith('http:') && String(error).includes('HTTP protocol is not allowed');
      throw new ClusterFailure('unidentified', isPlain
        ? `the server ${this.server} speaks HTTP without TLS, and ${PACKAGE} sends nothing to it; give its cluster in the kubeconfig an https:// address, `
          + 'or insecure-skip-tls-verify: true where nobody else can listen, such as behind kubectl proxy'
        : 'the credentials of the kubeconfig cannot be had; try the same context with kubectl');
    }
  }
}

function failureOf({ httpStatusCode: status, headers }: Response, answer: LiveValue | undefined): ClusterFailure | undefined {
  if (status >= 200 && status < 300) {
    return answer ? undefined : new ClusterFailure('unavailable', 'the cluster answered with something that is no object');
  }
  const message = typeof answer?.message === 'string' ? quoted(answer.message) : 'no message';
  const text = `HTTP ${status}, ${message}`;
  switch (status) {
    case 409: return new ClusterFailure('conflict', text);
    case 404: return new ClusterFailure('absent', text);
    case 401: return new ClusterFailure('unidentified', `${text}: the cluster does not know the user of the kubeconfig; renew its credentials, or give another --context`);
    case 403: return new ClusterFailure('forbidden', text);
    default: return status === 429 || status >= 500
      ? new ClusterFailure('unavailable', `the cluster answered ${text}`, retryAfterOf(headers)) : new ClusterFailure('refused', text);
  }
}

function retryAfterOf(headers: Response['headers']): number | undefined {
  const text = headers['retry-after'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function objectIn(text: string): LiveValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as LiveValue : undefined;
  } catch {
    return undefined;
  }
}

function transportText(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return name === 'AbortError' || name === 'TimeoutError' ? `no answer within ${REQUEST_MILLISECONDS / 1000} s` : code ?? 'the connection broke off';
}
