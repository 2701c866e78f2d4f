import type * as pulumi from '@pulumi/pulumi';
import { withAwaitAnnotations } from './await-annotations';
import type { Item } from './item';
import { resourceOptionsOf, type Facts } from './resource-options';
import type { Stage } from './stages';
import { settle, type Derived } from '../inputs/settle';

/** What resources are made of. */
export interface Creation {
  /** The component that they belong to. */
  readonly parent: pulumi.ComponentResource;
  /** What their names begin with. */
  readonly prefix: string;
  readonly stages: readonly Stage[];
  readonly facts: Facts;
  /** Names that follow from values that are known later. */
  readonly derived: Derived;
}

/** A resource, with what it was made of. */
export interface Created {
  readonly item: Item;
  readonly resource: pulumi.CustomResource;
}

/** Makes all resources, each stage after the one before it. Their names are contracts: state hangs on them. */
export function createResources({ parent, prefix, stages, facts, derived }: Creation): Created[] {
  const created: Created[] = [];
  let before: pulumi.CustomResource[] = [];
  for (const { items, isUntouched } of stages) {
    const made = items.map((item): Created => {
      const { id, manifest, fields } = item;
      const options = {
        parent, dependsOn: before, ...(manifest && resourceOptionsOf(manifest, facts)), ...(isUntouched && { ignoreChanges: [...fields] }),
      };
      return { item, resource: item.create(`${prefix}-${id}`, options, manifest && settle(withAwaitAnnotations(manifest), derived)) };
    });
    created.push(...made);
    before = made.map(({ resource }) => resource);
  }
  return created;
}
