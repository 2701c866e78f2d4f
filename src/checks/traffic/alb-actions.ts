import { ALB_PREFIX, type Ingress } from '../../cluster/ingress';
import type { Field } from '../../reading/field';

/** A target group of a forward, as it is written. */
export interface ForwardTarget {
  readonly service?: string;
  readonly weight?: number;
}

/** An action that an annotation of an Ingress declares. */
export interface AlbAction {
  readonly name: string;
  readonly field: Field;
  /** Nothing where the annotation is no JSON map. */
  readonly value?: Readonly<Record<string, unknown>>;
  /** The target groups of a forward. */
  readonly targets: readonly ForwardTarget[];
  /** Whether clients stay with one of the target groups. */
  readonly groupStickiness: boolean;
}

/** The actions that annotations of an Ingress declare. */
export function albActionsOf(ingress: Ingress): readonly AlbAction[] {
  const prefix = `${ALB_PREFIX}actions.`;
  return [...ingress.annotations].filter(([key]) => key.startsWith(prefix)).map(([key, text]) => {
    const value = mapIn(parsed(text));
    const forward = mapIn(value?.forwardConfig);
    const groups: readonly unknown[] = Array.isArray(forward?.targetGroups) ? forward.targetGroups : [];
    return {
      name: key.slice(prefix.length),
      field: ingress.field.get('metadata', 'annotations', key),
      value,
      targets: groups.map(targetOf),
      groupStickiness: mapIn(forward?.targetGroupStickinessConfig)?.enabled === true,
    };
  });
}

/** The names of actions that backends of an Ingress ask for, each with its field. */
export function actionsAskedFor(ingress: Ingress): readonly { readonly name: string; readonly field: Field }[] {
  const spec = ingress.field.get('spec');
  const paths = spec.get('rules').items().flatMap((rule) => rule.get('http', 'paths').items());
  return [spec.get('defaultBackend', 'service'), ...paths.map((path) => path.get('backend', 'service'))]
    .filter((service) => service.get('port', 'name').value === 'use-annotation')
    .map((field) => ({ field, name: field.get('name').string() ?? '' }));
}

function targetOf(group: unknown): ForwardTarget {
  const { serviceName, weight } = mapIn(group) ?? {};
  return { service: typeof serviceName === 'string' ? serviceName : undefined, weight: typeof weight === 'number' ? weight : undefined };
}

function mapIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
