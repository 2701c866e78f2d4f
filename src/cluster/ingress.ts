import type { ClusterObject } from './identity';
import type { Field } from '../reading/field';

/** Where a route sends requests: a Service of some namespace, by port number or name. */
export interface Backend {
  readonly field: Field;
  readonly namespace: string;
  readonly service: string;
  readonly port?: number | string;
}

/** Which controller serves an Ingress, as far as that can be read. */
export type IngressController = 'alb' | 'nginx' | 'other';

/** An Ingress. */
export interface Ingress extends ClusterObject {
  readonly controller: IngressController;
  readonly className?: string;
  readonly backends: readonly Backend[];
  readonly annotations: ReadonlyMap<string, string>;
}

/** Prefix of the AWS Load Balancer Controller's annotations. */
export const ALB_PREFIX = 'alb.ingress.kubernetes.io/';
/** Prefix of ingress-nginx' annotations. */
export const NGINX_PREFIX = 'nginx.ingress.kubernetes.io/';

/** Reads an Ingress. `classes` tells the controller of IngressClass objects by name. */
export function ingressOf(object: ClusterObject, classes: ReadonlyMap<string, string>): Ingress {
  const annotations = object.field.get('metadata', 'annotations').stringMap();
  const spec = object.field.get('spec');
  const className = spec.get('ingressClassName').string() ?? annotations.get('kubernetes.io/ingress.class');
  const paths = spec.get('rules').items().flatMap((rule) => rule.get('http', 'paths').items());
  const backends = [spec.get('defaultBackend'), ...paths.map((path) => path.get('backend'))].map((field) => backendOf(field, object.namespace));
  return {
    ...object,
    className,
    annotations,
    controller: controllerOf(className, classes, annotations),
    backends: backends.filter((backend): backend is Backend => backend !== undefined),
  };
}

function backendOf(field: Field, namespace: string): Backend | undefined {
  const service = field.get('service');
  // An action of the AWS controller's annotations stands in a backend's name, where no Service of that name is meant.
  const port = service.get('port', 'name').string() ?? service.get('port', 'number').integer();
  const name = service.get('name').string();
  return name === undefined || port === 'use-annotation' ? undefined : { field: service, namespace, service: name, port };
}

/** The second is the managed one of AKS. */
const NGINX_CLASSES = ['nginx', 'webapprouting.kubernetes.azure.com'];

type Texts = ReadonlyMap<string, string>;

function controllerOf(className: string | undefined, classes: Texts, annotations: Texts): IngressController {
  const controller = classes.get(className ?? '') ?? '';
  const has = (prefix: string) => [...annotations.keys()].some((key) => key.startsWith(prefix));
  if (controller === 'ingress.k8s.aws/alb' || className === 'alb' || (className === undefined && has(ALB_PREFIX))) {
    return 'alb';
  }
  const isNginx = controller === 'k8s.io/ingress-nginx' || NGINX_CLASSES.includes(className ?? '') || (className === undefined && has(NGINX_PREFIX));
  return isNginx ? 'nginx' : 'other';
}

/** All Services that an Ingress sends requests to. */
export function backendsOf(ingress: Ingress): readonly Backend[] {
  return [...ingress.backends, ...albForwardsOf(ingress)];
}

/** The Services, with weights, that `actions.<name>` annotations of the AWS controller forward to. */
export function albForwardsOf(ingress: Ingress): readonly (Backend & { readonly weight?: number; readonly action: string })[] {
  const prefix = `${ALB_PREFIX}actions.`;
  return [...ingress.annotations].filter(([key]) => key.startsWith(prefix)).flatMap(([key, text]) => {
    const field = ingress.field.get('metadata', 'annotations', key);
    return targetGroupsOf(text).map((group) => ({ ...group, field, namespace: ingress.namespace, action: key.slice(prefix.length) }));
  });
}

function targetGroupsOf(text: string): { service: string; port?: number | string; weight?: number }[] {
  const groups = (parsed(text) as { forwardConfig?: { targetGroups?: unknown } } | null)?.forwardConfig?.targetGroups;
  return (Array.isArray(groups) ? groups : []).flatMap((group: unknown) => {
    const { serviceName, servicePort, weight } = (group ?? {}) as Record<string, unknown>;
    const port = typeof servicePort === 'string' && /^\d+$/.test(servicePort) ? Number(servicePort) : servicePort;
    return typeof serviceName !== 'string' ? [] : [{
      service: serviceName,
      port: typeof port === 'string' || typeof port === 'number' ? port : undefined,
      weight: typeof weight === 'number' ? weight : undefined,
    }];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
