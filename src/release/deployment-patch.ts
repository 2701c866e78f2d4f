import { createHash } from 'crypto';
import { covers } from './covers';
import { annotationOf } from './live-object';
import { removing, setting, type PatchOperation } from './patch-operation';
import { annotationsOf, labelsOf, type ClusterObject } from '../cluster/identity';
import type { Field } from '../reading/field';

/** The pod template that a Deployment had before its last promotion. */
export const PREVIOUS_TEMPLATE_ANNOTATION = 'release.zero-downtime/previous-template';
/** A digest of the manifest's pod template that a Deployment was given. */
export const TEMPLATE_ANNOTATION = 'release.zero-downtime/template';

/** Fields of a Deployment's spec that are no business of a release: an autoscaler's, immutable, an operator's. */
const NOT_RELEASED = new Set(['replicas', 'selector', 'paused', 'template']);

/** Whether a Deployment of the cluster runs the manifest's pod template. */
export function hasTemplate(live: Field, manifest: ClusterObject): boolean {
  return covers(live.get('spec', 'template').value, manifest.field.get('spec', 'template').value);
}

/**
 * Gives a Deployment everything that the manifest says, its number of replicas aside. The template is replaced as a whole, so that
 * nothing of the old one stays.
 */
export function releasePatch(live: Field, manifest: ClusterObject, keepsPrevious: boolean): PatchOperation[] {
  const template = manifest.field.get('spec', 'template').value;
  const digest = createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 16);
  const had = hasTemplate(live, manifest);
  const isDone = had && annotationOf(live, TEMPLATE_ANNOTATION) === digest;
  const spec = manifest.field.get('spec').entries()
    .filter(([key, { value }]) => !NOT_RELEASED.has(key) && !covers(live.get('spec', key).value, value))
    .map(([key, { value }]) => setting(value, 'spec', key));
  const previous = keepsPrevious && !had ? [[PREVIOUS_TEMPLATE_ANNOTATION, JSON.stringify(live.get('spec', 'template').value)] as const] : [];
  return [
    ...metadataPatch(live, 'labels', labelsOf(manifest)),
    ...metadataPatch(live, 'annotations', new Map([...annotationsOf(manifest), ...previous, [TEMPLATE_ANNOTATION, digest]])),
    ...spec,
    ...(isDone ? [] : [setting(template, 'spec', 'template')]),
  ];
}

/** Gives a Deployment the template back that it had before the release; nothing where it does not run the release's, or none is kept. */
export function restoringPatch(live: Field, manifest: ClusterObject | undefined): PatchOperation[] {
  const kept = annotationOf(live, PREVIOUS_TEMPLATE_ANNOTATION);
  return manifest === undefined || kept === undefined || !hasTemplate(live, manifest) ? [] : [
    setting(JSON.parse(kept), 'spec', 'template'),
    removing('metadata', 'annotations', PREVIOUS_TEMPLATE_ANNOTATION),
    ...(annotationOf(live, TEMPLATE_ANNOTATION) === undefined ? [] : [removing('metadata', 'annotations', TEMPLATE_ANNOTATION)]),
  ];
}

/** What pauses KEDA must go where a manifest no longer has it. */
const KEDA_PAUSE = 'autoscaling.keda.sh/paused-replicas';

/** Gives an autoscaler or a disruption budget the settings of a manifest. */
export function besidePatch(live: Field, manifest: ClusterObject): PatchOperation[] {
  const spec = manifest.field.get('spec').value;
  const annotations = annotationsOf(manifest);
  const isPaused = annotationOf(live, KEDA_PAUSE) !== undefined;
  return [
    ...metadataPatch(live, 'annotations', annotations),
    ...(isPaused && !annotations.has(KEDA_PAUSE) ? [removing('metadata', 'annotations', KEDA_PAUSE)] : []),
    ...(covers(live.get('spec').value, spec) ? [] : [setting(spec, 'spec')]),
  ];
}

/** Sets the number of replicas. */
export function scalingPatch(live: Field, replicas: number): PatchOperation[] {
  return live.get('spec', 'replicas').amount() === replicas ? [] : [setting(replicas, 'spec', 'replicas')];
}

function metadataPatch(live: Field, key: 'labels' | 'annotations', wanted: ReadonlyMap<string, string>): PatchOperation[] {
  const present = live.get('metadata', key).stringMap();
  const changed = [...wanted].filter(([name, value]) => present.get(name) !== value);
  return changed.length === 0 ? [] : [
    ...(live.get('metadata', key).exists ? [] : [setting({}, 'metadata', key)]),
    ...changed.map(([name, value]) => setting(value, 'metadata', key, name)),
  ];
}
