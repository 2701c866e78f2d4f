import { count, found } from './found';
import { CONFIG_ABSENT } from '../../../src/checks/pods/config-absent';
import { CONFIG_MISSING } from '../../../src/checks/pods/config-missing';
import { exampleOf } from '../../../src/checks/pods/example';
import { LITERAL_SECRET } from '../../../src/checks/pods/literal-secret';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: payments }\ndata: { currency: EUR }\nbinaryData: { logo: AAAA }';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: payments-db }\nstringData: { password: x }\ndata: { user: eA== }';
const fromConfig = (key: string, optional = '') => ({ env: `[{ name: A, valueFrom: { configMapKeyRef: { name: payments, key: ${key}${optional} } } }]` });
const fromSecret = (key: string) => ({ env: `[{ name: A, valueFrom: { secretKeyRef: { name: payments-db, key: ${key} } } }]` });
const volume = (source: string) => ({ volumes: `[{ name: config, ${source} }]` });

describe('config-missing', () => {
  test('tells of a key that the ConfigMap does not have', () => {
    expect(found(CONFIG_MISSING, exampleOf({ container: fromConfig('curency'), objects: [CONFIG] }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key',
      message: 'ConfigMap payments has no key curency, so new pods cannot start',
      actual: 'currency, logo',
      required: 'curency',
      fix: 'add curency to ConfigMap payments, correct the key, or mark the reference as optional',
    }]);
  });

  test.each([
    ['a Secret', { container: fromSecret('pasword') }, 'containers[0].env[0].valueFrom.secretKeyRef.key'],
    ['a volume', { pod: volume('configMap: { name: payments, items: [{ key: currency, path: a }, { key: rate, path: b }] }') },
      'volumes[0].configMap.items[1].key'],
    ['a volume of a Secret', { pod: volume('secret: { secretName: payments-db, items: [{ key: tls.key, path: a }] }') }, 'volumes[0].secret.items[0].key'],
    ['a projected volume', { pod: volume('projected: { sources: [{ secret: { name: payments-db, items: [{ key: tls.key, path: a }] } }] }') },
      'volumes[0].projected.sources[0].secret.items[0].key'],
    ['an init container', { before: [{ name: 'migrate', ...fromConfig('rate') }] }, 'initContainers[0].env[0].valueFrom.configMapKeyRef.key'],
  ])('tells of a key that %s lacks', (_, parts, path) => {
    expect(found(CONFIG_MISSING, exampleOf({ ...parts, objects: [CONFIG, SECRET] })).map((finding) => finding.path)).toEqual([`spec.template.spec.${path}`]);
  });

  test.each([
    ['the key is there', { container: fromConfig('currency'), objects: [CONFIG] }],
    ['the key is among the binary data', { container: fromConfig('logo'), objects: [CONFIG] }],
    ['the key is among the data of a Secret', { container: fromSecret('user'), objects: [SECRET] }],
    ['the key is among the texts of a Secret', { container: fromSecret('password'), objects: [SECRET] }],
    ['the key is optional', { container: fromConfig('rate', ', optional: true'), objects: [CONFIG] }],
    ['the object is not read', { container: fromConfig('rate') }],
    ['the object is of another namespace', { container: fromConfig('rate'), objects: [CONFIG.replace('}', ', namespace: shop }')] }],
    ['the object is filled in by something else', {
      container: fromSecret('password'), objects: ['apiVersion: v1\nkind: Secret\nmetadata: { name: payments-db }'],
    }],
    ['an operator adds to it', {
      container: fromSecret('token'),
      objects: [SECRET, 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: any }\nspec: { target: { name: payments-db } }'],
    }],
    ['another description of the object has it', {
      container: fromConfig('rate'), objects: [CONFIG, CONFIG.replace('currency: EUR', 'rate: "1"')],
    }],
    ['the whole object is taken', { container: { envFrom: '[{ configMapRef: { name: payments } }]' }, objects: [CONFIG] }],
  ])('is silent where %s', (_, parts) => {
    expect(count(CONFIG_MISSING, exampleOf(parts))).toBe(0);
  });
});

