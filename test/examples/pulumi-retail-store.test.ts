import { execFileSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import type { Registered } from '../../examples/pulumi-retail-store/mocked-stack';
import { preview } from '../../examples/pulumi-retail-store/preview';
import { declareStore } from '../../examples/retail-store/store';

const ROOT = join(__dirname, '../..');
const EXAMPLE = join(ROOT, 'examples/pulumi-retail-store');

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
}

let registered: Registered[];
let text: string;

beforeAll(async () => {
  ({ registered, text } = await preview());
  process.stdout.write(text);
}, 120_000);

/** What each object is called, which is the same whoever makes it. */
function byAddress(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  return new Map(objects.map((object) => [`${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]));
}

function inPulumi(): Map<string, KubernetesObject> {
  const objects = registered.filter(({ resource }) => pulumi.CustomResource.isInstance(resource));
  return byAddress(objects.map(({ inputs }) => inputs as unknown as KubernetesObject));
}

function inCdk8s(): Map<string, KubernetesObject> {
  const app = new App();
  declareStore(app);
  return byAddress(app.node.findAll().filter(Chart.isChart).flatMap((chart) => chart.toJson()));
}

/** Only Pulumi waits, so only there an object has to say that nobody should. */
function withoutAwaiting(object: KubernetesObject): KubernetesObject {
  const { 'pulumi.com/skipAwait': skipAwait, ...annotations } = object.metadata.annotations ?? {};
  expect([object.kind, skipAwait]).toEqual([object.kind, ['Service', 'Ingress'].includes(object.kind) ? 'true' : undefined]);
  const { annotations: all, ...metadata } = object.metadata;
  return { ...object, metadata: all !== undefined && Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata };
}

test('every object of the store in cdk8s is in that of Pulumi, the same but for what tells Pulumi not to wait', () => {
  const ours = inPulumi();
  const theirs = [...inCdk8s()];
  expect(theirs).toHaveLength(28);
  for (const [address, object] of theirs) {
    expect([address, ours.has(address)]).toEqual([address, true]);
    expect(withoutAwaiting(ours.get(address)!)).toEqual(object);
  }
});

test('beside them there are only the namespaces and Secrets, which something else makes for cdk8s', () => {
  const theirs = inCdk8s();
  const only = [...inPulumi().keys()].filter((address) => !theirs.has(address));
  expect(only.sort()).toEqual([
    'v1 Namespace /carts', 'v1 Namespace /catalog', 'v1 Namespace /checkout', 'v1 Namespace /orders', 'v1 Namespace /ui',
    'v1 Secret carts/carts-dynamodb', 'v1 Secret catalog/catalog-db', 'v1 Secret orders/orders-db',
  ]);
});

test('each object of a service is its child, and is named after it', () => {
  const services = registered.filter(({ type }) => type === 'zero-downtime:index:ZeroDowntimeService');
  expect(services.map(({ name }) => name)).toEqual(['catalog', 'carts', 'orders', 'checkout', 'ui']);
  const children = registered.filter(({ parent }) => parent !== undefined);
  expect(children).toHaveLength(28);
  for (const { parent, name, inputs } of children) {
    const service = services.find(({ resource }) => resource === parent)!.name;
    expect(name.startsWith(`${service}-`)).toBe(true);
    expect((inputs as unknown as KubernetesObject).metadata.namespace).toBe(service);
  }
});

test('the passwords reach the Secrets alone', () => {
  const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes('from-the-configuration'));
  expect(holders.map(({ name }) => name)).toEqual(['catalog-db', 'carts-dynamodb', 'orders-db']);
});

test('the tree and the outputs are told', () => {
  expect(text).toContain('5 services, 28 objects of theirs, 8 around them');
  expect(text).toMatch(/^└─ zero-downtime:index:ZeroDowntimeService {2}ui\n {3}├─ kubernetes:core\/v1:ServiceAccount {2}ui-service-account$/m);
  expect(text).toMatch(/^ {2}url +http:\/\/store\.example\.com\/$/m);
});

test('the project names a program that is there, and each value that the program asks for', () => {
  const { main, config } = parse(readFileSync(join(EXAMPLE, 'Pulumi.yaml'), 'utf8'));
  expect(existsSync(join(EXAMPLE, main))).toBe(true);
  const asked = ['store.ts', 'retail-service.ts'].flatMap((file) =>
    [...readFileSync(join(EXAMPLE, file), 'utf8').matchAll(/\.(?:requireSecret|get)\('(\w+)'\)/g)].map(([, key]) => `retail-store:${key}`));
  expect(asked.sort()).toEqual(Object.keys(config).sort());
});

test('one command prints the same, without Pulumi\'s command line', () => {
  const printed = execFileSync(process.execPath, [require.resolve('ts-node/dist/bin.js'), join(EXAMPLE, 'preview.ts')], { cwd: ROOT, encoding: 'utf8' });
  expect(printed).toBe(text);
}, 120_000);
