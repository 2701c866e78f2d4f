import { objectOf, run, type Registered } from './program';

/** An object of the cluster, by `Kind name`. */
export type Objects = ReadonlyMap<string, Record<string, any>>;

interface State {
  readonly object: Record<string, any>;
  readonly isRetained: boolean;
}

/**
 * As much of Pulumi's engine as decides what is in the cluster after one program has followed another: inputs that are ignored stay as
 * they were, what a program no longer makes is removed, and what is retained stays.
 */
export class Engine {
  private state = new Map<string, State>();
  private objects = new Map<string, Record<string, any>>();

  /** Runs a program as `pulumi up` would, and returns what is in the cluster then. */
  async up(program: () => unknown): Promise<Objects> {
    const { resources, failures } = await run(program);
    expect(failures).toEqual([]);
    const next = new Map(resources.filter(({ type }) => type.startsWith('kubernetes:')).map((resource) => [resource.name, this.stateOf(resource)]));
    const last = this.state;
    this.state = next;
    next.forEach(({ object }) => this.objects.set(keyOf(object), object));
    const used = new Set([...next.values()].map(({ object }) => keyOf(object)));
    for (const { object, isRetained } of last.values()) {
      if (!isRetained && !used.has(keyOf(object))) {
        this.objects.delete(keyOf(object));
      }
    }
    return new Map(this.objects);
  }

  private stateOf(resource: Registered): State {
    const asked = withoutPulumi(objectOf(resource));
    const before = this.state.get(resource.name)?.object;
    const object = before ? Object.fromEntries(Object.entries({ ...before, ...asked }).flatMap(([field]) => {
      const value = (resource.ignoreChanges.includes(field) ? before : asked)[field];
      return value === undefined ? [] : [[field, value]];
    })) : asked;
    return { object, isRetained: resource.retainOnDelete };
  }
}

/** The cluster's own name of an object. */
export function keyOf({ kind, metadata: { name } }: Record<string, any>): string {
  return `${kind} ${name}`;
}

/** An object without what tells Pulumi how to await it. */
export function withoutPulumi(object: Record<string, any>): Record<string, any> {
  const { annotations, ...metadata } = object.metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith('pulumi.com/'));
  return { ...object, metadata: kept.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(kept) } };
}
