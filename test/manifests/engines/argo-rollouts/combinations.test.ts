import { Yaml } from 'cdk8s';
import { refusalsOf } from './argo-validation';
import { walk } from './argo-walk';
import { combinations } from './combinations';
import { Assumptions } from '../../../../src/assumptions/assumptions';
import { checkCluster, contextOf } from '../../../../src/checks/check-cluster';
import { clusterOf } from '../../../../src/cluster/cluster';
import { readText } from '../../../../src/reading/read-text';
import { verifyCluster } from '../../../../src/verify/verify-cluster';
import { apiServerRules } from '../../../support/api-server-rules';
import { givenOf } from '../../../support/checked';
import { ClosedSchemas, describeWithSchemas, KUBERNETES_VERSIONS } from '../../../support/closed-schemas';

const ALL = combinations().map(({ title, ways, release }) => {
  const synthesized = release();
  return { title, ways, synthesized, read: clusterOf(readText('release.yaml', Yaml.stringify(...synthesized.objects)).objects) };
});
const SETTINGS = { assumptions: new Assumptions(givenOf({})), kubernetesMinor: 30, ignores: [] };

/** What is wrong with any of them, told with its title. */
function problemsOf(problems: (combination: typeof ALL[number]) => readonly string[]): string[] {
  return ALL.flatMap((combination) => problems(combination).map((problem) => `${combination.title}: ${problem}`));
}

const rolloutOf = ({ synthesized }: typeof ALL[number]) => synthesized.find('Rollout');

test('there are as many as the ways in and the strategies allow', () => {
  expect(ALL.length).toBeGreaterThan(150);
  expect(new Set(ALL.map(({ title }) => title)).size).toBe(ALL.length);
});

test('Argo Rollouts refuses none', () => {
  expect(problemsOf((combination) => refusalsOf(rolloutOf(combination)))).toEqual([]);
});

test('the API server refuses none', () => {
  expect(problemsOf(({ synthesized }) => synthesized.objects.flatMap((object) => apiServerRules(object)))).toEqual([]);
});

describeWithSchemas('closed schemas', () => {
  test.each(KUBERNETES_VERSIONS.filter((version) => version !== '1.27'))('of Kubernetes %s refuse none', (version) => {
    const schemas = ClosedSchemas.load(version);
    expect(problemsOf(({ synthesized }) => synthesized.objects.flatMap((object) => schemas.validate(object)))).toEqual([]);
  });
});

test('no two objects of a kind share a name, and none holds a field without a value', () => {
  expect(problemsOf(({ synthesized: { objects } }) => {
    const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    return [...names.filter((name, index) => names.indexOf(name) !== index), ...objects.filter((object) => hasNothing(object)).map(({ kind }) => `${kind} lacks a value`)];
  })).toEqual([]);
});

function hasNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.values(value).some(hasNothing));
}

test('whatever a Rollout names is there', () => {
  expect(problemsOf((combination) => namedBy(rolloutOf(combination).spec)
    .filter(([kind, name]) => !combination.synthesized.tryFind(kind, name)).map(([kind, name]) => `no ${kind} ${name}`))).toEqual([]);
});

/** The objects that a Rollout names, as kind and name. */
function namedBy({ strategy: { canary, blueGreen }, workloadRef }: any): Array<[string, string]> {
  const routing = canary?.trafficRouting;
  const plugin = routing?.plugins?.['argoproj-labs/gatewayAPI'];
  const services = [
    canary?.stableService, canary?.canaryService, canary?.pingPong?.pingService, canary?.pingPong?.pongService, routing?.alb?.rootService,
    blueGreen?.activeService, blueGreen?.previewService,
  ];
  const inSteps = (canary?.steps ?? []).map(({ analysis }: any) => analysis);
  const templates = [...inSteps, blueGreen?.prePromotionAnalysis, blueGreen?.postPromotionAnalysis];
  const named: Array<[string, string | undefined]> = [
    ...services.map((name): [string, string] => ['Service', name]),
    ...[routing?.alb?.ingress, routing?.nginx?.stableIngress].map((name): [string, string] => ['Ingress', name]),
    ['VirtualService', routing?.istio?.virtualService.name],
    ['DestinationRule', routing?.istio?.destinationRule?.name],
    ...(plugin?.httpRoutes ?? []).map(({ name }: any) => ['HTTPRoute', name]),
    ...(plugin?.grpcRoutes ?? []).map(({ name }: any) => ['GRPCRoute', name]),
    ...templates.map((analysis): [string, string] => ['AnalysisTemplate', analysis?.templates[0].templateName]),
    ['Deployment', workloadRef?.name],
  ];
  return named.filter((entry): entry is [string, string] => entry[1] !== undefined);
}

test('at every step there are pods for whatever is sent to the canary, and nothing is sent to it twice', () => {
  expect(problemsOf((combination) => {
    const { replicas = 4, strategy: { canary } } = rolloutOf(combination).spec;
    // An eviction may take one, but where the stable scale is dynamic there is no way to have more.
    const least = canary?.dynamicStableScale ? 1 : 2;
    return !canary?.trafficRouting ? [] : walk(canary, replicas).flatMap(({ step, weight, canaryPods, hasHeaderRoute, isMirrored }) => [
      ...(canaryPods < replicas * weight / 100 ? [`step ${step}: ${canaryPods} pods for ${weight} %`] : []),
      ...((hasHeaderRoute || isMirrored || weight > 0) && canaryPods < least ? [`step ${step}: ${canaryPods} pods`] : []),
      ...(isMirrored && weight > 0 ? [`step ${step}: a mirror beside a share`] : []),
    ]);
  })).toEqual([]);
});

test('no rule of ours finds an error or a weakness but what was declared', () => {
  expect(problemsOf(({ title, read: { cluster, problems } }) => {
    const { findings, problems: more } = checkCluster(cluster, SETTINGS);
    return [
      ...[...problems, ...more].map(({ message }) => message),
      ...findings.filter(({ severity }) => severity !== 'info')
        .filter(({ ruleId }) => !(ruleId === 'rollout-dynamic-stable-scale' && title.endsWith('a dynamic scale')))
        .map(({ ruleId, message }) => `${ruleId}: ${message}`),
    ];
  })).toEqual([]);
});

test('every way to the pods of a Rollout is proved', () => {
  let proved = 0;
  expect(problemsOf(({ read: { cluster } }) => {
    const { workloads, notJudged } = verifyCluster(contextOf(cluster, SETTINGS));
    const ways = workloads.flatMap((verified) => verified.ways);
    proved += ways.length;
    return [
      // A Deployment that is taken over is judged as the Rollout.
      ...notJudged.filter(({ because }) => !because.endsWith('has taken it over, and is judged')).map(({ workload, because }) => `${workload}: ${because}`),
      ...ways.filter(({ verdict }) => verdict !== 'PROVED').map(({ path, verdict, reason }) => `${path}: ${verdict} ${reason ?? ''}`),
    ];
  })).toEqual([]);
  expect(proved).toBeGreaterThan(ALL.length);
});
