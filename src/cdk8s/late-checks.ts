import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { AppIndex } from './app-index';
import type { Planned } from '../plan/planned-service';
import { missingKeyProblem, Reference } from '../plan/references';
import { quoted } from '../spec/values';

const GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/** What only the whole app can tell: that the objects that a service refers to exist, and hold what it reads. */
export function checkAgainstApp(construct: IConstruct, planned: Planned): string[] {
  const index = AppIndex.of(construct);
  return [
    ...planned.openReferences.map((reference) => referenceProblem(index, planned.spec.namespace, reference)),
    gateLabelProblem(index, planned),
  ].filter((problem) => problem !== undefined);
}

function referenceProblem(index: AppIndex, namespace: string | undefined, reference: Reference): string | undefined {
  const object = index.tryFind(reference.kind, namespace, reference.name);
  if (!object) {
    return `${reference.usedBy} refers to ${reference.kind} ${quoted(reference.name)}, which the app does not create`
      + `${namespace === undefined ? '' : ` in namespace ${namespace}`}; create it, or declare it with `
      + `External.${reference.kind === 'Secret' ? 'secret' : 'configMap'}(${quoted(reference.name)})`;
  }
  return reference.key === undefined ? undefined : missingKeyProblem(reference, keysOf(object));
}

function keysOf(object: ApiObject): string[] {
  const { data, stringData, binaryData } = object.toJson() as Record<string, object | undefined>;
  return [data, stringData, binaryData].flatMap((entries) => Object.keys(entries ?? {}));
}

/** A namespace that the app creates must ask for readiness gates; one that it does not is a requirement of the plan. */
function gateLabelProblem(index: AppIndex, { spec, traffic }: Planned): string | undefined {
  const gated = traffic.find(({ kind }) => kind === 'awsLoadBalancer' || kind === 'networkLoadBalancer');
  const namespace = gated && spec.namespace !== undefined ? index.tryFind('Namespace', undefined, spec.namespace) : undefined;
  if (!namespace || namespace.metadata.getLabel(GATE_LABEL) === 'enabled') {
    return undefined;
  }
  return `namespace ${quoted(namespace.name)} must carry the label ${GATE_LABEL}: enabled, `
    + `because without it new pods of ${spec.name} take over before ${gated!.kind} finds them healthy`;
}
