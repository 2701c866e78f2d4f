import type { Answer, ApiServer } from './api-server';
import type { VirtualTime } from './virtual-time';
import type { ClientNode } from '../../../src/cli/promote-kubernetes';

/** What befalls one request: nothing; an answer that is not the server's; a connection that breaks before the request has an effect, or after. */
export type Fate = undefined | Answer | 'reset-before' | 'reset-after' | 'killed-before' | 'killed-after';

export interface Line {
  readonly server: ApiServer;
  readonly time: VirtualTime;
  /** Seconds until a request has its effect, and from there until the answer. */
  readonly latency?: () => number;
  /** Called for each request with its number, from 1. */
  readonly fateOf?: (number: number) => Fate;
}

/** The client library's shape, without a network: a request travels for a while, and the server's own handling answers it. */
export function inProcessLibrary({ server, time, latency = () => 0.05, fateOf = () => undefined }: Line): ClientNode {
  let count = 0;
  class KubeConfig {
    loadFromDefault() {}
    setCurrentContext() {}
    getCurrentContext() { return 'test'; }
    getContextObject() { return { namespace: 'shop' }; }
    getCurrentCluster() { return { server: 'http://cluster' }; }
    async applySecurityAuthentication() {}
  }
  class RequestContext {
    readonly headers: Record<string, string> = {};
    body?: string;
    constructor(readonly url: string, readonly method: string) {}
    setHeaderParam(key: string, value: string) { this.headers[key.toLowerCase()] = value; }
    setBody(body: string) { this.body = body; }
    setSignal() {}
  }
  async function sent({ url, method, headers, body }: RequestContext) {
    count += 1;
    const fate = fateOf(count);
    await time.sleep(latency());
    if (fate === 'killed-before') {
      return new Promise<never>(() => undefined);
    }
    if (fate === 'reset-before') {
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    }
    const answer = typeof fate === 'object' ? fate : server.handle({ method, headers, body, path: url.replace('http://cluster', '') });
    if (fate === 'killed-after') {
      return new Promise<never>(() => undefined);
    }
    await time.sleep(latency());
    if (fate === 'reset-after') {
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    }
    return { httpStatusCode: answer.status, headers: answer.headers ?? {}, body: { text: async () => JSON.stringify(answer.body) } };
  }
  class IsomorphicFetchHttpLibrary {
    send(request: RequestContext) { return { toPromise: () => sent(request) }; }
  }
  return { KubeConfig, RequestContext, IsomorphicFetchHttpLibrary } as unknown as ClientNode;
}
