import * as k8s from '@pulumi/kubernetes/core/v1';
import * as pulumi from '@pulumi/pulumi';
import {
  Env, EnvFrom, External, Health, Protocol, ServiceAccount, Traffic, Volume, ZeroDowntimeService, type ZeroDowntimeServiceArgs,
} from 'zero-downtime/pulumi';
import { declare, SOUND } from './declare';
import { known, objectOf, run, type Registered, secretsIn, unknownsIn, UNKNOWN_VALUE } from './program';

type Given = pulumi.Input<string>;

/** Where a text is given, a text that may stand there, and the resources and paths that it ends in. */
type Case = readonly [field: string, text: string, args: (given: Given) => Partial<ZeroDowntimeServiceArgs>, paths: readonly string[]];

const CONTAINER = 'payments-deployment spec.template.spec.containers.0';
const POD = 'payments-deployment spec.template';
const way = (traffic: Traffic) => ({ traffic: [traffic] });
const gateways = [{ name: 'public' }];

const CASES: readonly Case[] = [
  ['image', 'r/payments:7', (image) => ({ image }), [`${CONTAINER}.image`]],
  ['command', 'run', (given) => ({ command: ['/bin/sh', given] }), [`${CONTAINER}.command.1`]],
  ['args', '--fast', (given) => ({ args: [given] }), [`${CONTAINER}.args.0`]],
  ['podAnnotations', 'any text: at all', (given) => ({ podAnnotations: { 'example.com/a': given } }), [`${POD}.metadata.annotations.example.com/a`]],
  ['imagePullSecrets', 'registry', (given) => ({ imagePullSecrets: [given] }), [`${POD}.spec.imagePullSecrets.0.name`]],
  ['nodeSelector', 'arm64', (given) => ({ nodeSelector: { 'kubernetes.io/arch': given } }), [`${POD}.spec.nodeSelector.kubernetes.io/arch`]],
  ['priorityClassName', 'high', (given) => ({ priorityClassName: given }), [`${POD}.spec.priorityClassName`]],
  ['env', 'a value', (given) => ({ env: { A: given } }), [`${CONTAINER}.env.#A.value`]],
  ['Env.value', 'a value', (given) => ({ env: { A: Env.value(given) } }), [`${CONTAINER}.env.#A.value`]],
  ['Env.secretKey', 'db', (given) => ({ env: { A: Env.secretKey(given, 'k') } }), [`${CONTAINER}.env.#A.valueFrom.secretKeyRef.name`]],
  ['Env.configKey', 'settings', (given) => ({ env: { A: Env.configKey(given, 'k') }, externals: [External.configMap('settings')] }), [`${CONTAINER}.env.#A.valueFrom.configMapKeyRef.name`]],
  ['EnvFrom.config', 'settings', (given) => ({ envFrom: [EnvFrom.config(given)], externals: [External.configMap('settings')] }), [`${CONTAINER}.envFrom.0.configMapRef.name`]],
  ['EnvFrom.secret', 'db', (given) => ({ envFrom: [EnvFrom.secret(given)] }), [`${CONTAINER}.envFrom.0.secretRef.name`]],
  ['Volume.claim', 'data', (given) => ({ volumes: { '/data': Volume.claim(given) } }),
    [`${POD}.spec.volumes.0.persistentVolumeClaim.claimName`, `${POD}.spec.volumes.0.name`, `${CONTAINER}.volumeMounts.0.name`]],
  ['Volume.secret', 'db', (given) => ({ volumes: { '/data': Volume.secret(given) } }),
    [`${POD}.spec.volumes.0.secret.secretName`, `${POD}.spec.volumes.0.name`, `${CONTAINER}.volumeMounts.0.name`]],
  ['Volume.config', 'settings', (given) => ({ volumes: { '/data': Volume.config(given) }, externals: [External.configMap('settings')] }),
    [`${POD}.spec.volumes.0.configMap.name`, `${POD}.spec.volumes.0.name`, `${CONTAINER}.volumeMounts.0.name`]],
  ['config', 'info', (given) => ({ config: { LOG_LEVEL: given } }),
    ['payments-config data.LOG_LEVEL', 'payments-config metadata.name', `${CONTAINER}.envFrom.0.configMapRef.name`]],
  ['configMaps', 'a: 1', (given) => ({ configMaps: { rules: { 'a.yaml': given } }, env: { A: Env.configKey('rules', 'a.yaml') } }),
    ['payments-config-rules data.a.yaml', 'payments-config-rules metadata.name', `${CONTAINER}.env.#A.valueFrom.configMapKeyRef.name`]],
  ['ServiceAccount.create', 'arn:aws:iam::1:role/a', (given) => ({ serviceAccount: ServiceAccount.create({ annotations: { 'eks.amazonaws.com/role-arn': given } }) }),
    ['payments-service-account metadata.annotations.eks.amazonaws.com/role-arn']],
  ['ServiceAccount.existing', 'robot', (given) => ({ serviceAccount: ServiceAccount.existing(given) }), [`${POD}.spec.serviceAccountName`]],
  ['an initContainer', 'r/init:7', (given) => ({ initContainers: [{ name: 'init', image: given }] }), [`${POD}.spec.initContainers.0.image`]],
  ['a sidecar', '--port', (given) => ({ sidecars: [{ name: 'side', image: 'r/side:1', args: [given] }] }), [`${POD}.spec.initContainers.0.args.0`]],
  ['awsLoadBalancer.hosts', 'a.example.com', (given) => way(Traffic.awsLoadBalancer({ hosts: [given] })), ['payments-alb-ingress spec.rules.0.host']],
  ['awsLoadBalancer.certificateArn', 'arn:aws:acm:1', (given) => way(Traffic.awsLoadBalancer({ certificateArn: given })),
    ['payments-alb-ingress metadata.annotations.alb.ingress.kubernetes.io/certificate-arn']],
  ['awsLoadBalancer.annotations', 'internal', (given) => way(Traffic.awsLoadBalancer({ annotations: { 'alb.ingress.kubernetes.io/tags': given } })),
    ['payments-alb-ingress metadata.annotations.alb.ingress.kubernetes.io/tags']],
  ['networkLoadBalancer.certificateArn', 'arn:aws:acm:1', (given) => way(Traffic.networkLoadBalancer({ certificateArn: given })),
    ['payments-network-load-balancer metadata.annotations.service.beta.kubernetes.io/aws-load-balancer-ssl-cert']],
  ['networkLoadBalancer.hosts', 'a.example.com', (given) => way(Traffic.networkLoadBalancer({ hosts: [given] })),
    ['payments-network-load-balancer metadata.annotations.external-dns.alpha.kubernetes.io/hostname']],
  ['istio.hosts', 'a.example.com', (given) => way(Traffic.istio({ hosts: [given] })), ['payments-virtual-service spec.hosts.#']],
  ['ingressNginx.hosts', 'a.example.com', (given) => way(Traffic.ingressNginx({ hosts: [given] })), ['payments-nginx-ingress spec.rules.0.host']],
  ['ingressNginx.tlsSecret', 'tls', (given) => way(Traffic.ingressNginx({ hosts: ['a.example.com'], tlsSecret: given })), ['payments-nginx-ingress spec.tls.0.secretName']],
  ['ingressNginx.annotations', 'on', (given) => way(Traffic.ingressNginx({ hosts: ['a.example.com'], annotations: { 'example.com/a': given } })),
    ['payments-nginx-ingress metadata.annotations.example.com/a']],
  ['httpRoute.hosts', 'a.example.com', (given) => way(Traffic.httpRoute({ gateways, hosts: [given] })), ['payments-http-route spec.hostnames.0']],
  ['grpcRoute.hosts', 'a.example.com', (given) => ({ protocol: Protocol.GRPC, health: Health.grpc(), ...way(Traffic.grpcRoute({ gateways, hosts: [given] })) }),
    ['payments-grpc-route spec.hostnames.0']],
];

