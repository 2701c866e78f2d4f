import type { ApiObject } from 'cdk8s';
import type { AppIndex } from './app-index';
import type { Planned } from '../plan/planned-service';
import { missingKeyProblem, Reference } from '../plan/references';
import { quoted } from '../spec/values';

const GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/** What only the whole app can tell: that names are free, and that what a service refers to exists and holds what it reads. */
export function checkAgainstApp(index: AppIndex, made: readonly ApiObject[], planned: Planned): string[] {
  return [
    nameProblem(index, made),
    ...planned.openReferences.map((reference) => referenceProblem(index, planned.spec.namespace, reference)),
    gateLabelProblem(index, planned),
  ].filter((problem) => problem !== undefined);
}

/** Two services of one name share the names of all their objects; the first tells enough. */
function nameProblem(index: AppIndex, made: readonly ApiObject[]): string | undefined {
  for (const object of made) {
    const other = index.findAll(object.kind, object.metadata.namespace, object.name)
      .find((candidate) => candidate !== object && candidate.apiGroup === object.apiGroup);
    if (other) {
      return `${object.kind} ${object.name} is also made by ${other.node.path} in the same namespace; give one of them another name`;
    }
  }
  return undefined;
}

function referenceProblem(index: AppIndex, namespace: string | undefined, reference: Reference): string | undefined {
  const [object] = index.findAll(reference.kind, namespace, reference.name);
  if (!object) {
    return `${reference.usedBy} refers to ${reference.kind} ${quoted(reference.name)}, which the app does not create`
      + `${namespace === undefined ? '' : ` in namespace ${namespace}`}; create it, or declare it with `
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
function gateLabelProblem(index: AppIndex, { spec, traffic }: Planned): string | undefined {
  const gated = traffic.find(({ kind }) => kind === 'awsLoadBalancer' || kind === 'networkLoadBalancer');
  const [namespace] = gated && spec.namespace !== undefined ? index.findAll('Namespace', undefined, spec.namespace) : [];
  if (!namespace || namespace.metadata.getLabel(GATE_LABEL) === 'enabled') {
    return undefined;
  }
  return `namespace ${quoted(namespace.name)} must carry the label ${GATE_LABEL}: enabled, `
    + `because without it new pods of ${spec.name} take over before ${gated!.kind} finds them healthy`;
}
