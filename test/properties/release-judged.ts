import { Yaml } from 'cdk8s';
import { Colour, type RolloutEngine, StableScale, type Traffic } from 'zero-downtime';
import type { LegalDeclaration } from './arbitraries';
import { Assumptions } from '../../src/assumptions/assumptions';
import { checkCluster, contextOf } from '../../src/checks/check-cluster';
import { clusterOf } from '../../src/cluster/cluster';
import type { Manifest, Rendered } from '../../src/manifests/manifest';
import { releaseStepsOf } from '../../src/manifests/release/release-steps';
import { renderService } from '../../src/manifests/render';
import { planService, type PlannedService } from '../../src/plan/plan-service';
import { readText } from '../../src/reading/read-text';
import { DeclarationError } from '../../src/spec/declaration-error';
import type { WayVerdict } from '../../src/verify/verdict';
import { verifyCluster } from '../../src/verify/verify-cluster';
import { givenOf } from '../support/checked';

/** The plan of a whole declaration, or what is wrong with it. */
export function planOf({ namespace, props }: LegalDeclaration): PlannedService | readonly string[] {
  try {
    return planService({ name: props.name!, namespace, path: 'shop/service', props });
  } catch (error) {
    if (error instanceof DeclarationError) {
      return error.problems;
    }
    throw error;
  }
}

/** What is in a cluster before a release: in blue-green the other colour is live. */
export function beforeOf({ planned }: PlannedService): Rendered[] {
  const { rollout } = planned;
  if (rollout.kind !== 'blueGreen' || rollout.engine.kind !== 'native') {
    return renderService(planned);
  }
  const live = rollout.live === Colour.GREEN ? Colour.BLUE : Colour.GREEN;
  return renderService({ ...planned, rollout: { ...rollout, live } });
}

/** What is in a cluster between releases, and the steps of a release that a pipeline applies, where there are any. */
export interface Made {
  readonly steady: readonly Rendered[];
  readonly steps: ReadonlyArray<{ readonly id: string; readonly manifests: readonly Rendered[] }>;
}

export function madeOf({ planned }: PlannedService): Made {
  const release = planned.rollout.kind === 'rolling' ? undefined : releaseStepsOf(planned);
  return { steady: renderService(planned), steps: release ? [...release.forward, ...release.rollback] : [] };
}

export function manifestsOf({ steady, steps }: Made): Manifest[] {
  return [steady, ...steps.map(({ manifests }) => manifests)].flatMap((rendered) => rendered.map(({ manifest }) => manifest));
}

/** Legal in a text, and refused by whoever reads a file, because it mostly means that the file is in another encoding. */
const UNREADABLE = /[\ufffd-\uffff]/g;

/** What a stranger finds wrong with manifests: findings above info that nobody accepted, and ways in that are not proved. */
export function faultsIn(manifests: readonly Manifest[], declaration: LegalDeclaration): string[] {
  const { oracle, props } = declaration;
  const reading = readText('synthesized.yaml', Yaml.stringify(...manifests).replace(UNREADABLE, '?'));
  const { cluster, problems } = clusterOf(reading.objects);
  const settings = { assumptions: new Assumptions(givenOf(assumedOf(props))), kubernetesMinor: oracle.kubernetesMinor, ignores: [] };
  const checked = checkCluster(cluster, settings);
  const { workloads } = verifyCluster(contextOf(cluster, settings));
  return [
    ...[...reading.problems, ...problems, ...checked.problems].map(({ message }) => message),
    ...checked.findings.filter(({ ignored, severity, ruleId }) => !ignored && severity !== 'info' && !isDeclared(ruleId, declaration))
      .map(({ ruleId, object, message }) => `${ruleId}: ${object}: ${message}`),
    ...workloads.flatMap(({ workload, ways }) => ways.flatMap((way) => lostIn(way, props).map((lost) => `${workload} ${way.path}: ${lost}`))),
  ];
}

/** What a declaration asks for and is told of: nobody accepted it as a risk. */
function isDeclared(ruleId: string, { props, oracle }: LegalDeclaration): boolean {
  const { traffic = [], image, rollout, replicas, initContainers = [], sidecars = [] } = props;
  const released = rollout && rollout._spec.kind !== 'rolling' ? rollout._spec : undefined;
  switch (ruleId) {
    case 'session-affinity': return traffic.some(isSticky) || (released?.kind === 'canary' && released.sessionCookie !== undefined);
    case 'keep-alive-too-short': return knowsIdleTimeout(props);
    case 'retries-unsafe': return oracle.idempotentRetries === true;
    case 'moving-image-tag': return [{ image }, ...initContainers, ...sidecars].some((container) => container.image.endsWith(':latest'));
    case 'single-replica': return replicas?.min === 1;
    case 'rollout-dynamic-stable-scale': return isDynamic(released?.engine);
    default: return false;
  }
}

/** How long a controller keeps idle connections is in no manifest. */
function knowsIdleTimeout({ traffic = [] }: LegalDeclaration['props']): boolean {
  return traffic.some(({ _spec }) => (_spec.kind === 'ingressNginx' && _spec.options.upstreamKeepaliveTimeout !== undefined)
    || ((_spec.kind === 'httpRoute' || _spec.kind === 'grpcRoute') && _spec.options.upstreamIdleTimeout !== undefined));
}

function isDynamic(engine: RolloutEngine['_spec'] | undefined): boolean {
  return engine?.kind === 'argoRollouts' && engine.stableScale === StableScale.DYNAMIC;
}

function isSticky({ _spec }: Traffic): boolean {
  return (_spec.kind === 'clusterInternal' && _spec.options.clientIpAffinity !== undefined)
    || (_spec.kind === 'awsLoadBalancer' && _spec.options.stickiness !== undefined);
}

/** Requests that a way in loses, apart from those that no plan could keep. */
function lostIn({ verdict, reason, answers }: WayVerdict, props: LegalDeclaration['props']): string[] {
  const { shutdown, replicas } = props;
  const unkept = [
    // A program that exits at once resets connections that clients keep.
    ...(shutdown?.isDraining && !knowsIdleTimeout(props) ? [] : ['no request is sent on a kept connection']),
    // Who evicts the only pod leaves none.
    ...(replicas?.min === 1 ? ['a successor serves before the pods that are all ending stop', 'some pod is always there to be sent requests'] : []),
  ];
  const lost = answers.filter(({ holds }) => !holds).map(({ question, inequality }) => `${question}: ${inequality}`);
  const told = lost.filter((answer) => !unkept.some((question) => answer.startsWith(question)));
  return verdict === 'PROVED' || (told.length === 0 && lost.length > 0) ? [] : [`${verdict} ${reason ?? ''} ${told.join('; ')}`];
}

/** A class of the user's own does not tell a stranger which controller serves it. */
function assumedOf({ traffic = [] }: LegalDeclaration['props']): Record<string, number> {
  const times = traffic.map(({ _spec }) => _spec.kind === 'ingressNginx' ? _spec.options.propagation?.toSeconds() ?? 10
    : _spec.kind === 'awsLoadBalancer' ? _spec.options.propagation?.toSeconds() ?? 60 : 0);
  return { 'propagation-seconds.otherIngress': Math.max(0, ...times) };
}
