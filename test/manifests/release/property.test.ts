import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { KedaTrigger, Pods as PodCount, Replicas, Rollout, RolloutEngine } from 'zero-downtime';
import { faultsIn } from './judged';
import { ALB, ClusterState, HEADER, HTTP_ROUTE, ISTIO, NGINX, steadyOf } from './native';
import { Pods } from './pods';
import { destinationsIn } from './routed';
import type { Manifest } from '../../../src/manifests/manifest';
import type { ReleaseStep, ReleaseSteps } from '../../../src/manifests/release/release-step';
import { releaseStepsOf } from '../../../src/manifests/release/release-steps';
import { Colour } from '../../../src/spec/rollout/rollout-engine';
import { planned, type Props } from '../../plan/declare';

const routers = fc.subarray([ISTIO, ALB, NGINX, HTTP_ROUTE]);
const maybe = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });

const replicas = fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 30 }), fc.constantFrom('fixed', 'cpu', 'keda')).map(([min, more, kind]) => {
  switch (kind) {
    case 'fixed': return Replicas.fixed(min);
    case 'cpu': return Replicas.autoscaled({ min, max: min + more });
    default: return Replicas.keda({ min, max: min + more, triggers: [KedaTrigger.cpu(70)] });
  }
});

const times = fc.record({ startsWithin: fc.integer({ min: 1, max: 200 }), longestRequest: fc.integer({ min: 1, max: 60 }) })
  .map(({ startsWithin, longestRequest }) => ({ startsWithin: Duration.seconds(startsWithin), longestRequest: Duration.seconds(longestRequest) }));

const engine = RolloutEngine.native();
const shares = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }).map((steps) => steps.sort((a, b) => a - b));

/** A declaration, and the one that is in the cluster before it. */
interface Drawn {
  readonly before: Props;
  readonly props: Props;
  /** How many pods the load needs when the release begins, from 0 for the fewest to 1 for the most replicas. */
  readonly load: number;
}

const canaries = fc.record({
  traffic: routers.filter(({ length }) => length > 0), replicas, times, steps: shares, header: maybe(HEADER), isTest: fc.boolean(),
}).map((drawn) => {
  const rollout = drawn.isTest ? Rollout.abTest({ header: HEADER, engine }) : Rollout.canary({ steps: drawn.steps, header: drawn.header, engine });
  const props = { traffic: drawn.traffic, replicas: drawn.replicas, ...drawn.times, rollout };
  return { before: props, props };
});

const colours = fc.record({
  traffic: routers, replicas, times, previewPods: fc.option(fc.integer({ min: 20, max: 100 }), { nil: undefined }), isGreen: fc.boolean(),
}).map(({ traffic, replicas: declared, times: given, previewPods, isGreen }) => {
  const live = (isLiveGreen: boolean) => Rollout.blueGreen({
    // A preview of one pod is what was asked for, and a rule wants two.
    previewPods: previewPods === undefined || declared.max * previewPods <= 100 ? undefined : PodCount.percent(previewPods),
    engine: RolloutEngine.native({ live: isLiveGreen ? Colour.GREEN : Colour.BLUE }),
  });
  const props = { traffic, replicas: declared, ...given };
  return { before: { ...props, rollout: live(!isGreen) }, props: { ...props, rollout: live(isGreen) } };
});

const releases: fc.Arbitrary<Drawn> = fc.record({ declared: fc.oneof(canaries, colours), load: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ declared, load }) => ({ ...declared, load }));

beforeEach(() => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

/** A cluster in the middle of a release. */
class Release {
  readonly state: ClusterState;
  readonly steps: ReleaseSteps;
  private readonly pods: Pods;
  private readonly needed: number;

  constructor({ before, props, load }: Drawn) {
    this.state = new ClusterState(Object.values(steadyOf(before)));
    this.steps = releaseStepsOf(planned(props).planned)!;
    const { min, max } = props.replicas!;
    this.needed = Math.round(min + load * (max - min));
    this.pods = new Pods(this.needed);
    this.pods.settle(this.state);
  }

  /** Applies objects one by one; what is wrong with the routes at any moment. */
  faultsOfApplying({ id, manifests }: ReleaseStep): string[] {
    const faults = manifests.flatMap(({ id: object, manifest }) => {
      this.state.apply(manifest);
      return this.faults().map((fault) => `${id}, ${object}: ${fault}`);
    });
    this.pods.settle(this.state);
    return [...faults, ...this.faults().map((fault) => `after ${id}: ${fault}`)];
  }

  /** All that decides where requests go. */
  get routes(): Manifest[] {
    return this.state.ofKind('VirtualService', 'HTTPRoute', 'Ingress', 'Service', 'DestinationRule');
  }

  private faults(): string[] {
    const all = destinationsIn(this.state);
    const main = all.filter(({ isMain }) => isMain);
    return [
      ...all.filter(({ selector }) => selector === undefined).map(({ route }) => `${route} names what is not there`),
      ...[...new Set(main.map(({ route }) => route))].filter((route) => sum(main.filter((each) => each.route === route)) !== 100)
        .map((route) => `the weights of ${route} are not 100`),
      ...all.filter(({ weight, selector }) => weight > 0 && selector).flatMap(({ route, isMain, weight, selector }) => {
        const least = isMain ? Math.ceil(weight * this.needed / 100) : 1;
        const ready = this.pods.readyWith(this.state, selector!);
        return ready < least ? [`${route} sends ${weight} % to ${ready} pods, and ${least} are needed`] : [];
      }),
    ];
  }
}

function sum(destinations: readonly { readonly weight: number }[]): number {
  return destinations.reduce((total, { weight }) => total + weight, 0);
}

test('at every moment of a release each destination is there and has the pods that its share needs', () => {
  fc.assert(fc.property(releases, (drawn) => {
    const release = new Release(drawn);
    expect(release.steps.forward.flatMap((step) => release.faultsOfApplying(step))).toEqual([]);
  }), { numRuns: 100 });
});

test('from each step the way back leads to the routes that were there before, with enough pods at every moment', () => {
  fc.assert(fc.property(releases, fc.nat(), (drawn, at) => {
    const release = new Release(drawn);
    const { routes } = release;
    const returnable = release.steps.forward.findIndex(({ id }) => id === release.steps.noReturnFrom);
    release.steps.forward.slice(0, 1 + at % returnable).forEach((step) => release.faultsOfApplying(step));
    expect(release.steps.rollback.flatMap((step) => release.faultsOfApplying(step))).toEqual([]);
    expect(release.routes).toEqual(routes);
  }), { numRuns: 100 });
});

test('applying a step again changes nothing', () => {
  fc.assert(fc.property(releases, (drawn) => {
    const release = new Release(drawn);
    release.steps.forward.forEach((step) => {
      release.faultsOfApplying(step);
      const once = JSON.stringify(release.state.manifests);
      release.faultsOfApplying(step);
      expect(JSON.stringify(release.state.manifests)).toBe(once);
    });
  }), { numRuns: 30 });
});

test('no finding, and every workload proved, between releases and after each step', () => {
  fc.assert(fc.property(releases, (drawn) => {
    const { state, steps } = new Release(drawn);
    expect(faultsIn(state)).toEqual([]);
    steps.forward.forEach((step) => {
      state.applyStep(step);
      expect(faultsIn(state).map((fault) => `${step.id}: ${fault}`)).toEqual([]);
    });
  }), { numRuns: 12 });
});