/** Names that a plain text must be declared for are declared, so that all ways of giving it make the same. */
const DECLARED = [External.secret('db'), External.secret('registry'), External.secret('tls')];

function declareWith([, , args]: Case, given: Given, isPreview = false) {
  const own = args(given);
  return declare({ ...own, externals: [...own.externals ?? [], ...DECLARED] }, { isPreview });
}

/** The paths at which a text stands in everything that is registered. */
function placesOf(resources: readonly Registered[], isIt: (value: unknown) => boolean): string[] {
  return resources.flatMap((resource) => placesIn(objectOf(resource), isIt).map((path) => `${resource.name} ${path}`));
}

function placesIn(value: unknown, isIt: (value: unknown) => boolean, path = ''): string[] {
  if (isIt(value)) {
    return [path];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, isIt, path === '' ? key : `${path}.${key}`)) : [];
}

/** `env.3.value` of a variable is `env.#A.value`, because the library's own variables stand before it. */
function canonical(path: string): string {
  return path.replace(/\.env\.\d+\.value/, '.env.#A.value').replace(/spec\.hosts\.\d+$/, 'spec.hosts.#');
}

function objectsOf(resources: readonly Registered[]) {
  return Object.fromEntries(resources.map((resource) => [resource.name, objectOf(resource)]));
}

