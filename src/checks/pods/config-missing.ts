import type { Rule } from '../rule';
import { configReferencesOf, isMadeByAnother, keysOf, referredObjectsOf } from './config-references';
import { exampleOf } from './example';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: payments }\ndata: { currency: EUR }';
const env = (key: string) => `[{ name: CURRENCY, valueFrom: { configMapKeyRef: { name: payments, key: ${key} } } }]`;

/** A key that a pod needs is in its ConfigMap or Secret. */
export const CONFIG_MISSING: Rule = {
  id: 'config-missing',
  severity: 'error',
  title: 'A ConfigMap or Secret has the keys that pods need of it.',
  why: 'A container whose environment names a key that is not there is not started (CreateContainerConfigError), and a volume that lists one is not mounted. '
    + 'New pods never become ready and the release stops; old ones go on only until they are moved to another node.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps-as-environment-variables',
    'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist',
  ],
  failing: exampleOf({ container: { env: env('curency') }, objects: [CONFIG] }),
  passing: exampleOf({ container: { env: env('currency') }, objects: [CONFIG] }),
  check: ({ cluster }) => cluster.workloads.filter(({ field }) => !field.get('spec', 'workloadRef').exists).flatMap((workload) =>
    configReferencesOf(workload.template).flatMap((reference) => {
      const { field, kind, name, key } = reference;
      const keys = referredObjectsOf(cluster, reference, workload.namespace).flatMap(keysOf);
      // An object without any key is a place that something else fills in.
      const isSound = key === undefined || keys.length === 0 || keys.includes(key) || isMadeByAnother(cluster, reference, workload.namespace);
      return isSound ? [] : [{
        object: workload,
        field,
        message: `${kind} ${name} has no key ${key}, so new pods cannot start`,
        actual: keys.slice(0, 10).join(', '),
        required: key,
        fix: `add ${key} to ${kind} ${name}, correct the key, or mark the reference as optional`,
      }];
    })),
};
