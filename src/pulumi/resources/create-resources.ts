import type * as pulumi from '@pulumi/pulumi';
import { withAwaitAnnotations } from './await-annotations';
import { createResource } from './resource-class';
import { resourceOptionsOf, type Facts } from './resource-options';
import { stagesOf } from './stages';
import type { Rendered } from '../../manifests/manifest';
import { settle, type Derived } from '../inputs/settle';

/** What resources are made of. */
export interface Creation {
  /** The component that they belong to. */
  readonly parent: pulumi.ComponentResource;
  /** What their names begin with. */
  readonly prefix: string;
  readonly rendered: readonly Rendered[];
  readonly facts: Facts;
  /** Names that follow from values that are known later. */
  readonly derived: Derived;
  /** Ids of objects that lead all traffic to other pods at once. */
  readonly switched: ReadonlySet<string>;
}

/** A resource, with the object that it was made of. */
export interface Created extends Rendered {
  readonly resource: pulumi.CustomResource;
}

/** Makes the resources of all objects, each stage after the one before it. Their names are contracts: state hangs on them. */
export function createResources({ parent, prefix, rendered, facts, derived, switched }: Creation): Created[] {
  const created: Created[] = [];
  let before: pulumi.CustomResource[] = [];
  for (const stage of stagesOf(rendered, switched)) {
    const made = stage.map(({ id, manifest }): Created => ({
      id,
      manifest,
      resource: createResource(`${prefix}-${id}`, settle(withAwaitAnnotations(manifest), derived), {
        parent, dependsOn: before, ...resourceOptionsOf(manifest, facts),
      }),
    }));
    created.push(...made);
    before = made.map(({ resource }) => resource);
  }
  return created;
}
