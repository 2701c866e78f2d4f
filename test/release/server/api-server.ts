/* eslint-disable @typescript-eslint/no-explicit-any */
import { parse } from 'yaml';
import { DeploymentController } from './deployment-controller';
import { isMap, jsonPatched, mergePatched, PatchError } from './patches';

export interface Request {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: any;
}

const KINDS: Readonly<Record<string, string>> = {
  deployments: 'Deployment',
  services: 'Service',
  configmaps: 'ConfigMap',
  ingresses: 'Ingress',
  httproutes: 'HTTPRoute',
  grpcroutes: 'GRPCRoute',
  virtualservices: 'VirtualService',
  destinationrules: 'DestinationRule',
  horizontalpodautoscalers: 'HorizontalPodAutoscaler',
  poddisruptionbudgets: 'PodDisruptionBudget',
  scaledobjects: 'ScaledObject',
};
const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
};

export function statusAnswer(code: number, message: string, headers?: Record<string, string>): Answer {
  return { status: code, headers, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: REASONS[code], code } };
}

/** An API server for what a release reads and changes: GET and PATCH as kube-apiserver answers them, and the Deployment controller. */
export class ApiServer {
  readonly objects = new Map<string, any>();
  /** Told after every change, whoever made it. */
  onChanged?: (now: number) => void;
  /** What a user may not do, as `patch deployments`. */
  readonly forbidden = new Set<string>();
  token?: string;
  private version = 100;
  private now = 0;
  private readonly controller: DeploymentController;

  constructor(startSeconds: (template: any) => number = () => 5) {
    this.controller = new DeploymentController(startSeconds);
  }

  /** Puts objects there as they were applied long ago. */
  put(...manifests: readonly any[]): void {
    manifests.forEach((manifest) => {
      const path = pathOf(manifest);
      const stored = this.stored(defaulted(structuredClone(manifest)), undefined, 'kubectl');
      this.objects.set(path, stored);
      if (stored.kind === 'Deployment') {
        stored.status = this.controller.settle(path, stored);
      }
    });
  }

  find(kind: string, name: string): any {
    return [...this.objects.values()].find((object) => object.kind === kind && object.metadata.name === name);
  }

  /** What controllers have done until now. */
  passed(now: number): void {
    this.now = now;
    this.objects.forEach((object, path) => {
      if (object.kind === 'Deployment') {
        const status = this.controller.reconcile(path, object, now);
        if (JSON.stringify(status) !== JSON.stringify(object.status)) {
          this.objects.set(path, { ...object, status, metadata: { ...object.metadata, resourceVersion: this.nextVersion() } });
          this.onChanged?.(now);
        }
      }
    });
  }

