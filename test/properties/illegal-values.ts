import {
  Database, Env, External, Health, IstioRetries, KubernetesVersion, Metric, NetworkPeer, Pods, Probe, Replicas, Risk, Security, ServiceAccount,
  Shutdown, Spread, Volume,
} from 'zero-downtime';
import { found, Illegal, refused, seconds } from './illegal';
import { UNWRITABLE_TEXTS } from './text-arbitraries';

const NUMBERS: Illegal[] = [
  ...[0, -1, 65_536, 1.5, NaN, Infinity].flatMap((port) => [
    found(`port ${port}`, /port/, { port }),
    found(`servicePort ${port}`, /servicePort/, { servicePort: port }),
    refused(`probe port ${port}`, /port/, () => Health.http({ readiness: '/ready', port })),
    found(`sidecar port ${port}`, /sidecar "beside" port "metrics"/, { sidecars: [{ name: 'beside', image: 'a:1', ports: { metrics: port } }] }),
  ]),
  ...([['startsWithin', 0], ['startsWithin', 3601], ['longestRequest', 0], ['longestRequest', 3601], ['maxConnectionAge', 3601],
    ['keepAliveTimeout', 0], ['nodeDrainTimeout', 0]] as const)
    .map(([prop, amount]) => found(`${prop} ${amount}s`, new RegExp(prop), { [prop]: seconds(amount) })),
  ...[0, -1, 10_001, 2.5, NaN].flatMap((count) => [
    refused(`${count} replicas`, /Replicas.fixed count/, () => Replicas.fixed(count)),
    refused(`min ${count}`, /Replicas.autoscaled min/, () => Replicas.autoscaled({ min: count, max: 10_000 })),
    refused(`max ${count}`, /Replicas.autoscaled max/, () => Replicas.autoscaled({ min: 1, max: count })),
  ]),
  refused('max below min', /Replicas.autoscaled max 2 must be at least min 3/, () => Replicas.autoscaled({ min: 3, max: 2 })),
  ...[-1, 10_001, 0.5].map((count) => refused(`a count of ${count} pods`, /Pods.count/, () => Pods.count(count))),
  ...[-1, 101, 0.5].map((percent) => refused(`${percent} % of the pods`, /Pods.percent/, () => Pods.percent(percent))),
  ...[0, 1001, 1.5].map((percent) => refused(`a CPU target of ${percent} %`, /Metric.cpu percent/, () => Metric.cpu(percent))),
  ...['0', '-1', '1 k', ''].map((target) => refused(`a metric target ${JSON.stringify(target)}`, /metric target/, () => Metric.pods('rate', target))),
  refused('a pool of no connection', /poolSize/, () => Database.postgres({ poolSize: 0, maxConnections: 10 })),
  refused('a negative reserve', /reservedConnections/, () => Database.mysql({ poolSize: 1, maxConnections: 10, reservedConnections: -1 })),
  refused('no zone', /zones/, () => Spread.preferred({ zones: 0 })),
  refused('a drain of no time', /Shutdown.drains within/, () => Shutdown.drains({ within: seconds(0) })),
  refused('the root user', /Security.restricted user/, () => Security.restricted({ user: 0 })),
  // The API server's bound, k8s.io/apimachinery's IsValidUserID: 31 bits.
  refused('a user above the API server\'s bound', /Security.restricted user/, () => ({ security: Security.restricted({ user: 2_147_483_648 }) })),
  refused('a group above the API server\'s bound', /Security.restricted group/, () => ({ security: Security.restricted({ group: 2_147_483_648 }) })),
  // Pods and failures are counted in whole numbers.
  found('half a pod', /maxDisrupted 1.5/, () => ({ replicas: Replicas.fixed(3), rollout: undefined, overrides: { maxDisrupted: 1.5 } })),
  ...['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) =>
    found(`half a failure of the ${probe}`, new RegExp(`${probe}.failureThreshold`), { overrides: { [probe]: { failureThreshold: 4000.5 } } })),
  refused('no retry', /IstioRetries attempts/, () => IstioRetries.safe({ attempts: 0 })),
  refused('a version before 1.27', /kubernetesVersion/, () => KubernetesVersion.of('1.26')),
];

const LONG = 'a'.repeat(64);

