import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * The objects of an app by kind, namespace and name.
 *
 * Every service of an app asks at every validation; without an index that would grow with the square of the services.
 */
export class AppIndex {
  static of(construct: IConstruct): AppIndex {
    const root = construct.node.root;
    const known = indexes.get(root) ?? new AppIndex(root);
    indexes.set(root, known);
    return known;
  }

  private objects?: Map<string, ApiObject[]>;

  private constructor(private readonly root: IConstruct) {
    // The root is validated before all others, so each validation of the app starts from the objects of that moment.
    root.node.addValidation({
      validate: () => {
        this.objects = undefined;
        return [];
      },
    });
  }

  /** All objects of this kind, namespace and name: at most one, if the app is sound. */
  findAll(kind: string, namespace: string | undefined, name: string): readonly ApiObject[] {
    this.objects ??= indexOf(this.root);
    return this.objects.get(keyOf(kind, namespace, name)) ?? [];
  }
}

const indexes = new WeakMap<IConstruct, AppIndex>();

function indexOf(root: IConstruct): Map<string, ApiObject[]> {
  const index = new Map<string, ApiObject[]>();
  for (const object of root.node.findAll().filter(ApiObject.isApiObject)) {
    const key = keyOf(object.kind, object.metadata.namespace, object.name);
    const others = index.get(key);
    if (others) {
      others.push(object);
    } else {
      index.set(key, [object]);
    }
  }
  return index;
}

/** cdk8s gives even a Namespace the namespace of its chart. */
function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${kind === 'Namespace' ? '' : namespace ?? ''}/${name}`;
}