describe('config-absent', () => {
  const others = CONFIG.replace('payments', 'orders');

  test('tells of an object that is not among those of its namespace', () => {
    expect(found(CONFIG_ABSENT, exampleOf({ container: fromConfig('currency'), objects: [others] }))).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key',
      message: 'ConfigMap payments is not among the manifests of namespace default, and pods do not start without it',
      fix: 'add it, correct its name, or make sure that it is in the cluster before the pods are',
    }]);
  });

  test('tells once of an object that is named twice', () => {
    const env = '[{ name: A, valueFrom: { configMapKeyRef: { name: payments, key: a } } }, { name: B, valueFrom: { configMapKeyRef: { name: payments, key: b } } }]';
    expect(count(CONFIG_ABSENT, exampleOf({ container: { env }, objects: [others] }))).toBe(1);
  });

  test.each([
    ['no other of its kind is read', { container: fromConfig('currency'), objects: [SECRET] }],
    ['others stand in another namespace alone', { container: fromConfig('currency'), objects: [others.replace('}', ', namespace: shop }')] }],
    ['it is optional', { container: fromConfig('currency', ', optional: true'), objects: [others] }],
    ['it is there', { container: fromConfig('rate'), objects: [CONFIG] }],
    ['it is in every namespace', { container: { envFrom: '[{ configMapRef: { name: kube-root-ca.crt } }]' }, objects: [others] }],
    ['an operator makes it under its own name', {
      container: { envFrom: '[{ secretRef: { name: sealed } }]' },
      objects: [SECRET, 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: sealed }'],
    }],
    ['cert-manager makes it', {
      pod: volume('secret: { secretName: payments-tls }'),
      objects: [SECRET, 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: any }\nspec: { secretName: payments-tls }'],
    }],
  ])('is silent where %s', (_, parts) => {
    expect(count(CONFIG_ABSENT, exampleOf(parts))).toBe(0);
  });
});

describe('literal-secret', () => {
  const env = (name: string, value: string) => exampleOf({ container: { env: `[{ name: PORT, value: "3000" }, { name: ${name}, value: ${value} }]` } });

  test('tells of a secret in the manifest, and does not repeat it', () => {
    const findings = found(LITERAL_SECRET, env('DB_PASSWORD', 'correct-horse'));
    expect(findings).toEqual([{
      object: 'Deployment default/payments',
      path: 'spec.template.spec.containers[0].env[1].value',
      message: 'DB_PASSWORD of container payments is written into the manifest, so each workload that uses it has a copy of its own, to be changed by a release',
      fix: 'put it into a Secret, and use valueFrom: { secretKeyRef: … }',
    }]);
    expect(JSON.stringify(findings)).not.toContain('horse');
  });

  test.each(['PASSWORD', 'API_KEY', 'STRIPE_APIKEY', 'GITHUB_TOKEN', 'CLIENT_SECRET', 'AWS_SECRET_ACCESS_KEY', 'db_password'])('knows %s', (name) => {
    expect(count(LITERAL_SECRET, env(name, 'correct-horse'))).toBe(1);
  });

  test.each(['PASSWORD_FILE', 'TOKEN_URL', 'SECRET_NAME', 'TOKEN_TTL', 'COMPASSWORD', 'API_KEY_HEADER'])('takes %s for something about a secret', (name) => {
    expect(count(LITERAL_SECRET, env(name, 'correct-horse'))).toBe(0);
  });

  test.each(['""', '$(DB_PASSWORD_2)', '/run/secrets/db', '"true"', '"30"', '"<set by the pipeline>"', 'vault:secret/data/db#password',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db'])('takes %s for none', (value) => {
    expect(count(LITERAL_SECRET, env('DB_PASSWORD', value))).toBe(0);
  });

  test('looks into init containers too', () => {
    const yaml = exampleOf({ before: [{ name: 'migrate', env: '[{ name: DB_PASSWORD, value: correct-horse }]' }] });
    expect(found(LITERAL_SECRET, yaml).map(({ path }) => path)).toEqual(['spec.template.spec.initContainers[0].env[0].value']);
  });
});
