import type { PatchOperation } from './patch-operation';
import type { Identity } from '../cluster/identity';

/** An object of the API server as it answers with it. */
export type LiveValue = Readonly<Record<string, unknown>>;

/** What a release asks of an API server, and nothing else. Every method throws `ClusterFailure` alone. */
export interface ClusterClient {
  /** The namespace of the kubeconfig's context; `default` where it names none. */
  readonly namespace: string;
  /** The object; nothing where there is none. */
  get(object: Identity): Promise<LiveValue | undefined>;
  /** Applies JSON patch operations, and answers with the object as it is afterwards. */
  patch(object: Identity, operations: readonly PatchOperation[]): Promise<LiveValue>;
  /** Creates an object by server-side apply. Fields that others own and that differ are a conflict. */
  apply(object: Identity, manifest: LiveValue): Promise<LiveValue>;
}

/** Why an API server did not do what it was asked. */
export type FailureReason =
  /** Something else has changed the object since it was read. */
  | 'conflict'
  /** The object, or its kind, is not there. */
  | 'absent'
  /** Who asks may not. */
  | 'forbidden'
  /** The kubeconfig does not say, in a way that holds, whom to ask and who asks. */
  | 'unidentified'
  /** It understood, and takes no such object. */
  | 'refused'
  /** It could not be reached, broke off, or asked to be left alone for a while: whether it did anything is unknown. */
  | 'unavailable';

/** An answer of an API server that is no object. */
export class ClusterFailure extends Error {
  constructor(readonly reason: FailureReason, message: string, readonly retryAfterSeconds?: number) {
    super(message);
    this.name = 'ClusterFailure';
  }
}

/** The names of kinds in addresses: what a release reads or changes. */
const PLURALS: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  Service: 'services',
  ConfigMap: 'configmaps',
  Ingress: 'ingresses',
  HTTPRoute: 'httproutes',
  GRPCRoute: 'grpcroutes',
  VirtualService: 'virtualservices',
  DestinationRule: 'destinationrules',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  ScaledObject: 'scaledobjects',
  PodDisruptionBudget: 'poddisruptionbudgets',
};

/** The name of a kind as an API server's addresses and roles have it: `virtualservices`. */
export function resourceOf(kind: string): string {
  return PLURALS[kind] ?? `${kind.toLowerCase()}s`;
}

/** The address of an object on its API server. */
export function addressOf({ apiVersion, kind, namespace, name }: Identity): string {
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const steps = [...apiVersion.split('/'), 'namespaces', namespace, resourceOf(kind), name];
  return `${root}/${steps.map(encodeURIComponent).join('/')}`;
}