describe.each(CASES)('%s', (...testCase) => {
  const [, text, args, paths] = testCase;
  const changed = [...paths].sort();

  test('arrives the same as a plain text, as a Promise, as an Output and as a secret', async () => {
    const plain = await declareWith(testCase, text);

    expect(placesOf(plain.resources, (value) => value === text).map(canonical)).toContain(paths[0]);
    for (const given of [Promise.resolve(text), pulumi.output(text), pulumi.secret(text), pulumi.output(Promise.resolve(text))]) {
      const { resources, failures } = await declareWith(testCase, given);
      expect(failures).toEqual([]);
      expect(objectsOf(resources)).toEqual(objectsOf(plain.resources));
    }
  });

  test('stays a secret where it stands and where its name follows from it, and nothing else becomes one', async () => {
    const { resources } = await declareWith(testCase, pulumi.secret(text));

    expect(resources.flatMap(({ name, sent }) => secretsIn(sent).map((path) => canonical(`${name} ${path}`))).sort()).toEqual(changed);
    const { resources: open } = await declareWith(testCase, pulumi.output(text));
    expect(open.flatMap(({ sent }) => secretsIn(sent))).toEqual([]);
  });

  test('stays unknown in a preview, and nothing else becomes unknown', async () => {
    const { resources, failures } = await run(() => {
      const maker = new k8s.Namespace('maker');
      const own = args(maker.id);
      return new ZeroDowntimeService('payments', { ...SOUND, ...own, externals: [...own.externals ?? [], ...DECLARED] });
    }, { isPreview: true });

    expect(failures).toEqual([]);
    expect(resources.flatMap(({ name, sent }) => unknownsIn(sent).map((path) => canonical(`${name} ${path}`))).sort()).toEqual(changed);
  });

  test('makes what it stands in depend on what it comes from, and nothing else', async () => {
    const { resources } = await run(() => {
      const maker = new k8s.Namespace('maker', { metadata: { name: text } });
      const own = args(maker.metadata.name);
      return new ZeroDowntimeService('payments', { ...SOUND, ...own, externals: [...own.externals ?? [], ...DECLARED] });
    });

    const dependent = resources.filter(({ inputDependsOn }) => Object.values(inputDependsOn).some((names) => names.includes('maker'))).map(({ name }) => name);
    expect(dependent.sort()).toEqual([...new Set(paths.map((path) => path.split(' ')[0]))].sort());
  });
});

describe('a label', () => {
  test('arrives at every object, as secret and as unknown as it is', async () => {
    const secret = await declare({ labels: { team: pulumi.secret('shop') } });
    const unknown = await run(() => new ZeroDowntimeService('payments', { ...SOUND, labels: { team: new k8s.Namespace('maker').id } }), { isPreview: true });

    const own = secret.resources.filter(({ isCustom }) => isCustom);
    expect(own.map((resource) => objectOf(resource).metadata.labels.team)).toEqual(own.map(() => 'shop'));
    expect(own.filter(({ sent }) => !secretsIn(sent).includes('metadata.labels.team'))).toEqual([]);
    expect(new Set(own.flatMap(({ sent }) => secretsIn(sent)))).toEqual(new Set(['metadata.labels.team', 'spec.template.metadata.labels.team']));
    const others = unknown.resources.filter(({ name }) => name.startsWith('payments-'));
    expect(others.map((resource) => objectOf(resource).metadata.labels.team)).toEqual(others.map(() => UNKNOWN_VALUE));
  });
});

