import type { Rule } from '../rule';
import { configReferencesOf, isMadeByAnother, referredObjectsOf } from './config-references';
import { exampleOf } from './example';

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { currency: EUR }`;
const ENV_FROM = { envFrom: '[{ configMapRef: { name: payments } }]' };

/** Put into every namespace by Kubernetes and Istio. */
const EVERYWHERE = new Set(['kube-root-ca.crt', 'istio-ca-root-cert']);

/** A ConfigMap or Secret that pods need is released with them. */
export const CONFIG_ABSENT: Rule = {
  id: 'config-absent',
  severity: 'info',
  title: 'A ConfigMap or Secret that pods need is among the manifests, where others of their namespace are.',
  why: 'Pods that refer to an object that does not exist do not start, unless the reference is optional. It may well be in the cluster already, or come from '
    + 'elsewhere; but where others of its kind stand beside the workload, its name may be misspelt, or its namespace another.',
  sources: ['https://kubernetes.io/docs/concepts/configuration/configmap/', 'https://kubernetes.io/docs/concepts/configuration/secret/'],
  failing: exampleOf({ container: ENV_FROM, objects: [configMap('payment')] }),
  passing: exampleOf({ container: ENV_FROM, objects: [configMap('payments')] }),
  check: ({ cluster }) => cluster.workloads.filter(({ field }) => !field.get('spec', 'workloadRef').exists).flatMap((workload) => {
    const absent = configReferencesOf(workload.template).filter((reference) => !EVERYWHERE.has(reference.name)
      && cluster.ofKind(reference.kind).some(({ namespace }) => namespace === workload.namespace)
      && referredObjectsOf(cluster, reference, workload.namespace).length === 0
      && !isMadeByAnother(cluster, reference, workload.namespace));
    // One word for one object, however often it is named.
    const firsts = absent.filter(({ kind, name }, index) => absent.findIndex((other) => other.kind === kind && other.name === name) === index);
    return firsts.map(({ field, kind, name }) => ({
      object: workload,
      field,
      message: `${kind} ${name} is not among the manifests of namespace ${workload.namespace}, and pods do not start without it`,
      fix: 'add it, correct its name, or make sure that it is in the cluster before the pods are',
    }));
  }),
};