  handle(request: Request): Answer {
    const [path, query = ''] = request.path.split('?');
    const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path);
    if (this.token !== undefined && request.headers.authorization !== `Bearer ${this.token}`) {
      return statusAnswer(401, 'Unauthorized');
    }
    if (!match || KINDS[match[4]] === undefined) {
      return statusAnswer(404, 'the server could not find the requested resource');
    }
    const [, group = '', , namespace, resource, name] = match;
    const verb = request.method.toLowerCase();
    const inGroup = group === '' ? resource : `${resource}.${group}`;
    const isForbidden = (what: string) => this.forbidden.has(`${what} ${resource}`);
    const refusal = (what: string) => statusAnswer(403, `${inGroup} "${name}" is forbidden: User "ci" cannot ${what} resource "${resource}" in API group `
      + `"${group}" in the namespace "${namespace}"`);
    if (isForbidden(verb)) {
      return refusal(verb);
    }
    const current = this.objects.get(path);
    if (request.method === 'GET') {
      return current ? { status: 200, body: current } : statusAnswer(404, `${inGroup} "${name}" not found`);
    }
    if (request.method !== 'PATCH') {
      return statusAnswer(405, 'the server does not allow this method on the requested resource');
    }
    const manager = new URLSearchParams(query).get('fieldManager') ?? undefined;
    const isApply = request.headers['content-type'] === 'application/apply-patch+yaml';
    if (!current && isApply && isForbidden('create')) {
      return refusal('create');
    }
    if (!current && !isApply) {
      return statusAnswer(404, `${inGroup} "${name}" not found`);
    }
    try {
      const wanted = isApply ? applied(current, parse(request.body!), manager, query) : patched(current, request);
      return this.write(path, current, wanted, inGroup, manager ?? 'unknown');
    } catch (error) {
      if (error instanceof Refusal) {
        return statusAnswer(error.code, error.message);
      }
      throw error;
    }
  }

  private write(path: string, current: any, wanted: any, inGroup: string, manager: string): Answer {
    const version = wanted.metadata.resourceVersion;
    if (current && version !== undefined && version !== '' && version !== current.metadata.resourceVersion) {
      return statusAnswer(409, `Operation cannot be fulfilled on ${inGroup} "${wanted.metadata.name}": the object has been modified; `
        + 'please apply your changes to the latest version and try again');
    }
    const { selector } = wanted.kind === 'Deployment' ? wanted.spec : { selector: undefined };
    if (selector && current && JSON.stringify(selector) !== JSON.stringify(current.spec.selector)) {
      return statusAnswer(422, `Deployment.apps "${wanted.metadata.name}" is invalid: spec.selector: Invalid value: field is immutable`);
    }
    const object = defaulted(wanted);
    if (current && sameContent(object, current)) {
      return { status: 200, body: current };
    }
    const stored = this.stored(object, current, manager);
    this.objects.set(path, stored);
    this.onChanged?.(this.now);
    return { status: current ? 200 : 201, body: stored };
  }

  private stored(object: any, current: any, manager: string): any {
    const isChanged = !current || JSON.stringify(object.spec) !== JSON.stringify(current.spec);
    const generation = (current?.metadata.generation ?? 0) + (isChanged ? 1 : 0);
    const others = (current?.metadata.managedFields ?? []).filter((entry: any) => entry.manager !== manager);
    return {
      ...object,
      status: current?.status ?? {},
      metadata: {
        ...object.metadata,
        generation,
        uid: current?.metadata.uid ?? `uid-${this.version}`,
        resourceVersion: this.nextVersion(),
        managedFields: [...others, { manager, operation: 'Update', apiVersion: object.apiVersion }],
      },
    };
  }

  private nextVersion(): string {
    this.version += 1;
    return String(this.version);
  }
}

class Refusal extends Error {
  constructor(readonly code: number, message: string) {
    super(message);
  }
}

function patched(current: any, { headers, body = '' }: Request): any {
  const patch = JSON.parse(body);
  switch (headers['content-type']) {
    case 'application/json-patch+json':
      try {
        return jsonPatched(current, patch);
      } catch (error) {
        throw error instanceof PatchError ? new Refusal(422, `the server rejected our request due to an error in our request: ${error.message}`) : error;
      }
    case 'application/merge-patch+json': return mergePatched(current, patch);
  }
  throw new Refusal(415, 'the body of the request was in an unknown format');
}

function applied(current: any, manifest: any, manager: string | undefined, query: string): any {
  if (manager === undefined) {
    throw new Refusal(400, 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch');
  }
  if (!current) {
    return manifest;
  }
  const wanted = mergePatched(current, manifest);
  const isOthers = current.metadata.managedFields.some((entry: any) => entry.manager !== manager);
  if (isOthers && !query.includes('force=true') && !sameContent(defaulted(wanted), current)) {
    throw new Refusal(409, 'Apply failed with 1 conflict: conflict with "kubectl"');
  }
  return wanted;
}

function sameContent(one: any, other: any): boolean {
  const content = ({ status: _status, metadata: { resourceVersion: _v, managedFields: _m, generation: _g, uid: _u, ...metadata }, ...rest }: any) => (
    JSON.stringify([sorted(metadata), sorted(rest)]));
  return content(one) === content(other);
}

function sorted(value: any): any {
  return Array.isArray(value) ? value.map(sorted)
    : isMap(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])])) : value;
}

/** Some of what an API server adds. */
function defaulted(object: any): any {
  if (object.kind !== 'Deployment') {
    return object;
  }
  const { spec } = object;
  const pod = spec.template.spec;
  const template = {
    ...spec.template,
    metadata: { creationTimestamp: null, ...spec.template.metadata },
    spec: {
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      schedulerName: 'default-scheduler',
      securityContext: {},
      ...pod,
      containers: pod.containers.map((container: any) => ({ terminationMessagePath: '/dev/termination-log', imagePullPolicy: 'IfNotPresent', ...container })),
    },
  };
  return { ...object, spec: { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, ...spec, template } };
}

export function pathOf({ apiVersion, kind, metadata }: any): string {
  const [resource] = Object.entries(KINDS).find(([, name]) => name === kind) ?? [undefined];
  if (resource === undefined) {
    throw new Error(`the server has no ${kind}`);
  }
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/namespaces/${metadata.namespace}/${resource}/${metadata.name}`;
}
