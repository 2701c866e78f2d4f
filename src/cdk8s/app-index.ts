import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * The objects of an app by kind, namespace and name.
 *
 * Every service of an app asks at every validation, and cdk8s validates the whole app for each chart; without an index
 * that would grow with the cube of the services.
 */
export class AppIndex {
  static of(construct: IConstruct): AppIndex {
    const root = construct.node.root;
    const known = indexes.get(root) ?? new AppIndex(root);
    indexes.set(root, known);
    return known;
  }

  private objects = new Map<string, ApiObject>();
  private readonly serviceOwners = new Map<string, IConstruct>();

  private constructor(private readonly root: IConstruct) {}

  /** Finds an object. Constructs are only ever added, so what was found once is right and only a miss looks again. */
  tryFind(kind: string, namespace: string | undefined, name: string): ApiObject | undefined {
    const key = keyOf(kind, namespace, name);
    if (!this.objects.has(key)) {
      this.rebuild();
    }
    return this.objects.get(key);
  }

  /** Claims a service's name for a construct, and returns the construct that already has it, where one does. */
  claimServiceName(namespace: string | undefined, name: string, owner: IConstruct): IConstruct | undefined {
    const key = keyOf('Service', namespace, name);
    const other = this.serviceOwners.get(key);
    if (!other) {
      this.serviceOwners.set(key, owner);
    }
    return other;
  }

  private rebuild(): void {
    this.objects = new Map(this.root.node.findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((object) => [keyOf(object.kind, object.metadata.namespace, object.name), object]));
  }
}

const indexes = new WeakMap<IConstruct, AppIndex>();

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
