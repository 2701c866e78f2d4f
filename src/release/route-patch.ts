import type { LiveValue } from './cluster-client';
import { covers } from './covers';
import { removing, setting, type PatchOperation } from './patch-operation';
import { annotationsOf, type ClusterObject } from '../cluster/identity';
import { ALB_PREFIX, NGINX_PREFIX } from '../cluster/ingress';
import type { Field } from '../reading/field';

/** What of each kind decides where requests go. */
const DECIDING: Readonly<Record<string, string>> = { VirtualService: 'http', HTTPRoute: 'rules', GRPCRoute: 'rules', Service: 'selector' };

/** Makes a route of the cluster send as a manifest says; everything else of it stays. */
export function routePatch(live: Field, manifest: ClusterObject): PatchOperation[] {
  const key = DECIDING[manifest.kind];
  if (key === undefined) {
    return annotationPatch(live, manifest);
  }
  const wanted = manifest.field.get('spec', key).value;
  const present = live.get('spec', key).value;
  const isDone = covers(present, wanted) && (key !== 'selector' || covers(wanted, present));
  return isDone ? [] : [setting(wanted, 'spec', key)];
}

/** Whether an annotation says where an Ingress sends: those that a manifest no longer has must go. */
function isDeciding(key: string): boolean {
  return key.startsWith(`${NGINX_PREFIX}canary`) || key.startsWith(`${ALB_PREFIX}actions.`) || key.startsWith(`${ALB_PREFIX}conditions.`);
}

function annotationPatch(live: Field, manifest: ClusterObject): PatchOperation[] {
  const wanted = [...annotationsOf(manifest)].filter(([key]) => isDeciding(key));
  const present = live.get('metadata', 'annotations').stringMap();
  const names = new Set(wanted.map(([key]) => key));
  const stale = [...present.keys()].filter((key) => isDeciding(key) && !names.has(key));
  const changed = wanted.filter(([key, value]) => present.get(key) !== value);
  const rules = manifest.field.get('spec', 'rules').value;
  return [
    ...(changed.length > 0 && present.size === 0 ? [setting({}, 'metadata', 'annotations')] : []),
    ...changed.map(([key, value]) => setting(value, 'metadata', 'annotations', key)),
    ...stale.map((key) => removing('metadata', 'annotations', key)),
    ...(covers(live.get('spec', 'rules').value, rules) ? [] : [setting(rules, 'spec', 'rules')]),
  ];
}

/** An object's manifest as it is sent. */
export function manifestOf({ field, namespace }: ClusterObject): LiveValue {
  return { ...field.object.value, metadata: { ...field.get('metadata').value as object, namespace } };
}
