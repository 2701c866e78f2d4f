/** What a program speaks on its port. */
export enum Protocol {
  /** HTTP/1.1, WebSockets included. */
  HTTP = 'HTTP',
  /** HTTP/2 without TLS. */
  HTTP2 = 'HTTP2',
  /** gRPC without TLS. */
  GRPC = 'GRPC',
}

const PORT_NAMES: Record<Protocol, string> = { [Protocol.HTTP]: 'http', [Protocol.HTTP2]: 'http2', [Protocol.GRPC]: 'grpc' };

/** The name of the service's port, in the container and in the Service: a proxy reads the protocol from it. */
export function portNameOf(protocol: Protocol): string {
  return PORT_NAMES[protocol];
}