describe('a namespace', () => {
  test('arrives at every object, and in the texts that name it', async () => {
    const { resources, made } = await declare({ namespace: pulumi.output('shop'), traffic: [Traffic.istio({ hosts: ['a.example.com'] })] });

    const own = resources.filter(({ isCustom }) => isCustom).map(objectOf);
    expect(own.map(({ metadata }) => metadata.namespace)).toEqual(own.map(() => 'shop'));
    expect(await known(made.host)).toBe('payments.shop.svc');
  });

  test('that is unknown leaves everything else known', async () => {
    const { resources } = await run(() => new ZeroDowntimeService('payments', { ...SOUND, namespace: new k8s.Namespace('maker').id }), { isPreview: true });

    expect(resources.filter(({ isCustom }) => isCustom).flatMap(({ sent }) => unknownsIn(sent)).filter((path) => path !== 'metadata.namespace')).toEqual([]);
  });
});

describe('a value that stands beside others', () => {
  test('is not taken for theirs', async () => {
    const { resources } = await declare({ env: { A: pulumi.output('one'), B: pulumi.secret('two'), C: 'three' } });

    const deployment = resources.find(({ name }) => name === 'payments-deployment')!;
    const { env } = objectOf(deployment).spec.template.spec.containers[0];
    expect(env.filter(({ name }: { name: string }) => name.length === 1)).toEqual([
      { name: 'A', value: 'one' }, { name: 'B', value: 'two' }, { name: 'C', value: 'three' },
    ]);
    expect(secretsIn(deployment.sent).length).toBe(1);
  });

  test('may be given in several places, and is one value', async () => {
    const host = pulumi.output('a.example.com');
    const traffic = [Traffic.istio({ hosts: [host] }), Traffic.httpRoute({ gateways, hosts: [host] })];
    const { resources } = await declare({ env: { HOST: host }, traffic });

    expect(placesOf(resources, (value) => value === 'a.example.com').map(canonical).sort()).toEqual([
      'payments-deployment spec.template.spec.containers.0.env.#A.value', 'payments-http-route spec.hostnames.0', 'payments-virtual-service spec.hosts.#',
    ]);
  });

  test('is held against what each place demands, wherever it was given first', async () => {
    const text = pulumi.output('Not a Name');
    const { failures } = await declare({ env: { A: Env.value(text) }, priorityClassName: text }, { fails: true });

    expect(failures.map(String)).toEqual([expect.stringMatching(/\[payments\] priorityClassName "Not a Name" must be/)]);
  });
});

describe('a hostile text', () => {
  test.each([
    ['known-later-00000000-0z'], ['known-later-'], ['${HOME}'], ['$&$1$$'], ['{"a":[1]}'], ['\u0000'], ['(known later)'], ['toString'], ['__proto__'],
  ])('%j stays as it is, plain and later', async (text) => {
    for (const given of [text, pulumi.output(text)]) {
      const { resources, failures } = await declare({ env: { A: given }, config: { B: given }, podAnnotations: { c: given } });

      expect(failures).toEqual([]);
      expect(placesOf(resources, (value) => value === text).length).toBe(3);
    }
  });

  test.each(['toString', 'valueOf', 'length', 'hasOwnProperty', 'then'])('as a key, %s is a key like others', async (key) => {
    for (const given of ['a', pulumi.output('a')]) {
      const { resources, failures } = await declare({ config: { [key]: given }, env: { [key]: given }, podAnnotations: { [key]: given } });

      expect(failures).toEqual([]);
      expect(placesOf(resources, (value) => value === 'a').length).toBe(3);
    }
  });
});
