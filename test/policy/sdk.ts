import type * as proto from '@pulumi/pulumi/proto/analyzer_pb';

/** How the SDK answers a request of the engine. */
export type Handler = (call: { readonly request: unknown }, callback: (error: Error | null, response: proto.AnalyzeResponse) => void) => void;
type MakeHandler = (...args: unknown[]) => Handler;

// What follows is in the SDK without types, or in what it depends on.
export const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } =
  jest.requireActual<Record<'makeAnalyzeRpcFun' | 'makeAnalyzeStackRpcFun' | 'makeRemediateRpcFun', MakeHandler>>('@pulumi/policy/server');
const { unknownCheckingProxy } = jest.requireActual<{ unknownCheckingProxy: (props: object) => Record<string, unknown> }>('@pulumi/policy');
const { deserializeProperties } =
  jest.requireActual<{ deserializeProperties: (sent: unknown, areSecretsMarked: boolean) => object }>('@pulumi/policy/deserialize');
const { Struct } = jest.requireActual<{ Struct: { fromJavaScript: (value: object) => never } }>('google-protobuf/google/protobuf/struct_pb');

/** Properties as they are sent; programs leave out what is undefined. */
export function sent(properties: object): never {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as object);
}

/** Properties as a remediation is shown them. */
export function received(properties: object): Record<string, unknown> {
  return unknownCheckingProxy(deserializeProperties(sent(properties), true));
}
