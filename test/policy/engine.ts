import type { Policies } from '@pulumi/policy';
import * as proto from '@pulumi/pulumi/proto/analyzer_pb';
import { specialSecretSig, specialSigKey, unknownValue } from '@pulumi/pulumi/runtime/rpc';
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun, sent, type Handler } from './sdk';

/** A value that is not known before it is applied, as programs in Node send it. */
export const UNKNOWN = unknownValue;

/** A secret as programs send it. */
export function secret(value: unknown): Record<string, unknown> {
  return { [specialSigKey]: specialSecretSig, value };
}

/** A resource of a program. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly props: Record<string, unknown>;
  /** What the provider has made of it; the same where absent. */
  readonly outputs?: Record<string, unknown>;
  readonly provider?: { readonly name: string; readonly props: Record<string, unknown> };
  /** Whether the program registers it in this run. */
  readonly isRegistered?: boolean;
}

/** What Pulumi would show. */
export interface Violation {
  readonly policy: string;
  readonly urn: string;
  readonly message: string;
  readonly level: 'advisory' | 'mandatory';
}

/** The name by which Pulumi knows a resource. */
export function urnOf({ type, name }: Pick<Resource, 'type' | 'name'>): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

/** Runs policies as the engine does: with the SDK's own server, its messages and its proxies, and no process in between. */
export class Engine {
  constructor(private readonly policies: Policies) {}

  /** A preview or an update: every resource as it is registered, and then the stack. */
  async run(resources: readonly Resource[]): Promise<readonly Violation[]> {
    const violations: Violation[] = [];
    for (const resource of resources.filter(({ isRegistered = true }) => isRegistered)) {
      await this.call(makeRemediateRpcFun, request(proto.AnalyzeRequest, resource, resource.props));
      violations.push(...violationsOf(await this.call(makeAnalyzeRpcFun, request(proto.AnalyzeRequest, resource, resource.props)), urnOf(resource)));
    }
    const stack = new proto.AnalyzeStackRequest();
    stack.setResourcesList(resources.map((resource) => request(proto.AnalyzerResource, resource, resource.outputs ?? resource.props)));
    return [...violations, ...violationsOf(await this.call(makeAnalyzeStackRpcFun, stack), '')];
  }

  private call(makeHandler: (...args: unknown[]) => Handler, message: unknown): Promise<proto.AnalyzeResponse> {
    const handler = makeHandler('zero-downtime', '1.0.0', 'advisory', this.policies);
    return new Promise((resolve, reject) => handler({ request: message }, (error, response) => error ? reject(error) : resolve(response)));
  }
}

function request<T extends proto.AnalyzeRequest | proto.AnalyzerResource>(type: new () => T, resource: Resource, properties: object): T {
  const message = new type();
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(urnOf(resource));
  message.setProperties(sent(properties));
  message.setOptions(new proto.AnalyzerResourceOptions());
  if (resource.provider) {
    const provider = new proto.AnalyzerProviderResource();
    provider.setType('pulumi:providers:kubernetes');
    provider.setName(resource.provider.name);
    provider.setUrn(urnOf({ type: 'pulumi:providers:kubernetes', name: resource.provider.name }));
    provider.setProperties(sent(resource.provider.props));
    message.setProvider(provider);
  }
  return message;
}

function violationsOf(response: proto.AnalyzeResponse, urn: string): Violation[] {
  // A remediation's response has no diagnostics.
  return (response.getDiagnosticsList?.() ?? []).map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    urn: diagnostic.getUrn() || urn,
    message: diagnostic.getMessage(),
    level: diagnostic.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY ? 'mandatory' : 'advisory',
  }));
}
