import type { NativeRelease, ReleaseShare } from './native-release';
import { ReleaseEnd } from './release-end';
import { releaseIndexIn, type IndexedStep, type ReleaseIndex } from './release-index';
import { stepOf, type ReleaseStep, type TrackedDeployment } from './release-step';
import { percentTo, sendsTo, sentBy } from './route-shares';
import { destinationsIn, type Destinations } from './tracks';
import type { Cluster } from '../cluster/cluster';
import { annotationsOf, objectText, type ClusterObject } from '../cluster/identity';
import { quoted } from '../reading/quoted';

const PROPAGATION = 'zero-downtime/propagation-seconds.';
const PREPARED = new Set(['Service', 'ConfigMap', 'DestinationRule']);

/** Reads the one release that manifests hold. Ends the command where they hold none, several, parts of one, or one of another engine. */
export function releaseOf(cluster: Cluster): NativeRelease {
  const index = releaseIndexIn(cluster.objects);
  const [preparation, ...steps] = stepsOf(cluster, index, index.steps);
  const rollback = stepsOf(cluster, index, index.rollback);
  const deployments = [...steps, ...rollback].flatMap((step) => step.deployments);
  const [next, last] = index.kind === 'blueGreen' ? coloursOf(deployments, index) : ['canary', 'stable'];
  [next, last].forEach((track) => deployments.some((one) => one.track === track)
    || refuse(`${objectText(index.object)} has no step with a Deployment of the track ${quoted(track)}; synthesize the release again`));
  const destinations = destinationsIn(cluster);
  const first = promotionStart(steps, index.kind === 'blueGreen', next, last);
  const promotion = steps.slice(first);
  // Under blue-green the pods that take all traffic belong to the promotion, and can be made before it as well.
  const growth = steps.filter((_, at) => at < first || index.kind === 'blueGreen');
  const routes = [...steps, ...rollback].flatMap((step) => step.routes);
  return {
    kind: index.kind === 'blueGreen' ? 'blueGreen' : 'canary',
    namespace: index.object.namespace,
    name: index.service,
    next,
    last,
    destinations,
    growth,
    promotion,
    rollback,
    deployments: new Map(deployments.map(({ object, track }) => [track, object])),
    routes: [...new Map(routes.map((route) => [objectText(route), route])).values()],
    prepared: (preparation?.others ?? []).filter(({ kind }) => PREPARED.has(kind)),
    shares: index.kind === 'blueGreen' ? [] : sharesOf(growth, next, destinations),
    stable: promotion.flatMap((step) => step.deployments).find(({ track, pods }) => track === last && pods !== 0),
    propagationSeconds: propagationOf(deployments.map(({ object }) => object)),
  };
}

function stepsOf(cluster: Cluster, index: ReleaseIndex, indexed: readonly IndexedStep[]): ReleaseStep[] {
  return indexed.map((step) => {
    const objects = cluster.objects.filter(({ field }) => fileOf(field.object.source.name) === step.file);
    if (objects.length === 0) {
      refuse(`${objectText(index.object)} names the file ${quoted(step.file)}, which is not among those read or holds no object; give the whole folder of the release`);
    }
    return stepOf(step, objects);
  });
}

function fileOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Of two colours the next is the one that gets pods before the release is over. */
function coloursOf(deployments: readonly TrackedDeployment[], index: ReleaseIndex): readonly [next: string, last: string] {
  const next = deployments.find(({ pods }) => pods !== 0)?.track
    ?? refuse(`${objectText(index.object)} has no step that makes pods; synthesize the release again`);
  return [next, next === 'blue' ? 'green' : 'blue'];
}

/** A canary's promotion begins where the stable version changes; that of a colour with all the pods that it needs. */
function promotionStart(steps: readonly ReleaseStep[], isBlueGreen: boolean, next: string, last: string): number {
  const makes = (track: string) => ({ deployments }: ReleaseStep) => deployments.some((one) => one.track === track && one.pods !== 0);
  const at = isBlueGreen ? steps.map(makes(next)).lastIndexOf(true) : steps.findIndex(makes(last));
  return at < 0 ? steps.length : at;
}

function sharesOf(growth: readonly ReleaseStep[], next: string, destinations: Destinations): ReleaseShare[] {
  const shares: ReleaseShare[] = [];
  let pods: ReleaseStep[] = [];
  for (const step of growth) {
    pods = step.deployments.some(({ track }) => track === next) ? [step] : pods;
    const sent = step.routes.flatMap((route) => sentBy(route, destinations));
    if (sendsTo(next, sent)) {
      shares.push({ percent: Math.round(percentTo(next, sent) * 100) / 100, steps: [...new Set([...pods, step])] });
    }
  }
  return shares;
}

/** The slowest way in decides. */
function propagationOf(deployments: readonly ClusterObject[]): number {
  const seconds = deployments.flatMap((object) => [...annotationsOf(object)])
    .filter(([key]) => key.startsWith(PROPAGATION))
    .map(([key, value]) => /^\d+$/.test(value) ? Number(value) : refuse(`annotation ${key} ${quoted(value)} must be a whole number of seconds; correct it`));
  return seconds.length > 0 ? Math.max(...seconds)
    : refuse(`no Deployment of the release has an annotation ${PROPAGATION}…, so it is unknown how long a change of weights takes; synthesize the release again`);
}

function refuse(message: string): never {
  throw new ReleaseEnd('BAD_INPUT', message);
}
