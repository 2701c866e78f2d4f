/** What a program speaks on its port. */
export enum Protocol {
  /** HTTP/1.1, WebSockets included. */
  HTTP = 'HTTP',
  /** HTTP/2 without TLS. */
  HTTP2 = 'HTTP2',
  /** gRPC without TLS. */
  GRPC = 'GRPC',
}
