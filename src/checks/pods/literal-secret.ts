import type { Container } from '../../cluster/container';
import type { Field } from '../../reading/field';
import type { Rule } from '../rule';
import { exampleOf } from './example';

/** What a secret is called in the environment. Names that go on mean something about it: its file, its length. */
const NAMES = /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)$/i;

/** Values that are no secret themselves: a reference, a path, a switch, a number, the place of one that a tool fills in. */
const REFERENCES = /^$|\$\(|^\$|^\/|^(?:true|false|yes|no|\d{1,4})$|^<.*>$|\{\{|^(?:vault|ref|arn|file|secretref):/i;

/** A secret is not written into a manifest. */
export const LITERAL_SECRET: Rule = {
  id: 'literal-secret',
  severity: 'info',
  title: 'A secret comes from a Secret rather than from the manifest.',
  why: 'A password that stands in the pod template is read by everybody who may read the manifest or its history, and each workload has a copy of it. To change it '
    + 'each of them is released, one after the other, and those that still have the old one are locked out meanwhile. From one Secret they all take the '
    + 'same at their next start.',
  sources: ['https://kubernetes.io/docs/concepts/configuration/secret/', 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  failing: exampleOf({ container: { env: '[{ name: DB_PASSWORD, value: correct-horse }]' } }),
  passing: exampleOf({ container: { env: '[{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: payments-db, key: password } } }]' } }),
  check: ({ cluster }) => cluster.workloads.filter(({ field }) => !field.get('spec', 'workloadRef').exists).flatMap((workload) => {
    const { containers, initContainers, sidecars } = workload.template;
    return [...initContainers, ...sidecars, ...containers].flatMap((container) => secretsOf(container).map((entry) => ({
      object: workload,
      field: entry.get('value'),
      message: `${entry.get('name').value} of container ${container.name} is written into the manifest, so each workload that uses it has a copy of its own, to be changed by a release`,
      fix: 'put it into a Secret, and use valueFrom: { secretKeyRef: … }',
    })));
  }),
};

function secretsOf({ field }: Container): readonly Field[] {
  return field.get('env').items().filter((entry) => {
    const value = entry.get('value');
    return NAMES.test(entry.get('name').written()) && value.exists && !REFERENCES.test(value.written());
  });
}