const NAMES: Illegal[] = [
  ...['', 'A', '1a', 'a_b', 'a.b', '-a', 'a-', 'a'.repeat(53), 'a b', 'ä', 'a\n'].map((name) => found(`the name ${JSON.stringify(name)}`, /\bname\b/, { name })),
  ...['', 'payments', 'a:1 ', 'UPPER:1', 'a:', 'http://a/b:1', 'a b:1', 'a@sha256:12'].map((image) => found(`the image ${JSON.stringify(image)}`, /^\[[^\]]+\].*image/s, { image })),
  ...['', 'ready', '/a b', '/a\n'].map((path) => refused(`the probe path ${JSON.stringify(path)}`, /probe path/, () => Probe.http(path))),
  ...['1A', 'A-B', '', 'A=B', 'ZERO_DOWNTIME_X'].map((name) => found(`the variable ${JSON.stringify(name)}`, /env/, { env: { [name]: Env.value('x') } })),
  ...['1A', 'A-B', ''].map((name) => found(`the config ${JSON.stringify(name)}`, /config/, { config: { [name]: 'x' } })),
  ...UNWRITABLE_TEXTS.flatMap((text) => [
    found(`the config value ${JSON.stringify(text)}`, /ConfigMap .*data\.A/, { config: { A: text } }),
    found(`the argument ${JSON.stringify(text)}`, /Deployment .*args/, { args: ['run', text] }),
  ]),
  found('the config key "0o17"', /ConfigMap .*data\.0o17/, { configMaps: { rules: { '0o17': 'x' } } }),
  // cdk8s cannot write an object that has this key of its own.
  found('the config "constructor"', /config name "constructor"/, { config: { constructor: 'x' } as never }),
  found('the config key "constructor"', /"constructor"/, { configMaps: { rules: { constructor: 'x' } as never } }),
  found('the label "constructor"', /label.*constructor/, { labels: { constructor: 'x' } as never, selector: undefined }),
  found('the pod annotation "constructor"', /podAnnotations.*constructor/, { podAnnotations: { constructor: 'x' } as never }),
  found('the node label "constructor"', /nodeSelector.*constructor/, { nodeSelector: { constructor: 'x' } as never }),
  // An object drops this key silently, and the value with it.
  found('the config "__proto__"', /__proto__/, { config: { ['__proto__']: 'x' } }),
  found('the config key "__proto__"', /__proto__/, { configMaps: { rules: { ['__proto__']: 'x' } } }),
  found('the ConfigMap name "config"', /configMaps name "config"/, { configMaps: { config: { key: 'x' } } }),
  ...['..', 'a/b', 'a b', '', 'a'.repeat(254)].map((key) => found(`the config key ${JSON.stringify(key)}`, /configMaps? .*key|configMap/, { configMaps: { rules: { [key]: 'x' } } })),
  ...['A', 'a_b', ''].map((name) => found(`the ConfigMap name ${JSON.stringify(name)}`, /configMaps?/, { configMaps: { [name]: { key: 'x' } } })),
  ...['', '-a', 'a/b/c', LONG, 'UPPER.example.com/a'].map((key) => found(`the label ${JSON.stringify(key)}`, /label/, { labels: { [key]: 'x' } })),
  ...['-', 'a b', LONG, 'ä'].map((value) => found(`the label value ${JSON.stringify(value)}`, /label "team"/, { labels: { team: value } })),
  found('a label of the library\'s own', /app.kubernetes.io\/name/, { labels: { 'app.kubernetes.io/name': 'x' } }),
  found('an annotation key with a space', /podAnnotations/, { podAnnotations: { 'a b': 'x' } }),
  refused('an annotation key of the ServiceAccount', /annotation/, () => ({ serviceAccount: ServiceAccount.create({ annotations: { 'a b': 'x' } }) })),
  found('a selector of nothing', /selector/, { selector: {} }),
  found('a selector that a label contradicts', /label "?team/, { selector: { team: 'a' }, labels: { team: 'b' } }),
  found('a selector key', /label/, { selector: { 'a b': 'x' }, labels: undefined }),
  found('a node label', /nodeSelector/, { nodeSelector: { 'a b': 'x' } }),
  found('a toleration effect', /toleration/, { tolerations: [{ effect: 'NoRun' }] }),
  // The API server: operator must be Exists when the key is empty, and then value must be empty.
  found('a toleration of a value without a key', /toleration/, { tolerations: [{ value: 'x' }] }),
  found('a priority class', /priorityClassName/, { priorityClassName: 'A B' }),
  found('the name of a pull Secret', /imagePullSecrets/, { imagePullSecrets: ['A B'] }),
  found('a relative mount path', /volume path/, { volumes: { data: Volume.emptyDir() } }),
  found('a mount path with a colon', /volume path/, { volumes: { '/a:b': Volume.emptyDir() } }),
  found('a mount path that ends with a slash', /volume path/, { volumes: { '/a/': Volume.emptyDir() } }),
  refused('a subPath that leaves the volume', /subPath/, () => ({ volumes: { '/a': Volume.claim('data', { subPath: '../b' }) } })),
  refused('an absolute subPath', /subPath/, () => ({ volumes: { '/a': Volume.claim('data', { subPath: '/b' }) } })),
  refused('an external name', /External Secret name/, () => External.secret('A_B')),
  refused('a ServiceAccount name', /ServiceAccount.existing name/, () => ServiceAccount.existing('A_B')),
  refused('a claim name', /Volume.claim claim/, () => Volume.claim('A_B')),
  ...['10.0.0.0', '10.0.0.0/33', '999.1.1.1/8', 'x/8', '10.0.0/8', 'fd00::/129', ':/8'].map((cidr) =>
    refused(`the range ${cidr}`, /NetworkPeer.cidr/, () => ({ allowFrom: [NetworkPeer.cidr(cidr)] }))),
  refused('a peer of an illegal namespace', /NetworkPeer.namespace/, () => ({ allowFrom: [NetworkPeer.namespace('A_B')] })),
  ...[[{ 'a b': 'x' }], [{ team: 'a b' }], [{}, { 'a b': 'x' }]].map((peer) =>
    refused(`a peer of the labels ${JSON.stringify(peer)}`, /label/i, () => ({ allowFrom: [NetworkPeer.pods(peer[0] as never, peer[1] as never)] }))),
  refused('a series of a metric', /label/i, () => ({
    replicas: Replicas.autoscaled({ min: 2, max: 3, metrics: [Metric.pods('rate', '1', { 'a b': 'x' })] }), rollout: undefined, overrides: undefined,
  })),
  ...['NET_ADMIN', 'ALL', ''].map((capability) =>
    refused(`the capability ${JSON.stringify(capability)}`, /addCapabilities/, () => Security.restricted({ addCapabilities: [capability] }))),
  refused('a blank reason', /reason/, () => Risk.singleReplica(' ')),
];

export const ILLEGAL_VALUES: readonly Illegal[] = [...NUMBERS, ...NAMES];
