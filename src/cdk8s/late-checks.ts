import type { ApiObject } from 'cdk8s';
import type { AppIndex } from './app-index';
import { regionOf } from './region-chart';
import type { Planned } from '../plan/planned-service';
import { missingKeyProblem, Reference } from '../plan/references';
import { quoted } from '../spec/values';

const GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/** What remains to be checked of a service, and no more: an app holds thousands of these until it is synthesized. */
export interface OpenQuestions {
  readonly name: string;
  readonly namespace?: string;
  readonly references: readonly Reference[];
  /** The way in whose readiness gate the namespace must ask for. */
  readonly gatedBy?: string;
}

export function openQuestionsOf({ spec, openReferences, traffic }: Planned): OpenQuestions {
  const gated = traffic.find(({ kind }) => kind === 'awsLoadBalancer' || kind === 'networkLoadBalancer');
  return { name: spec.name, namespace: spec.namespace, references: openReferences, gatedBy: gated?.kind };
}

/** What only the whole app can tell: that names are free, and that what a service refers to exists and holds what it reads. */
export function checkAgainstApp(index: AppIndex, made: readonly ApiObject[], open: OpenQuestions): string[] {
  return [
    nameProblem(index, made),
    ...open.references.map((reference) => referenceProblem(index, made[0], open.namespace, reference)),
    gateLabelProblem(index, made[0], open),
  ].filter((problem) => problem !== undefined);
}

/** Two services of one name share the names of all their objects; the first tells enough. */
function nameProblem(index: AppIndex, made: readonly ApiObject[]): string | undefined {
  for (const object of made) {
    const other = index.findAll(object, object.kind, object.metadata.namespace, object.name)
      .find((candidate) => candidate !== object && candidate.apiGroup === object.apiGroup);
    if (other) {
      return `${object.kind} ${object.name} is also made by ${other.node.path} in the same namespace; give one of them another name`;
    }
  }
  return undefined;
}

/** @param own an object of the service, because each region of an app is a cluster of its own */
function referenceProblem(index: AppIndex, own: ApiObject, namespace: string | undefined, reference: Reference): string | undefined {
  const [object] = index.findAll(own, reference.kind, namespace, reference.name);
  if (!object) {
    const region = regionOf(own)?.region;
    return `${reference.usedBy} refers to ${reference.kind} ${quoted(reference.name)}, which the app does not create`
      + `${namespace === undefined ? '' : ` in namespace ${namespace}`}${region === undefined ? '' : ` of region ${region}`}; create it, or declare it with `
      + `External.${reference.kind === 'Secret' ? 'secret' : 'configMap'}(${quoted(reference.name)})`;
  }
  return reference.key === undefined ? undefined : keyProblem(object, reference);
}

function keyProblem(object: ApiObject, reference: Reference): string | undefined {
  const { type, data, stringData, binaryData } = object.toJson() as Record<string, object | string | undefined>;
  // The cluster fills these in.
  if (type === 'kubernetes.io/service-account-token') {
    return undefined;
  }
  return missingKeyProblem(reference, [data, stringData, binaryData].flatMap((entries) => Object.keys(entries ?? {})));
}

/** A namespace that the app creates must ask for readiness gates; one that it does not is a requirement of the plan. */
function gateLabelProblem(index: AppIndex, own: ApiObject, { name, namespace, gatedBy }: OpenQuestions): string | undefined {
  const [object] = gatedBy !== undefined && namespace !== undefined ? index.findAll(own, 'Namespace', undefined, namespace) : [];
  if (!object || object.metadata.getLabel(GATE_LABEL) === 'enabled') {
    return undefined;
  }
  return `namespace ${quoted(object.name)} must carry the label ${GATE_LABEL}: enabled, `
    + `because without it new pods of ${name} take over before ${gatedBy} finds them healthy`;
}
