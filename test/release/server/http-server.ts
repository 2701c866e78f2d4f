import { createServer, type Server } from 'http';
import { type AddressInfo } from 'net';
import type { ApiServer } from './api-server';

/** Serves an API server over HTTP, in the time of the world. */
export class HttpApiServer {
  static async start(server: ApiServer): Promise<HttpApiServer> {
    const requests: string[] = [];
    const http = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url: path = '', headers } = incoming;
        requests.push(`${method} ${headers['content-type'] ?? ''} ${path}`);
        const answer = server.handle({ method, path, headers: headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
        outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        outgoing.end(JSON.stringify(answer.body));
      });
    });
    const begun = performance.now();
    const timer = setInterval(() => server.passed((performance.now() - begun) / 100), 20);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new HttpApiServer(http, timer, requests);
  }

  private constructor(private readonly http: Server, private readonly timer: NodeJS.Timeout, readonly requests: readonly string[]) {}

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  /** A kubeconfig for it. */
  kubeconfig(token: string): string {
    return JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'current-context': 'other',
      'clusters': [{ name: 'test', cluster: { 'server': this.url, 'insecure-skip-tls-verify': true } }, { name: 'nowhere', cluster: { 'server': 'http://127.0.0.1:9', 'insecure-skip-tls-verify': true } }],
      'users': [{ name: 'ci', user: { token } }],
      'contexts': [
        { name: 'test', context: { cluster: 'test', user: 'ci', namespace: 'shop' } },
        { name: 'other', context: { cluster: 'nowhere', user: 'ci' } },
      ],
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}
