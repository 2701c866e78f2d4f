import { Duration } from 'cdk8s';
import {
  Health, IstioSplit, Pods, Promotion, Protocol, Replicas, StableScale, TakeOver, VersionAntiAffinity,
} from 'zero-downtime';
import { abTest, analysis, blueGreen, canary, HEADER, Released, Way, WAYS } from './released';
import type { Synthesized } from '../../synthesized';

/** One legal combination, by what it is made of. */
export interface Combination {
  readonly title: string;
  readonly ways: readonly Way[];
  readonly release: () => Synthesized;
}

interface Choice {
  readonly strategy: 'canary' | 'abTest' | 'blueGreen';
  readonly ways: readonly Way[];
  readonly hasHeader: boolean;
  readonly hasMirror: boolean;
  readonly hasAnalysis: boolean;
  readonly istioSplit: IstioSplit;
  readonly stableScale: StableScale;
}

/** An ALB is with none whose router would take the Services that change their roles: routes of the Gateway API, and hosts of Istio. */
const WAYS_TOGETHER: readonly (readonly Way[])[] = [
  [], ['istio'], ['alb'], ['nginx'], ['httpRoute'], ['grpcRoute'],
  ['istio', 'alb'], ['istio', 'nginx'], ['istio', 'httpRoute'], ['alb', 'nginx'], ['nginx', 'httpRoute'], ['istio', 'alb', 'nginx'],
];

const EITHER = [false, true] as const;

/** Every legal combination of strategy, ways in and what the routes carry, each with some of the settings that touch no route. */
export function combinations(): Combination[] {
  return choices().filter(isLegal).map((choice, index) => ({ title: titleOf(choice), ways: choice.ways, release: () => released(choice, index) }));
}

function choices(): Choice[] {
  const all: Choice[] = [];
  for (const strategy of ['canary', 'abTest', 'blueGreen'] as const) {
    for (const ways of WAYS_TOGETHER) {
      for (const hasHeader of EITHER) {
        for (const hasMirror of EITHER) {
          for (const hasAnalysis of EITHER) {
            for (const istioSplit of [IstioSplit.SUBSETS, IstioSplit.HOSTS]) {
              for (const stableScale of [StableScale.FULL, StableScale.DYNAMIC]) {
                all.push({ strategy, ways, hasHeader, hasMirror, hasAnalysis, istioSplit, stableScale });
              }
            }
          }
        }
      }
    }
  }
  return all;
}

function isLegal({ strategy, ways, hasHeader, hasMirror, istioSplit, stableScale }: Choice): boolean {
  const isMeshOnly = ways.length === 1 && ways[0] === 'istio';
  const isShifted = strategy !== 'blueGreen' && ways.length > 0;
  return [
    strategy !== 'blueGreen' || !ways.includes('alb'),
    strategy === 'abTest' ? hasHeader && ways.length > 0 : !hasHeader || (strategy === 'canary' && ways.length > 0),
    !hasMirror || (strategy === 'canary' && isMeshOnly),
    istioSplit === IstioSplit.SUBSETS || (isShifted && ways.includes('istio') && !ways.includes('alb')),
    stableScale === StableScale.FULL || (isShifted && !ways.includes('alb')),
  ].every((holds) => holds);
}

function titleOf({ strategy, ways, hasHeader, hasMirror, hasAnalysis, istioSplit, stableScale }: Choice): string {
  const parts = [
    strategy, `by ${ways.length === 0 ? 'pods' : ways.join(' and ')}`,
    ...(istioSplit === IstioSplit.HOSTS ? ['hosts'] : []),
    ...(hasHeader && strategy === 'canary' ? ['a header'] : []),
    ...(hasMirror ? ['a mirror'] : []),
    ...(hasAnalysis ? ['an analysis'] : []),
    ...(stableScale === StableScale.DYNAMIC ? ['a dynamic scale'] : []),
  ];
  return parts.join(', ');
}

function released(choice: Choice, index: number): Synthesized {
  const { strategy, ways, hasHeader, hasMirror, hasAnalysis } = choice;
  const judged = hasAnalysis ? { analysis: analysis() } : {};
  const settings: Released = { ...settingsOf(index, choice), ...protocolOf(ways), traffic: ways.map((way) => WAYS[way]()) };
  switch (strategy) {
    case 'canary': return canary({
      ...judged,
      ...(hasHeader ? { header: HEADER } : {}),
      ...(hasMirror ? { mirrorPercent: 10 } : {}),
      steps: [25, 50],
      approvalAt: index % 3 === 0 ? [25] : [],
    }, settings);
    case 'abTest': return abTest({ ...judged, duration: Duration.minutes(20) }, settings);
    case 'blueGreen': return blueGreen({
      ...judged,
      ...(hasAnalysis && index % 2 === 0 ? { previewAnalysis: analysis() } : {}),
      ...(index % 3 === 0 ? { promotion: Promotion.AFTER_APPROVAL, previewPods: Pods.percent(50) } : {}),
    }, settings);
  }
}

/** Settings that have nothing to do with the routes, in turn. */
function settingsOf(index: number, { strategy, ways, hasAnalysis, istioSplit, stableScale }: Choice): Released {
  const isShifted = strategy !== 'blueGreen' && ways.length > 0;
  const takeOvers = [undefined, undefined, TakeOver.ON_SUCCESS, undefined, TakeOver.PROGRESSIVELY, undefined, TakeOver.NEVER];
  const affinities = [undefined, VersionAntiAffinity.PREFERRED, undefined, undefined, VersionAntiAffinity.REQUIRED];
  const takeOver = takeOvers[index % takeOvers.length];
  return {
    replicas: index % 4 === 1 ? Replicas.autoscaled({ min: 4, max: 12, cpuPercent: 70 }) : Replicas.fixed(6),
    argo: {
      istioSplit,
      stableScale,
      // A Deployment would never be scaled down after an analysis of a blue-green release.
      takeOver: strategy === 'blueGreen' && hasAnalysis && takeOver === TakeOver.ON_SUCCESS ? TakeOver.PROGRESSIVELY : takeOver,
      antiAffinity: affinities[index % affinities.length],
      // Refused where something splits traffic.
      rollbackWindow: index % 2 === 0 || isShifted ? undefined : 3,
    },
  };
}

function protocolOf(ways: readonly Way[]): Released {
  return ways.includes('grpcRoute') ? { protocol: Protocol.GRPC, health: Health.grpc({ readiness: 'ready', liveness: 'live' }) } : {};
}
