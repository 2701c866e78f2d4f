import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { regionOf } from './region-chart';

/**
 * The objects of an app by cluster, kind, namespace and name.
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

  /** All objects of this kind, namespace and name in the cluster of a construct: at most one, if the app is sound. */
  findAll(near: IConstruct, kind: string, namespace: string | undefined, name: string): readonly ApiObject[] {
    this.objects ??= indexOf(this.root);
    return this.objects.get(keyOf(clusterOf(near), kind, namespace, name)) ?? [];
  }
}

const indexes = new WeakMap<IConstruct, AppIndex>();

function indexOf(root: IConstruct): Map<string, ApiObject[]> {
  const index = new Map<string, ApiObject[]>();
  for (const object of root.node.findAll().filter(ApiObject.isApiObject)) {
    const key = keyOf(clusterOf(object), object.kind, object.metadata.namespace, object.name);
    const others = index.get(key);
    if (others) {
      others.push(object);
    } else {
      index.set(key, [object]);
    }
  }
  return index;
}

/** Two sequences may reach the same cluster, and then do so by the same context; what stands in no region shares one that has none. */
function clusterOf(construct: IConstruct): string {
  return regionOf(construct)?.context ?? '';
}

/** cdk8s gives even a Namespace the namespace of its chart. */
function keyOf(cluster: string, kind: string, namespace: string | undefined, name: string): string {
  return `${cluster} ${kind}/${kind === 'Namespace' ? '' : namespace ?? ''}/${name}`;
}
