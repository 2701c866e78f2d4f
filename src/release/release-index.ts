import { ReleaseEnd } from './release-end';
import { labelsOf, objectText, type ClusterObject } from '../cluster/identity';
import { Field } from '../reading/field';
import { quoted } from '../reading/quoted';
import { readValues } from '../reading/read-text';

/** The label of the ConfigMap that tells the order of a release's files. */
const RELEASE_LABEL = 'zero-downtime/release';
const KEY = 'release.json';

/** A step as the index has it. */
export interface IndexedStep {
  /** Such as `02-canary-5-weights`. */
  readonly id: string;
  readonly file: string;
  /** How long is waited after the step, in seconds, whatever else is waited for. */
  readonly seconds: number;
}

/** The index of a release. */
export interface ReleaseIndex {
  readonly object: ClusterObject;
  readonly service: string;
  readonly kind: string;
  readonly steps: readonly IndexedStep[];
  readonly rollback: readonly IndexedStep[];
}

/** Finds the one index among objects. */
export function releaseIndexIn(objects: readonly ClusterObject[]): ReleaseIndex {
  const indices = objects.filter((object) => object.kind === 'ConfigMap' && labelsOf(object).get(RELEASE_LABEL) === 'true');
  if (indices.length === 0) {
    refuse(foreignEngineIn(objects) ?? `there is no release among the objects: a ConfigMap with the label ${RELEASE_LABEL}: "true"; `
      + 'give the folder that ReleaseCharts writes for a service with RolloutEngine.native()');
  }
  if (indices.length > 1) {
    refuse(`there are ${indices.length} releases among the objects, ${indices.map((object) => quoted(object.name)).join(' and ')}; give the folder of one`);
  }
  return indexOf(indices[0]);
}

function indexOf(object: ClusterObject): ReleaseIndex {
  const { object: values, problems } = readValues(`${objectText(object)} ${KEY}`, object.field.get('data', KEY).string() ?? '');
  if (values === undefined) {
    refuse(`${objectText(object)}: ${KEY} cannot be read: ${problems.map(({ message }) => message).join('; ')}`);
  }
  const index = Field.of(values);
  if (index.get('version').value !== 1) {
    index.get('version').refuse('must be 1; use the release of zero-downtime that wrote the manifests');
  }
  const steps = (key: string) => index.get(key).items().map(stepOf);
  return { object, service: textOf(index.get('service')), kind: textOf(index.get('rollout')), steps: steps('steps'), rollback: steps('rollback') };
}

function stepOf(step: Field): IndexedStep {
  const seconds = step.get('waitFor').items().filter((wait) => wait.get('kind').value === 'seconds').map((wait) => wait.get('seconds').amount() ?? 0);
  return { id: textOf(step.get('id')), file: textOf(step.get('file')), seconds: Math.max(0, ...seconds) };
}

function textOf(field: Field): string {
  return field.string() ?? field.refuse('must be a text; synthesize the release again');
}

function foreignEngineIn(objects: readonly ClusterObject[]): string | undefined {
  const found = objects.find(({ kind, apiVersion }) => (kind === 'Rollout' && apiVersion.startsWith('argoproj.io/'))
    || (kind === 'Canary' && apiVersion.startsWith('flagger.app/')));
  return found && `${objectText(found)} is released by ${found.kind === 'Rollout' ? 'Argo Rollouts' : 'Flagger'}, `
    + 'which promotes it and takes it back itself; promote and rollback are for RolloutEngine.native()';
}

function refuse(message: string): never {
  throw new ReleaseEnd('BAD_INPUT', message);
}
