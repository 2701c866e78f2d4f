import { createServer, type IncomingMessage, type ServerResponse } from 'http';
import type { AddressInfo, Socket } from 'net';

/** One request as it came. */
export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}

/** A server on loopback, which is gone after the tests of the file. */
export interface TestServer {
  readonly address: string;
  readonly asked: readonly Asked[];
}

/** What a server does with a request; `number` counts them from 1. */
export type Handler = (response: ServerResponse, asked: Asked, number: number) => void;

const stops: (() => void)[] = [];

/** Starts a server that answers as a handler says. */
export async function serverOf(handler: Handler): Promise<TestServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString(); });
    request.on('end', () => {
      asked.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers, form: new URLSearchParams(body) });
      handler(response, asked[asked.length - 1], asked.length);
    });
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Answers as a Prometheus does with one number, or with no series. */
export function answerWith(response: ServerResponse, value: string | undefined, more: object = {}): void {
  const result = value === undefined ? [] : [{ metric: {}, value: [1, value] }];
  answerJson(response, 200, { status: 'success', data: { resultType: 'vector', result }, ...more });
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

afterAll(() => stops.splice(0).forEach((stop) => stop()));
